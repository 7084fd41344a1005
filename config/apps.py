"""The app at the top of the ladder: settings, addresses and what is checked before deploying."""

import logging
from importlib import import_module

from django.apps import AppConfig

from config.environment import Environment

logger = logging.getLogger("amparo.settings")


class SiteConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        import_module("config.checks")
        for name in Environment().unknown():
            logger.warning("The variable %s means nothing to Amparo; is it misspelt?", name)
