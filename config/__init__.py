"""Settings, addresses and queue of one Amparo site."""

import os

from config.celery import app as celery_app

os.umask(0o077)  # whatever a process of this site writes, other people of the machine do not read

__all__ = ["celery_app"]
