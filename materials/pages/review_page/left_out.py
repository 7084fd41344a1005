"""What the packet holds and the text does not print, in lines: how many of each, which, and why."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import Name
from casework.pages.rows import TaskRow
from directory.vocabulary import label
from materials.models import Material
from materials.review.translated import not_translated
from papers.composing.kept_back import LeftOut
from papers.composing.parts import POSITION
from papers.composing.reading_back import why_in_words
from papers.kinds import registry


@dataclass(frozen=True)
class ToTranslate:
    """How much of a case is left out because nobody has translated it, and where it is translated."""

    said: str
    url: str


@dataclass(frozen=True)
class LeftOutList:
    """The lines, how many things they tell of, and whether the text was compared at all (materials/_withheld.html)."""

    rows: list[TaskRow]
    count: int
    is_compared: bool
    to_translate: list[ToTranslate]


def left_out_of(material: Material) -> LeftOutList:
    """Return what this audience does not get to see, and why; what has one kind and one reason stands in one line."""
    stored = [LeftOut(**row) for row in (material.withheld or {}).get("rows", [])]
    rows = [row for row in stored if row.what != POSITION]
    return LeftOutList(
        _lines(rows),
        len(rows),
        is_compared=registry.find(material.kind).is_composed,
        to_translate=[
            ToTranslate(
                ngettext(
                    "%(n)s line of %(case)s is not translated: translate",
                    "%(n)s lines of %(case)s are not translated: translate",
                    one.count,
                )
                % {"n": one.count, "case": one.reference},
                reverse("materials:translation", args=[one.reference, one.language]),
            )
            for one in not_translated(material)
        ],
    )


def _lines(rows: list[LeftOut]) -> list[TaskRow]:
    groups: dict[tuple[str, ...], list[LeftOut]] = {}
    for row in rows:
        kind = row.what if row.what.startswith("name:") else row.what.partition(":")[0]
        groups.setdefault((kind, row.case, row.why, *row.items), []).append(row)
    several = len({row.case for row in rows}) > 1
    return [
        TaskRow(_what(kind, group), note=case if several else "", when=_why(group[0]))
        for (kind, case, *_reason), group in groups.items()
    ]


def _what(kind: str, rows: list[LeftOut]) -> str:
    count = len(rows)
    keys = [row.what.partition(":")[2] for row in rows]
    if kind == "claim":
        numbers = ", ".join(sorted(keys, key=int))
        return ngettext("Claim %(numbers)s", "%(count)s claims: %(numbers)s", count) % {
            "numbers": numbers,
            "count": count,
        }
    if kind == "charge":
        return ngettext("%(count)s charge", "%(count)s charges", count) % {"count": count}
    if kind == "event":
        return ngettext("%(count)s event of the timeline", "%(count)s events of the timeline", count) % {"count": count}
    if kind == "ask":
        return ngettext("%(count)s ask", "%(count)s asks", count) % {"count": count}
    if kind == "right":
        return ", ".join(label("right", key) for key in keys)
    if kind.startswith("name:"):
        return _("Name in its own letters (%(script)s)") % {"script": Name.Script(keys[0]).label}
    return {
        "name": _("Name"),
        "label": _("Safe public label"),
        "demand": _("Demand"),
        "occupation": _("Occupation"),
        "age": _("Age"),
        "nationality": _("Nationality"),
        "held": _("Since when held"),
        "term": _("When the term ends"),
        "place": _("Place of detention"),
        "taken_at": _("Place of the arrest"),
        "stages": _("Detention, charge, trial, sentence and transfers in order"),
        "why_now": _("Why now"),
        "authorities": _("What the authorities say"),
    }.get(kind, kind)


def _why(row: LeftOut) -> str:
    items = ", ".join(label("consent_item", item).lower() for item in row.items)
    return f"{why_in_words(row.why)}: {items}" if items else why_in_words(row.why)
