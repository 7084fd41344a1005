"""Casework: the packet of each prisoner, who may see it, and the keys that seal it."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework import audit_labels, case_keys, triggers  # noqa: F401  -- registering needs the models loaded
        from casework.access import kept_forms, proposers  # noqa: F401
