"""The app of the append-only trail."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Trail")

    def ready(self) -> None:
        if find_spec("sealing.triggers"):
            import_module("audit.triggers")
