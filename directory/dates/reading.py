"""Reading EDTF text (ISO 8601-2, the Library of Congress' levels 0 to 2) into what it says.

Plain dates and spans are read here, because the parser takes a hundredth of a second for each; whether anything rarer is
EDTF at all is the parser's word.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from directory.dates.parts import DatePart, ToldDate

PLAIN = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)$", re.ASCII)
PARTLY = re.compile(r"^([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?([~?%]?)$", re.ASCII)
HEDGES = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}
OPEN = frozenset({"", ".."})
SETS = {"[": ("]", "either"), "{": ("}", "both")}
# Seasons as their first month and how many months they last: those of no hemisphere and of the north, those of the
# south, quarters, thirds and halves of a year.
SEASONS = {
    **{21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3), 25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3)},
    **{29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3), 33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)},
    **{37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6)},
}


class NotKept(ValueError):
    """The text is EDTF, but of a kind that this program does not keep: years before 1 or after 9999, for one."""


def parse(text: str | None) -> ToldDate | None:
    """Return what this EDTF text says, or None for no text.

    Raises ValueError with nothing of the text in it; NotKept, which is one, where it is EDTF that is not kept here.
    """
    text = (text or "").strip()
    if not text:
        return None
    try:
        told = _read(text)
        if told.first and told.last and told.first.first > told.last.last:
            raise ValueError("the span ends before it begins")
    except NotKept:
        raise
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        raise ValueError("this is not a date in EDTF") from None
    return told


def _read(text: str) -> ToldDate:
    if PLAIN.match(text):
        return _plain(text)
    if "/" in text:
        return _span(text)
    if text[0] in SETS:
        return _set(text)
    if found := PARTLY.match(text):
        return _partly_known(found)
    return _rare(parse_edtf(text), text)


@lru_cache(maxsize=1000)  # a page asks ten things of each date; what is kept is a date, and nobody's
def _plain(text: str) -> ToldDate:
    year, month, day, hedge = PLAIN.fullmatch(text).groups()  # type: ignore[union-attr]  # the caller looked
    about, doubted = HEDGES[hedge]
    if month and int(month) in SEASONS and not day:
        return _season(int(year), int(month), about, doubted)
    part = DatePart(int(year), int(month) if month else None, int(day) if day else None, about, doubted)
    part.first, part.last  # noqa: B018 -- raises ValueError where there is no such day
    return ToldDate("one", part, part)


def _season(year: int, season: int, about: bool, doubted: bool) -> ToldDate:
    begins, months = SEASONS[season]
    ends = begins + months - 1
    last = DatePart(year + (ends > 12), (ends - 1) % 12 + 1, None, about, doubted)
    return ToldDate("span", DatePart(year, begins, None, about, doubted), last)


def _span(text: str) -> ToldDate:
    """Read a span; an empty side is not known, two points are an open one."""
    first, last = text.split("/")
    begins, ends = _side(first), _side(last)
    if begins is None and ends is None:
        raise ValueError("nothing is said")
    return ToldDate(
        "span",
        begins.first if begins else None,
        ends.last if ends else None,
        is_side_unknown="" in {first, last},
    )


def _side(text: str) -> ToldDate | None:
    if text in OPEN:
        return None
    told = _read(text)
    if "/" in text or told.kind not in {"one", "span", "some_year"}:
        raise ValueError("not a side of a span")
    return told


def _set(text: str) -> ToldDate:
    """Read one, or all, of several dates. Two points at an end mean all before, or after."""
    closing, kind = SETS[text[0]]
    parse_edtf(text)
    inside = text[1 : text.rindex(closing)]
    members = [_member(item.strip()) for item in inside.split(",")]
    if len(members) == 1 and (members[0].first is None or members[0].last is None):
        only = members[0]
        return ToldDate(("later" if only.first else "earlier") if kind == "either" else "span", only.first, only.last)
    is_open = [any(side is None for side in sides) for sides in ([m.first for m in members], [m.last for m in members])]
    first = None if is_open[0] else min((m.first for m in members if m.first), key=lambda part: part.first)
    last = None if is_open[1] else max((m.last for m in members if m.last), key=lambda part: part.last)
    if len(members) == 1:
        return members[0] if kind == "either" else ToldDate(kind, first, last, tuple(members))
    return ToldDate(kind, first, last, tuple(members))


def _member(text: str) -> ToldDate:
    first, sign, last = text.partition("..")
    if not sign:
        return _read(text)
    begins, ends = (_read(side) if side else None for side in (first, last))
    return ToldDate("span", begins.first if begins else None, ends.last if ends else None)


def _partly_known(found: re.Match[str]) -> ToldDate:
    """Read a date some figures of which are not known: 198X, 1989-05-XX, 156X-12-25."""
    year, month, day, hedge = found.groups()
    hedges = HEDGES[hedge]
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low < 1:
        raise NotKept("the year is not known")
    if low == high and day in {None, "XX"} and (month == "XX" or (month and "X" not in month)):
        part = DatePart(low, None if month == "XX" else int(month), None, *hedges)
        part.first  # noqa: B018 -- raises ValueError where there is no such month
        return ToldDate("one", part, part)
    first = _first_that_fits(range(low, high + 1), month, day, hedges, is_last=False)
    last = _first_that_fits(range(high, low - 1, -1), month, day, hedges, is_last=True)
    is_one_month = bool(month) and "X" not in month and "X" not in (day or "")
    return ToldDate("some_year" if is_one_month and low < high else "span", first, last)


def _first_that_fits(
    years: Iterable[int], month: str | None, day: str | None, hedges: tuple[bool, bool], *, is_last: bool
) -> DatePart:
    """Return the first of these years, with month and day where they are asked for, that has such a day."""
    step = -1 if is_last else 1
    for year in years:
        if not month or (month == "XX" and day in {None, "XX"}):
            return DatePart(year, None, None, *hedges)
        for one in _fitting(month, 12)[::step]:
            if day in {None, "XX"}:
                return DatePart(year, one, None, *hedges)
            if days := _fitting(day or "", monthrange(year, one)[1])[::step]:
                return DatePart(year, one, days[0], *hedges)
    raise ValueError("there is no such day")


def _fitting(figures: str, most: int) -> list[int]:
    wanted = re.compile(figures.replace("X", "[0-9]"))
    return [number for number in range(1, most + 1) if wanted.fullmatch(f"{number:02d}")]


def _rare(parsed: Any, text: str) -> ToldDate:
    """Take from what the parser found: a date with its hour, or one of which only a part is hedged."""
    kind = type(parsed).__name__
    if kind == "DateAndTime":
        return _read(str(parsed.date))
    if kind == "PartialUncertainOrApproximate":
        signs = {sign for sign in text if sign in "~?%"}
        hedge = "%" if "%" in signs or len(signs) == 2 else next(iter(signs))
        return _read(re.sub("[~?%]", "", text) + hedge)
    raise NotKept(kind)
