"""The app of the people who sign in."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        for module in (
            "accounts.checks",
            "accounts.sign_in.receivers",
            "accounts.triggers",
            "accounts.audit_labels",
        ):
            import_module(module)
        import_module("audit.anchors").register_readers(import_module("accounts.trail_readers").addresses)
