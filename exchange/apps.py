"""Exchange: files of cases that come in and go out, without rows of its own."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"
