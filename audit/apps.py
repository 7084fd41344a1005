"""The app of the append-only trail."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Trail")

    def ready(self) -> None:
        import_module("audit.triggers")
