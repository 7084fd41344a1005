"""The queue in a folder: kombu's, but what cannot be read is set aside, and the worker lives."""

import logging
import stat
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps

from work.messages import MOST_BYTES, message_of

logger = logging.getLogger("amparo.queue")
REFUSED = "refused"  # a folder in that of the queue


class FolderChannel(filesystem.Channel):
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
            except Exception as fault:  # whatever reading it raises: the worker lives
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

    Channel = FolderChannel


def message_in(path: Path) -> dict[str, Any]:
    """Return the message of a file; raises ValueError or OSError, or what reading it raises, when it is none of ours."""
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > MOST_BYTES:
        raise ValueError("This is no file, or too large for one of ours.")
    return message_of(path.read_bytes())
