"""Advocacy: plans on three tracks, materials from the packet, and what leaves the office."""

from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "advocacy"

    def ready(self) -> None:
        from advocacy import material_keys, triggers  # noqa: F401  -- registering needs the models loaded
