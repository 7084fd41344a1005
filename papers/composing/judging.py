"""How a claim may be printed for an audience: as fact, with its attribution, or not at all, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from casework.evidence.naming import NAMED_BY_ITS_WORDS, NOT_USED, is_decided
from casework.evidence.publishability import band
from casework.models import Citation, Claim, Source
from papers.composing import words
from papers.printed_as import PrintedAs

FACT, ATTRIBUTED = PrintedAs.FACT, PrintedAs.ATTRIBUTED
ALWAYS_ATTRIBUTED = frozenset({Claim.Status.SINGLE, Claim.Status.DENIED})
SMALL_OPENERS = frozenset(
    [
        "The",
        "A",
        "An",
        "He",
        "She",
        "They",
        "It",
        "His",
        "Her",
        "Their",
        "Its",
        "In",
        "On",
        "At",
        "During",
        "For",
        "After",
        "Before",
        "Since",
        "From",
        "By",
        "When",
        "While",
        "There",
        "This",
        "That",
        "No",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
    ]
)


@dataclass(frozen=True)
class Judged:
    """A claim and the answer: printed as, or kept back with a reason."""

    claim: Claim
    printed_as: str = ""
    why: str = ""
    items: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_printed(self) -> bool:
        """Say whether the claim may stand in the text."""
        return bool(self.printed_as)


def sources_of(claim: Claim) -> list[Source]:
    """Return the present sources that support the claim and may be used outside, best first, then as they were added.

    The same claim names the same source each time, whatever order the database has them in.
    """
    return sorted(filter(is_decided, _supporting(claim)), key=lambda source: (source.reliability, source.created_at))


def _supporting(claim: Claim) -> list[Source]:
    rows = [
        row.source for row in claim.citations.all() if row.removed_at is None and row.kind == Citation.Kind.SUPPORTS
    ]
    return [source for source in rows if source.removed_at is None]


def judge(claim: Claim, allowed: Iterable[str]) -> Judged:
    """Say how the claim may be printed for an audience to which these items are open."""
    items = frozenset(row.item for row in claim.items.all())
    answer = band(claim)
    if not items and not claim.discloses_nothing:
        return Judged(claim, why="names-no-items")
    if items - set(allowed):
        return Judged(claim, why="no-consent", items=items - set(allowed))
    if answer not in {"PB_ANY", "PB_ATTR"} or claim.status == Claim.Status.NEW:
        return Judged(claim, why="band", items=items)
    if not sources_of(claim):
        is_shut = all(source.secrecy in NOT_USED for source in _supporting(claim))
        return Judged(claim, why="off-the-record" if is_shut else "not-decided", items=items)
    is_attributed = answer == "PB_ATTR" or claim.status in ALWAYS_ATTRIBUTED
    return Judged(claim, printed_as=ATTRIBUTED if is_attributed else FACT, items=items)


def name_outside(source: Source, language: str) -> str:
    """Return the words by which the source may be named outside: those somebody decided on, never its title of ours."""
    if source.secrecy in NAMED_BY_ITS_WORDS and source.attribution:
        return str(source.attribution)
    return words.say("source.withheld", language)


def sentence(judged: Judged, language: str) -> str:
    """Return the claim as it stands in a text, with its attribution where it needs one."""
    text = (judged.claim.text or "").strip()
    if judged.printed_as != ATTRIBUTED:
        return text
    return words.say(
        "attributed",
        language,
        source=name_outside(sources_of(judged.claim)[0], language),
        claim=inside(text, language),
    )


def is_attributed_in(claim: Claim, text: str, language: str) -> bool:
    """Say whether this sentence names one of the claim's sources by its words for outside."""
    return any(name_outside(source, language).casefold() in text.casefold() for source in sources_of(claim))


def inside(text: str, language: str) -> str:
    """Put words inside a sentence: the first word loses its capital where it is no name."""
    first = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if language == "en" and first in SMALL_OPENERS else text


def grade(source: Source, claims: Iterable[Any]) -> str:
    """Return the grade as printed: reliability of the source and the weakest credibility it carries."""
    figures = [claim.credibility for claim in claims if claim.credibility]
    return f"{source.reliability}{max(figures)}" if figures else source.reliability
