"""A JSON file as it was written: what Python's reader would drop in silence, or break off at, is kept for the checks."""

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from exchange.faults import Fault, FileRefused

LARGEST = 50 * 1024 * 1024
MOST_DIGITS = 18


class JsonObject(dict[str, Any]):
    """An object of the file, with the fields that stood in it more than once."""

    doubled: tuple[str, ...] = ()


class JsonNumber:
    """A number that no field takes: too long, infinite, or none at all. It is neither a number nor a text to the checks."""


def load(path: str) -> Any:
    """Return what the file holds. Raises FileRefused with the place where it cannot be read; OSError if not opened."""
    file = Path(path)
    if file.is_file() and file.stat().st_size > LARGEST:
        raise _refused(_("the file is larger than 50 MB; divide it"))
    try:
        return json.loads(
            file.read_bytes().decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_whole_number,
            parse_constant=lambda _name: JsonNumber(),
        )
    except UnicodeDecodeError as fault:
        words = _("the file is not in UTF-8, seen at byte %(place)d; save it as UTF-8")
        raise _refused(words % {"place": fault.start + 1}) from None
    except RecursionError:
        raise _refused(_("the file is nested too deeply; it holds lists or groups within one another")) from None
    except json.JSONDecodeError as fault:
        words = _("the file is not JSON, seen in line %(line)d at letter %(column)d; mend it there")
        raise _refused(words % {"line": fault.lineno, "column": fault.colno}) from None


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    made = JsonObject(pairs)
    if len(made) != len(pairs):
        names = [name for name, _value in pairs]
        made.doubled = tuple(sorted({name for name in names if names.count(name) > 1}))
    return made


def _whole_number(digits: str) -> int | JsonNumber:
    return int(digits) if len(digits) <= MOST_DIGITS else JsonNumber()


def _refused(reason: str) -> FileRefused:
    return FileRefused([Fault("", "", reason)])
