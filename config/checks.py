"""What is asked before deploying, beside Django's own questions: `manage check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from config.environment import Environment, split

USER_OF_REDIS = "Make the user of docs/runbook.md in Redis, and write redis://amparo:password@host:6379/0."


@register(Tags.compatibility)
def variables_are_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every AMPARO_* variable means something: a misspelt one would silently leave the default."""
    return [
        Warning(f"The variable {name} means nothing to Amparo; is it misspelt?", id="config.W001")
        for name in Environment().unknown()
    ]


@register(Tags.security, deploy=True)
def roles_are_two(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """On PostgreSQL the role of the application is not the role that owns the tables and their triggers."""
    database, owner = settings.DATABASES["default"], settings.OWNER_DATABASE
    if not database["ENGINE"].endswith("postgresql"):
        return []
    if owner is None or owner["USER"] == database["USER"]:
        hint = (
            "Name the role that migrates in AMPARO_OWNER_DATABASE_URL and give AMPARO_DATABASE_URL a role of its own."
        )
        text = "One PostgreSQL role owns the tables and runs the site: it could take the gate's triggers off."
        return [Warning(text, hint=hint, id="config.W002")]
    return []


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
