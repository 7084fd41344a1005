"""Papers: what is written about a case for a reader: kinds, composing from packets, words by language, print."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "papers"
