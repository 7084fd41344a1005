"""`./run secrets`: what a server needs to keep to itself, one file each, readable by the part that uses it alone."""

import os
import secrets
from pathlib import Path

from tools import keys
from tools.machine import CommandRefused, say

OURS, THEIRS = 10001, 999  # the user in our image; the one in those of PostgreSQL and Redis
KEYS = tuple(name.removeprefix("AMPARO_").lower() for name in keys.NAMES)
TOGETHER = (
    KEYS,
    ("postgres_password", "owner_database_url"),
    ("site_password", "database_url"),
    ("redis_conf", "redis_url"),
)
# What queue (Celery's keys and channels) and cache (`:1:`) do in Redis, and nothing else; tests/workers/ run under it.
MAY_DO = (
    "resetkeys ~celery* ~_kombu.binding* ~unacked* ~amparo.refused* ~*.celery.pidbox* ~:1:* resetchannels "
    "&/0.celery.pidbox &/0.celeryev/* -@all +ping +select +hello +multi +exec +discard +watch +unwatch "
    "+lpush +rpush +rpop +brpop +llen +ltrim +sadd +srem +smembers +hset +hget +hdel +zadd +zrem +zrange "
    "+zrangebyscore +set +get +del +exists +incrby +expire +pexpire +persist +type +rename +scan +time "
    "+evalsha +script|exists +script|load +publish +psubscribe +punsubscribe"
)
READ_BY_THEM = {"postgres_password", "site_password", "redis_conf"}


def make(folder: Path, *, postgres: str, redis: str) -> int:
    """Make what is missing, never anything anew. Refuses where one file of a pair is lost: the other would not fit."""
    for names in TOGETHER:
        there = [name for name in names if (folder / name).exists()]
        lost = sorted(set(names) - set(there))
        if there and lost:
            raise CommandRefused(
                f"{folder} holds {', '.join(there)}, but not {', '.join(lost)}, and a new one would not fit. "
                "Put it back from your copy; where nothing was ever kept with it, remove all of these and begin again."
            )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = [name for names in TOGETHER if not (folder / names[0]).exists() for name in names]
    texts = _texts(postgres, redis)
    for name in made:
        keys.write(folder / name, texts[name])
    _tell(folder, made)
    return 0


def users_of_redis(password: str) -> str:
    """Return the lines of Redis' configuration that let the site's user in with this password, and nobody else."""
    return f"user default off\nuser amparo on >{password} {MAY_DO}"


def _texts(postgres: str, redis: str) -> dict[str, str]:
    """Return the text of each file. The passwords are letters that an address takes as they are."""
    owner, site, queue = (secrets.token_urlsafe(32) for _number in range(3))
    return {
        **{name: keys.fresh(name) for name in KEYS},
        "postgres_password": owner,
        "owner_database_url": f"postgresql://amparo_owner:{owner}@{postgres}/amparo",
        "site_password": site,
        "database_url": f"postgresql://amparo:{site}@{postgres}/amparo",
        "redis_conf": users_of_redis(queue),
        "redis_url": f"redis://amparo:{queue}@{redis}/0",
    }


def _tell(folder: Path, made: list[str]) -> None:
    """Give each file to whom it is for, or say who has to; and say what has to be kept elsewhere."""
    if not made:
        say(f"{folder} holds everything already. Nothing was changed.")
        return
    say(f"Made in {folder}: {', '.join(made)}")
    owners = {OURS: [name for name in made if name not in READ_BY_THEM], THEIRS: sorted(READ_BY_THEM & set(made))}
    for uid, names in owners.items():
        if os.geteuid() == 0:
            for name in names:
                os.chown(folder / name, uid, uid)
        elif names:
            say(f"Give them away: sudo chown {uid}:{uid} {' '.join(str(folder / name) for name in names)}")
    if set(KEYS) & set(made):
        say(
            f"Copy {', '.join(KEYS)} to a second place away from this server, now: without field_keys every backup is noise."
        )
