"""What differs, sentence by sentence: the words as they are now from the last that left, or from another audience's."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from casework.models import Case
from directory.vocabulary import label
from materials.actions.saving import wishes_of
from materials.models import Dispatch, Material
from materials.pages.review_page.changes import ChangedPiece, runs
from papers.composing.composing import compose
from papers.composing.marks import sentences
from papers.kinds import registry
from papers.kinds.kind import Kind

LEFT = "left"
Words = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Against:
    """Something the words can be compared with, and whether they are."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class DifferentSection:
    """A section that differs, each sentence with what came, went or stayed; the title has no heading."""

    heading: str
    sentences: list[list[ChangedPiece]]


@dataclass(frozen=True)
class DifferencesPage:
    """The words beside others, or why there are none to compare with (materials/materials/differences.html)."""

    case: Case
    material: Material
    choices: list[Against]
    sections: list[DifferentSection]
    is_compared: bool
    faults: list[str]
    tab: str = "materials"


def differences_page(
    material: Material, cases: list[Case], *, may_compose: bool, asked: str = ""
) -> DifferencesPage | None:
    """Return the page; None where something was asked for that this text, or this reader, cannot be shown.

    For another audience the same kind is composed from the packets as they are now, and nothing of it is kept.
    """
    kind = registry.find(material.kind)
    left = Dispatch.objects.filter(material=material, dispatched_at__isnull=False).order_by("-dispatched_at").first()
    known = _known(material, kind, left, may_compose=may_compose)
    chosen = asked or (known[0][0] if known else "")
    if asked and asked not in [value for value, _said in known]:
        return None
    faults: list[str] = []
    other: Words | None = None
    if chosen == LEFT and left is not None:
        other = _words(left.title, left.body)
    elif chosen:
        try:
            other = _composed(material, cases, chosen)
        except ValidationError as refused:
            faults = refused.messages
    found = _compared(other, _words(material.title, material.body)) if other is not None else []
    rows = [Against(value, said, value == chosen) for value, said in known]
    return DifferencesPage(cases[0], material, rows, found, is_compared=other is not None, faults=faults)


def _known(material: Material, kind: Kind, left: Dispatch | None, *, may_compose: bool) -> list[tuple[str, str]]:
    """Return what these words can be compared with, each with what the page calls it."""
    found = []
    if left is not None and left.dispatched_at:
        day = date_format(localtime(left.dispatched_at), "j F Y")
        said = _("Revision %(revision)s, the last that left, %(day)s") % {"revision": left.revision, "day": day}
        found.append((LEFT, said))
    if may_compose and kind.is_composed:
        others = [audience for audience in kind.audiences if audience != material.audience]
        found += [
            (audience, _("As it would be for: %(audience)s") % {"audience": label("consent_audience", audience)})
            for audience in others
        ]
    return found


def _composed(material: Material, cases: list[Case], audience: str) -> Words:
    made = compose(
        cases,
        kind=material.kind,
        audience=audience,
        language=material.language,
        stop_on=material.stop_on,
        wishes=wishes_of(material),
    )
    return _words(made.title, made.body)


def _words(title: str | None, body: list[dict[str, str]] | None) -> Words:
    return {"title": ("", title or "")} | {row["code"]: (row["heading"], row["text"]) for row in body or []}


def _compared(other: Words, now: Words) -> list[DifferentSection]:
    """Return the sections whose sentences differ, in the order of the words as they are now."""
    found = []
    for code in dict.fromkeys([*now, *other]):
        before, after = (_sentences(words.get(code, ("", ""))[1]) for words in (other, now))
        if before != after:
            found.append(DifferentSection((now.get(code) or other[code])[0], list(sentence_rows(before, after))))
    return found


def _sentences(text: str) -> list[str]:
    return [said for said, _labels in sentences(text)]


def sentence_rows(before: list[str], after: list[str]) -> Iterable[list[ChangedPiece]]:
    """Yield each sentence: one that stayed, came or went whole, and one that was put otherwise word by word."""
    for op, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            yield from ([ChangedPiece("same", said)] for said in after[k:m])
        elif j - i == m - k:
            yield from (runs(old, new) for old, new in zip(before[i:j], after[k:m], strict=True))
        else:
            yield from ([ChangedPiece("del", said)] for said in before[i:j])
            yield from ([ChangedPiece("ins", said)] for said in after[k:m])
