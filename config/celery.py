"""The Celery application. A message is only a hint with ids: the rows in the database are the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("amparo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()  # a worker thread would otherwise talk to a default application that has no broker
app.autodiscover_tasks()
