"""What is asked before deploying, beside Django's own questions: `manage check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from config.environment import Environment, split

COULD_TAKE_TRIGGERS_OFF = """
    SELECT rolsuper
        OR EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = current_database() AND datdba = role.oid)
        OR EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'public' AND tableowner = current_user)
    FROM pg_catalog.pg_roles role WHERE rolname = current_user
"""
USER_OF_REDIS = "Give Redis the users that ./run secrets writes, and write redis://amparo:password@host:6379/0."


@register(Tags.compatibility)
def variables_are_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every AMPARO_* variable means something: a misspelt one would silently leave the default."""
    return [
        Warning(f"The variable {name} means nothing to Amparo; is it misspelt?", id="config.W001")
        for name in Environment().unknown()
    ]


@register(Tags.security, deploy=True)
def roles_are_two(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """On PostgreSQL the role of the application is not the role that owns the tables and their triggers.

    With `--database default` the database itself is asked; else the settings, where they name the owner.
    """
    database, owner = settings.DATABASES["default"], settings.OWNER_DATABASE
    if not database["ENGINE"].endswith("postgresql"):
        return []
    hint = "Name the role that migrates in AMPARO_OWNER_DATABASE_URL and give AMPARO_DATABASE_URL a role of its own."
    if "default" in (databases or ()):
        is_one = _could_take_triggers_off()
    elif owner is None:
        text = "Whether the role of the site could take the gate's triggers off was not checked."
        return [Warning(text, hint="Ask the database too: check --deploy --database default", id="config.W004")]
    else:
        is_one = owner["USER"] == database["USER"]
    if is_one:
        text = "The PostgreSQL role that runs the site could take the gate's triggers off."
        return [Warning(text, hint=hint, id="config.W002")]
    return []


def _could_take_triggers_off() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(COULD_TAKE_TRIGGERS_OFF)
        return bool(cursor.fetchone()[0])


@register(Tags.security, deploy=True)
def practice_stays_at_home(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A practice site is for this machine alone; its people's codes can be printed by a command."""
    if settings.PRACTICE:
        return [Error("AMPARO_PRACTICE is set: this would be a practice site in public.", id="config.E001")]
    return []


@register(Tags.security, deploy=True)
def mail_leaves(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Reminders and alarms reach people who are not looking at the site."""
    if not settings.EMAIL_IS_ON:
        return [Warning("AMPARO_EMAIL_URL is missing: reminders and alarms stay inside the site.", id="config.W003")]
    return []


@register(Tags.security, deploy=True)
def redis_asks_who_comes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whoever reaches Redis could fill the queue and wipe the counters of attempts: it asks for a password, and the site
    comes as a user that may do what the site does there and nothing else.
    """
    queue = split(settings.CELERY_BROKER_URL)
    caches = [split(address) for cache in settings.CACHES.values() for address in cache.get("LOCATION", ())]
    if settings.PRACTICE or not queue.scheme.startswith("redis"):
        return []
    faults: list[CheckMessage] = []
    if not all(address.password for address in (queue, *caches)):
        text = "AMPARO_REDIS_URL holds no password: whoever reaches Redis could fill the queue."
        faults.append(Error(text, hint=USER_OF_REDIS, id="config.E002"))
    if not all(address.username not in (None, "", "default") for address in (queue, *caches)):
        text = "AMPARO_REDIS_URL names no user of the site's own: the default one may do everything in Redis."
        faults.append(Error(text, hint=USER_OF_REDIS, id="config.E004"))
    if queue in caches:
        text = "The queue and the cache share one database of Redis: each needs its own."
        faults.append(Error(text, id="config.E003"))
    return faults
