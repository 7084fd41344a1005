"""Sealing: the lowest part. It keeps values sealed and the guards of the database in place, and has no models."""

from typing import Any

from celery import signals as queue
from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from sealing import keys


class SealingConfig(AppConfig):
    name = "sealing"

    def ready(self) -> None:
        from sealing import checks, triggers  # noqa: F401 -- both need the models loaded

        pre_migrate.connect(triggers.before_migrating, dispatch_uid="sealing_triggers_off")
        post_migrate.connect(triggers.after_migrating, dispatch_uid="sealing_triggers_on")
        queue.task_prerun.connect(forget_keys, dispatch_uid="sealing_task_begins")
        queue.task_postrun.connect(forget_keys, dispatch_uid="sealing_task_ends")


def forget_keys(**_: Any) -> None:
    """A task opens its own data keys and leaves none behind."""
    keys.forget_keys()
