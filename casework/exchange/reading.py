"""Taking one value after another out of a file that may hold anything, and noting what is wrong with each."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from casework.dates import is_date
from casework.exchange.faults import Fault

LONGEST = 20_000


class Reader:
    """One object of the file: what was asked for counts as known, and what nobody asked for is a fault at the end."""

    def __init__(self, given: Any, case: str, place: str, faults: list[Fault]) -> None:
        self.case, self.place, self.faults = case, place, faults
        self.asked: set[str] = set()
        self.given: dict[str, Any] = given if isinstance(given, dict) else {}
        if not isinstance(given, dict):
            self.fault("", _("a group of fields was expected here"))

    def fault(self, field: str, reason: str) -> None:
        """Note what is wrong with a field of this object."""
        where = ".".join(part for part in (self.place, field) if part)
        self.faults.append(Fault(self.case, where, reason))

    def text(self, field: str, *, is_needed: bool = False, most: int = LONGEST) -> str:
        """Return a text, empty where there is none."""
        value = self._take(field)
        if value is None or value == "":
            if is_needed:
                self.fault(field, _("is missing"))
            return ""
        if not isinstance(value, str):
            self.fault(field, _("must be text"))
            return ""
        text: str = value.strip()
        if is_needed and not text:
            self.fault(field, _("is missing"))
        if len(text) > most or "\x00" in text:
            self.fault(field, _("is longer than %(most)d letters, or holds a sign that no text has") % {"most": most})
            return ""
        return text

    def date(self, field: str, *, is_needed: bool = False) -> str:
        """Return a date as EDTF text."""
        value = self.text(field, is_needed=is_needed, most=60)
        if value and not is_date(value):
            self.fault(field, _("“%(value)s” is not a date in EDTF, such as 1956-08 or 1982-03~") % {"value": value})
            return ""
        return value

    def code(self, field: str, known: Iterable[str], *, default: str = "") -> str:
        """Return a code that is among the known ones; without a default it must be given."""
        value = self.text(field, is_needed=not default, most=60)
        if value and value not in set(known):
            self.fault(field, _("“%(value)s” is not a known code") % {"value": value})
            return default
        return value or default

    def flag(self, field: str) -> bool:
        """Return yes or no, no where nothing is said."""
        value = self._take(field)
        if value not in (None, True, False):
            self.fault(field, _("must be true or false"))
        return value is True

    def number(self, field: str, low: int, high: int) -> int | None:
        """Return a whole number of this range, or None where nothing is said."""
        value = self._take(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(field, _("must be a whole number from %(low)d to %(high)d") % {"low": low, "high": high})
            return None
        return value

    def texts(self, field: str) -> list[str]:
        """Return a list of texts."""
        found = []
        for place, value in enumerate(self._list(field)):
            if isinstance(value, str) and value.strip():
                found.append(value.strip())
            else:
                self.fault(f"{field}[{place}]", _("must be text"))
        return found

    def objects(self, field: str) -> Iterator["Reader"]:
        """Give each object of a list; what nobody asked of it is noted when the next one is asked for."""
        for place, value in enumerate(self._list(field)):
            inner = Reader(value, self.case, f"{self.place}.{field}[{place}]".lstrip("."), self.faults)
            yield inner
            inner.close()

    def close(self) -> None:
        """Note every field that nobody asked for: what would be lost is told before anything is written."""
        for field in sorted(set(self.given) - self.asked, key=str):
            self.fault(str(field), _("this field is not known, and nothing would be made of it"))

    def _take(self, field: str) -> Any:
        self.asked.add(field)
        return self.given.get(field)

    def _list(self, field: str) -> list[Any]:
        value = self._take(field)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(field, _("must be a list"))
            return []
        return value
