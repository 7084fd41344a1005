"""Sealing: the lowest part. It keeps values sealed and the guards of the database in place, and has no models."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "sealing"
