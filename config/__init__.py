"""Settings, addresses, queue and doors of one Amparo site."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
