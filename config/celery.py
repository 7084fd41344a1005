"""The Celery application. A message is only a hint with ids: the rows in the database are the truth."""

import os
from importlib import import_module
from typing import Any

from celery import Celery
from celery.signals import worker_init
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# kombu's own die of what they cannot read
TRANSPORT_ALIASES |= {"filesystem": "work.file_queue:Transport", "redis": "work.redis_queue:RedisTransport"}
TRANSPORT_ALIASES["rediss"] = TRANSPORT_ALIASES["redis"]
MAY_BE_ASKED = {"ping"}  # of a worker, by whoever can write into the queue: whether it lives, and nothing else
app = Celery("amparo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()  # a worker thread would otherwise talk to a default application that has no broker
app.autodiscover_tasks()
app.autodiscover_tasks(["papers.pdf"])  # what lies deeper, or is called otherwise, is found by name only
app.autodiscover_tasks(["work"], related_name="jobs")


@worker_init.connect
def _refuse_unless_whole(**kwargs: Any) -> None:
    """A worker asks what the web asks before its first work. Only now are the apps there to be imported."""
    import_module("config.starting").refuse_unless_whole()


@worker_init.connect
def _obey_nobody(**kwargs: Any) -> None:
    """Take away what a message could order a worker to do: to end, to forget its tasks, to slow down."""
    orders = import_module("celery.worker.control").Panel.data
    for name in set(orders) - MAY_BE_ASKED:
        del orders[name]
