"""Casework: the packet of each prisoner, who may see it, and the keys that seal it."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework import case_keys, kept_forms, triggers, verbs  # noqa: F401  -- registering needs the models loaded
