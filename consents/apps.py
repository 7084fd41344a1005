"""Consents: the pages on which answers are recorded, read and made smaller; rows, rule and verbs are those of casework."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "consents"
