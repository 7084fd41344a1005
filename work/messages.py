"""What a message of ours is. A queue can be written by others: what is anything else is never run and ends no worker."""

import base64
import json
from collections.abc import Callable
from typing import Any

from kombu.utils.json import loads as decoded

MOST_BYTES = 256 * 1024  # a message holds ids
LONGEST_SECONDS = 600
Fits = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _number(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _flag(value: Any) -> bool:
    return value is None or isinstance(value, bool)


def _limits(value: Any) -> bool:
    known = (None, *range(1, LONGEST_SECONDS + 1))
    return value is None or (isinstance(value, list) and len(value) == 2 and all(one in known for one in value))


def _nothing(value: Any) -> bool:
    return not value


# What celery writes beside a task. A name that does not stand here (another compression, further work) is refused.
HEADERS: dict[str, Fits] = {
    **dict.fromkeys(("lang", "task", "id", "shadow", "eta", "expires", "group", "root_id", "parent_id"), _text),
    **dict.fromkeys(("argsrepr", "kwargsrepr", "origin"), _text),
    **dict.fromkeys(("group_index", "retries", "replaced_task_nesting"), _number),
    **dict.fromkeys(("ignore_result", "redelivered", "celery_beat_task"), _flag),
    "timelimit": _limits,
    "stamped_headers": _nothing,
    "stamps": _nothing,
}


def message_of(raw: bytes) -> dict[str, Any]:
    """Return the message in these bytes; raises ValueError, or whatever reading it raises, when it is none of ours."""
    if len(raw) > MOST_BYTES:
        raise ValueError("This is too large for a message of ours.")
    message = json.loads(raw)
    if not isinstance(message, dict):
        raise ValueError("A message has parts.")
    properties, headers = message.get("properties"), message.get("headers")
    if not isinstance(properties, dict) or not isinstance(headers, dict):
        raise ValueError("A message has properties and headers.")
    _judge_way(properties)
    if message.get("content-type") != "application/json" or message.get("content-encoding") not in {"utf-8", None}:
        raise ValueError("A message of ours is JSON.")
    if properties.get("body_encoding") != "base64":
        raise ValueError("The body of a message is written in base64.")
    body = decoded(base64.b64decode(message.get("body") or "", validate=True))  # type: ignore[no-untyped-call]
    if "task" in headers:
        judge_task(headers, body)
    elif "compression" in headers or (isinstance(body, dict) and "task" in body):
        raise ValueError("A task says so in its headers, and nothing is packed.")
    return message


def _judge_way(properties: dict[str, Any]) -> None:
    way = properties.get("delivery_info")
    if not isinstance(way, dict) or not isinstance(properties.get("delivery_tag"), str):
        raise ValueError("A message says where it goes.")
    if not all(isinstance(way.get(word), str) for word in ("exchange", "routing_key")):
        raise ValueError("A message says where it goes.")
    if not all(_number(found) for found in (way.get("priority"), properties.get("priority"))):
        raise ValueError("A priority is a number.")
    if not all(_text(properties.get(word)) for word in ("reply_to", "correlation_id")):
        raise ValueError("An answer is sent to a name.")


def judge_task(headers: dict[str, Any], body: Any) -> None:
    """Raise ValueError unless this asks for a task as celery does: a name, an id, arguments, and nothing further."""
    if not all(isinstance(headers.get(word), str) for word in ("task", "id")):
        raise ValueError("A task has a name and an id.")
    if not all(name in HEADERS and HEADERS[name](value) for name, value in headers.items()):
        raise ValueError("A header is none that we write.")
    kinds = (list, dict, dict)
    if not isinstance(body, list) or len(body) != len(kinds):
        raise ValueError("A task has arguments.")
    if not all(isinstance(part, kind) for part, kind in zip(body, kinds, strict=True)):
        raise ValueError("The arguments of a task are a list, words and options.")
    if any(body[2].values()):
        raise ValueError("A task of ours starts no other one.")
