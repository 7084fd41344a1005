"""Log lines as JSON on standard output. They say what happened and where, never what somebody wrote."""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class JsonLines(logging.Formatter):
    """One object a line. Of an exception only its kind and the places in the code: its message may quote a case."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["where"] = [
                f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line)  # ASCII: no letter of what was asked for ends a line or turns it round


def message_of(record: logging.LogRecord) -> str:
    """The message, without the words of exceptions: the queue puts them into its lines."""
    if isinstance(record.args, dict) and {"exc", "traceback"} & set(record.args):
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "an exception"
        return f"task {record.args.get('name')} [{record.args.get('id')}] ended with {kind}"
    if isinstance(record.args, tuple):
        spoken = tuple(type(word).__name__ if isinstance(word, BaseException) else word for word in record.args)
        record = logging.makeLogRecord({**record.__dict__, "args": spoken})
    return record.getMessage()
