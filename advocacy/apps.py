"""Advocacy: plans on three tracks, materials from the packet, and what leaves the office."""

from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "advocacy"

    def ready(self) -> None:
        from advocacy import hearing, kept_forms, material_keys, notices, triggers, verbs  # noqa: F401  -- registering needs the models loaded
        from advocacy.pdf import tasks  # noqa: F401  -- names the work that jobs of this kind ask for
