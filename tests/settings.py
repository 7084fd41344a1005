"""Settings of a test run: the real ones, with test keys, an eager queue and a cheap password hasher."""

from tests import template_database
from tests.environment import engine, prepare

TEST_DATA_DIR = prepare()

from config.settings import *  # noqa: E402, F403
from config.settings import ALLOWED_HOSTS, DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver", "localhost"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if engine() == "sqlite":  # a file and not memory: workers and other processes must be able to open it
    TEST_DATABASE = TEST_DATA_DIR / "test.sqlite3"
    HAS_TEMPLATE = template_database.bring(TEST_DATABASE)
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DATABASE)}
