"""Directory: who is out there, and the words and States that every case shares. No case data."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"

    def ready(self) -> None:
        from directory import audit_labels, triggers  # noqa: F401  -- registering needs the models loaded
