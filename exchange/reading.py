"""Taking one value after another out of a file that may hold anything, and noting what is wrong with each."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from directory.dates import is_date
from exchange.faults import Fault, shown
from sealing.fields import NotedText

LONGEST = 20_000
NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class Reader:
    """One object of the file: what was asked for counts as known, and what nobody asked for is a fault at the end."""

    def __init__(self, given: Any, case: str, place: str, faults: list[Fault], language: str = "") -> None:
        self.case, self.place, self.faults = case, place, faults
        self.language = language  # of the packet, once it was read
        self.asked: set[str] = set()
        self.given: dict[str, Any] = given if isinstance(given, dict) else {}
        if not isinstance(given, dict):
            self.fault("", _("a group of fields in { } was expected here"))
        for field in getattr(given, "doubled", ()):
            self.fault(field, _("stands twice here; keep the one that is true"))

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
        return self._text(field, value, is_needed=is_needed, most=most)

    def _text(self, where: str, value: Any, *, is_needed: bool, most: int) -> str:
        """Return a text of the file as every text is checked, whether it stands alone or in a list."""
        if not isinstance(value, str):
            self.fault(where, _("must be text, in quotation marks"))
            return ""
        text = value.strip()
        if is_needed and not text:
            self.fault(where, _("is missing"))
        if NO_TEXT.search(text):
            self.fault(where, _("holds a sign that no text has, “%(value)s”; take it out") % {"value": shown(text)})
            return ""
        if len(text) > most:
            words = _("has %(count)d letters, and there is room for %(most)d; shorten it")
            self.fault(where, words % {"count": len(text), "most": most})
            return ""
        return text

    def date(self, field: str, *, is_needed: bool = False) -> str:
        """Return a date as EDTF text; one in { } stands beside the date as it was told, which is its note."""
        if not isinstance(self.given.get(field), dict):
            return self._date(field, is_needed=is_needed)
        made = NotedText()
        for inner in self._object(field, self._take(field)):
            made = NotedText(inner._date("date", is_needed=True), inner.text("calendar", is_needed=True))
        return made

    def _date(self, field: str, *, is_needed: bool) -> str:
        value = self.text(field, is_needed=is_needed, most=60)
        if value and not is_date(value):
            self.fault(
                field, _("“%(value)s” is not a date in EDTF, such as 1956-08 or 1982-03~") % {"value": shown(value)}
            )
            return ""
        return value

    def code(self, field: str, known: Iterable[str], *, default: str = "", may_lack: bool = False) -> str:
        """Return a code that is among the known ones; without a default it must be given, unless it may lack."""
        value = self.text(field, is_needed=not (default or may_lack), most=60)
        codes = list(known)
        if value and value not in codes:
            self._unknown(field, value, codes)
            return default
        return value or default

    def flag(self, field: str) -> bool:
        """Return yes or no, no where nothing is said."""
        value = self._take(field)
        if value is not None and not isinstance(value, bool):
            self.fault(field, _("must be true or false"))
        return value is True

    def flag_or_none(self, field: str) -> bool | None:
        """Return yes or no, or None where nothing is said."""
        return None if self.given.get(field) is None and self._take(field) is None else self.flag(field)

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
        """Return a list of texts, each checked as a text that stands alone."""
        read = (
            self._text(f"{field}[{place}]", value, is_needed=True, most=LONGEST)
            for place, value in enumerate(self.list_of(field))
        )
        return [text for text in read if text]

    def codes(self, field: str, known: Iterable[str]) -> tuple[str, ...]:
        """Return a list of codes, each a known one and each once."""
        all_codes, found = list(known), list[str]()
        for place, value in enumerate(self.list_of(field)):
            where = f"{field}[{place}]"
            code = self._text(where, value, is_needed=True, most=60)
            if code and code not in all_codes:
                self._unknown(where, code, all_codes)
            elif code in found:
                self.fault(where, _("“%(value)s” stands twice; keep it once") % {"value": shown(code)})
            elif code:
                found.append(code)
        return tuple(found)

    def _unknown(self, where: str, code: str, known: list[str]) -> None:
        words = _("“%(value)s” is not a known code; write one of %(codes)s")
        self.fault(where, words % {"value": shown(code), "codes": ", ".join(known)})

    def objects(self, field: str, *, most: int | None = None) -> Iterator["Reader"]:
        """Give each object of a list; what nobody asked of it is noted when the next one is asked for."""
        values = self.list_of(field)
        if most is not None and len(values) > most:
            words = _("there are %(count)d, and there is room for %(most)d")
            self.fault(field, words % {"count": len(values), "most": most})
        for place, value in enumerate(values):
            yield from self._object(f"{field}[{place}]", value)

    def pairs(self, field: str, key: str, value: str, known: Iterable[str]) -> dict[str, str]:
        """Return a text for each of some known names: a list of { key, value }, each name once."""
        names, found = list(known), dict[str, str]()
        for inner in self.objects(field):
            name, text = inner.text(key, is_needed=True), inner.text(value, is_needed=True)
            if name and name not in names:
                inner._unknown(key, name, names)
            elif name in found:
                inner.fault(key, _("“%(value)s” stands twice; keep it once") % {"value": shown(name)})
            elif name:
                found[name] = text
        return found

    def texts_or_objects(self, field: str) -> Iterator["str | Reader"]:
        """Give each member of a list that holds texts and objects: the text, checked, or the object as `objects` gives it."""
        for place, value in enumerate(self.list_of(field)):
            where = f"{field}[{place}]"
            if isinstance(value, dict):
                yield from self._object(where, value)
            elif text := self._text(where, value, is_needed=True, most=LONGEST):
                yield text

    def _object(self, where: str, value: Any) -> Iterator["Reader"]:
        inner = Reader(value, self.case, f"{self.place}.{where}".lstrip("."), self.faults, self.language)
        yield inner
        inner.close()

    def close(self) -> None:
        """Note every field that nobody asked for: what would be lost is told before anything is written."""
        for field in sorted(set(self.given) - self.asked, key=str):
            self.fault(str(field), _("this field is not known, and nothing would be made of it; take it out"))

    def _take(self, field: str) -> Any:
        self.asked.add(field)
        return self.given.get(field)

    def list_of(self, field: str) -> list[Any]:
        """Return the values of a list as they stand there, unchecked; none where there is no list."""
        value = self._take(field)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(field, _("must be a list in [ ]"))
            return []
        return value
