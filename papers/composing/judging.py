"""How a claim may be printed for an audience: as fact, with its attribution, or not at all, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from casework.evidence.naming import NAMED_BY_ITS_WORDS, NOT_USED, is_decided
from casework.evidence.publishability import band
from casework.models import Citation, Claim, Source
from casework.translating.wording import Wording
from papers.composing import words
from papers.composing.small_words import inside
from papers.printed_as import PrintedAs

FACT, ATTRIBUTED = PrintedAs.FACT, PrintedAs.ATTRIBUTED
NOT_TRANSLATED = "not-translated"
ALWAYS_ATTRIBUTED = frozenset({Claim.Status.SINGLE, Claim.Status.DENIED})


@dataclass(frozen=True)
class Judged:
    """A claim and the answer: printed as, or kept back with a reason."""

    claim: Claim
    wording: Wording
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


def judge(claim: Claim, allowed: Iterable[str], wording: Wording) -> Judged:
    """Say how the claim may be printed for an audience to which these items are open, in the language of this wording.

    In a language other than the packet's it prints only where it is translated, and so is every source that carries it
    as it is named outside: no words of the original stand in for a translation.
    """
    judged = _judge(claim, allowed, wording)
    if judged.is_printed and (
        wording.lacks(claim, "text") or any(lacks_its_words(row, wording) for row in sources_of(claim))
    ):
        return replace(judged, printed_as="", why=NOT_TRANSLATED)
    return judged


def _judge(claim: Claim, allowed: Iterable[str], wording: Wording) -> Judged:
    items = frozenset(row.item for row in claim.items.all())
    answer = band(claim)
    if not items and not claim.discloses_nothing:
        return Judged(claim, wording, why="names-no-items")
    if items - set(allowed):
        return Judged(claim, wording, why="no-consent", items=items - set(allowed))
    if answer not in {"PB_ANY", "PB_ATTR"} or claim.status == Claim.Status.NEW:
        return Judged(claim, wording, why="band", items=items)
    if not sources_of(claim):
        is_shut = all(source.secrecy in NOT_USED for source in _supporting(claim))
        return Judged(claim, wording, why="off-the-record" if is_shut else "not-decided", items=items)
    is_attributed = answer == "PB_ATTR" or claim.status in ALWAYS_ATTRIBUTED
    return Judged(claim, wording, printed_as=ATTRIBUTED if is_attributed else FACT, items=items)


def name_outside(source: Source, wording: Wording) -> str:
    """Return the words by which the source may be named outside: those somebody decided on, never its title of ours.

    Words that are not translated are nothing: who a source is must not be called withheld where it only lacks a line.
    """
    if source.secrecy in NAMED_BY_ITS_WORDS and source.attribution:
        return wording.of(source, "attribution")
    return words.say("source.withheld", wording.language)


def lacks_its_words(source: Source, wording: Wording) -> bool:
    """Say whether the source is named outside by words that nobody has translated."""
    return source.secrecy in NAMED_BY_ITS_WORDS and wording.lacks(source, "attribution")


def sentence(judged: Judged, language: str) -> str:
    """Return the claim as it stands in a text, with its attribution where it needs one."""
    text = judged.wording.of(judged.claim, "text")
    if judged.printed_as != ATTRIBUTED:
        return text
    return words.say(
        "attributed",
        language,
        source=name_outside(sources_of(judged.claim)[0], judged.wording),
        claim=inside(text, language),
    )


def is_attributed_in(claim: Claim, text: str, wording: Wording) -> bool:
    """Say whether this sentence names one of the claim's sources by its words for outside, in the language of the text."""
    names = (name_outside(source, wording).casefold() for source in sources_of(claim))
    return any(name and name in text.casefold() for name in names)


def grade(source: Source, claims: Iterable[Any]) -> str:
    """Return the grade as printed: reliability of the source and the weakest credibility it carries."""
    figures = [claim.credibility for claim in claims if claim.credibility]
    return f"{source.reliability}{max(figures)}" if figures else source.reliability
