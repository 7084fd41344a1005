"""Advocacy: plans on three tracks, their steps and reminders, and what is done when somebody was just taken."""

from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "advocacy"

    def ready(self) -> None:
        from advocacy import audit_labels, triggers  # noqa: F401  -- registering needs the models loaded
        from advocacy.pages import entry_approaches  # noqa: F401  -- it tells the directory
