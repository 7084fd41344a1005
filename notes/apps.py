"""Notes: what colleagues write to one another about a case, a claim or a step. They are sealed, and leave on no paper."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "notes"

    def ready(self) -> None:
        from notes import audit_labels, triggers  # noqa: F401  -- registering needs the models loaded
