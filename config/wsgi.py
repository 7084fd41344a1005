"""The WSGI application that gunicorn and waitress serve."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
import_module("config.starting").refuse_unless_whole()  # its models can be imported only now
if settings.IS_EMBEDDED_WORKER:
    import_module("config.embedded_worker").start()
