"""The Celery application. A message is only a hint with ids: the rows in the database are the truth."""

import os
from importlib import import_module
from typing import Any

from celery import Celery
from celery.signals import worker_init
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TRANSPORT_ALIASES["filesystem"] = "work.file_queue:Transport"  # kombu's own dies of a file that it cannot read
app = Celery("amparo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()  # a worker thread would otherwise talk to a default application that has no broker
app.autodiscover_tasks()
app.autodiscover_tasks(["materials.pdf"])  # what lies deeper, or is called otherwise, is found by name only
app.autodiscover_tasks(["work"], related_name="jobs")


@worker_init.connect
def _refuse_unless_whole(**kwargs: Any) -> None:
    """A worker asks what the web asks before its first work. Only now are the apps there to be imported."""
    import_module("config.starting").refuse_unless_whole()
