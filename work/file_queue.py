"""The queue in a folder: kombu's, but what cannot be read is set aside, and the worker lives."""

import base64
import json
import logging
import stat
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps

logger = logging.getLogger("amparo.queue")
REFUSED = "refused"  # a folder in that of the queue
MOST_BYTES = 256 * 1024  # a message holds ids


class Channel(filesystem.Channel):
    """Takes the messages of a folder one by one. A planted file is never run, never waited for, never met twice."""

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        folder = Path(self.data_folder_in)
        for name in sorted(path.name for path in folder.iterdir()):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = folder / f"{name}.taken"
            try:
                (folder / name).rename(taken)
            except OSError:
                continue  # another worker was quicker
            try:
                message = message_in(taken)
            except (ValueError, OSError, RecursionError) as fault:
                self._set_aside(taken, fault)
                continue
            taken.unlink()
            return message
        raise Empty

    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:  # type: ignore[override]
        """Write a message whole under another name first: no worker meets half of one."""
        folder, name = Path(self.data_folder_out), f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        unfinished = folder / f"{name}.new"
        unfinished.write_text(dumps(payload), encoding="utf-8")  # type: ignore[no-untyped-call]
        unfinished.rename(folder / name)

    def get_table(self, exchange: str) -> Any:
        """Who listens to an exchange; of a table that cannot be read, nobody."""
        try:
            return super().get_table(exchange)  # type: ignore[no-untyped-call]
        except (ValueError, TypeError) as fault:
            self._set_aside(self._exchange_file(exchange), fault)  # type: ignore[no-untyped-call]
            return []

    def _queue_bind(self, exchange: str, *how: Any) -> None:
        self.get_table(exchange)  # sets a broken table aside
        super()._queue_bind(exchange, *how)  # type: ignore[no-untyped-call]

    def _set_aside(self, path: Path, fault: Exception) -> None:
        aside = Path(self.data_folder_in) / REFUSED
        aside.mkdir(mode=0o700, exist_ok=True)
        path.replace(aside / path.name)
        logger.warning("A file of the queue cannot be read (%s); it was set aside.", type(fault).__name__)


class Transport(filesystem.Transport):
    """kombu's transport with our channel."""

    Channel = Channel


def message_in(path: Path) -> dict[str, Any]:
    """Return the message of a file; raises ValueError or OSError when it is no message of ours."""
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > MOST_BYTES:
        raise ValueError("This is no file, or too large for one of ours.")
    message = json.loads(path.read_bytes())
    if not isinstance(message, dict):
        raise ValueError("A message has parts.")
    properties, headers = message.get("properties"), message.get("headers")
    if not isinstance(properties, dict) or not isinstance(headers, dict):
        raise ValueError("A message has properties and headers.")
    has_way = isinstance(properties.get("delivery_info"), dict) and isinstance(properties.get("delivery_tag"), str)
    if not has_way or message.get("content-type") != "application/json" or properties.get("body_encoding") != "base64":
        raise ValueError("A message of ours is JSON, and says where it goes.")
    body = json.loads(base64.b64decode(message.get("body") or "", validate=True))
    if "task" in headers:
        judge_task(headers, body)
    return message


def judge_task(headers: dict[str, Any], body: Any) -> None:
    """Raise ValueError unless this asks for a task as celery does: a name, an id, arguments."""
    is_named = all(isinstance(headers.get(word), str) for word in ("task", "id"))
    kinds = (list, dict, dict)
    if not is_named or not isinstance(body, list) or len(body) != len(kinds):
        raise ValueError("A task has a name, an id and arguments.")
    if not all(isinstance(part, kind) for part, kind in zip(body, kinds, strict=True)):
        raise ValueError("The arguments of a task are a list, words and options.")
