"""The WSGI application that gunicorn and waitress serve."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config import embedded_worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
if settings.IS_EMBEDDED_WORKER:
    embedded_worker.start(settings.DATA_DIR)
