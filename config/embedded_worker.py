"""A worker and its clock as threads of the web process: for native Windows, where the file queue does not work."""

import threading

from celery.beat import EmbeddedService
from celery.worker import WorkController

from config.celery import app


def start() -> None:
    """Start both. They end with the process; what they had not done is found by the next sweep."""
    app.set_default()
    worker = WorkController(app=app, pool_cls="solo", concurrency=1, loglevel="WARNING")
    threading.Thread(target=worker.start, name="worker", daemon=True).start()
    EmbeddedService(app, thread=True, scheduler_cls=app.conf.beat_scheduler).start()
