"""What may go wrong after everything was right: each is a few steps of the walk, so that one clause alone is unmet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Spoiler:
    """Steps of the walk; `comes_after` the words wait at every door, or they never come so far."""

    spoil: Callable[[Any], Any] = lambda walk: None
    comes_after: bool = True


def _high(walk: Any) -> None:
    walk.wish("publicity")
    walk.assessment_signed("RL_HIGH", director=False)


def _died(walk: Any) -> None:
    walk.fate("DS_DIED", is_back=False)
    walk.still_right("ana")
    walk.agreed("rui")


def _twin_wishes_silence(walk: Any) -> None:
    walk.twin_wishes("silence")
    walk.scanned("clean")


def _refused(walk: Any) -> None:
    walk.person_refuses()
    walk.scanned("clean")


def _taken_out(walk: Any) -> None:
    walk.claim_says("nothing: it was taken out")
    walk.scanned("clean")


SPOILERS: dict[str, Spoiler] = {
    "nothing": Spoiler(),
    "held": Spoiler(lambda walk: walk.hold()),
    "held in the country": Spoiler(lambda walk: walk.hold_of_the_country()),
    "paused": Spoiler(lambda walk: walk.something_happens(review=False)),
    "to be looked at": Spoiler(lambda walk: walk.something_happens(review=True)),
    "quiet": Spoiler(lambda walk: walk.posture("PO_QUIET")),
    "withdrawn": Spoiler(lambda walk: walk.consents_withdrawn()),
    "expired": Spoiler(lambda walk: walk.consents_expire()),
    "narrowed": Spoiler(lambda walk: walk.consent_narrowed()),
    "refused": Spoiler(_refused),
    "wishes silence": Spoiler(lambda walk: walk.wish("silence")),
    "assessed and unsigned": Spoiler(lambda walk: walk.assessment_written_and_not_signed()),
    "assessment ended": Spoiler(lambda walk: walk.assessment_ended()),
    "critical": Spoiler(lambda walk: walk.assessment_signed("RL_CRIT", director=True)),
    "high without a director": Spoiler(_high),
    "high without a wish": Spoiler(lambda walk: walk.assessment_signed("RL_HIGH", director=True)),
    "a hard stop": Spoiler(lambda walk: walk.assessment_stops("has_hard_stop")),
    "questions opened": Spoiler(lambda walk: walk.assessment_stops("needs_full")),
    "in conflict": Spoiler(lambda walk: walk.claim_ruled("VS_CONFLICT")),
    "taken out": Spoiler(_taken_out),
    "says more": Spoiler(lambda walk: walk.claim_says("more")),
    "nobody says what it discloses": Spoiler(lambda walk: walk.claim_says("nobody knows what")),
    "weak": Spoiler(lambda walk: walk.source_graded("D")),
    "corrected": Spoiler(lambda walk: walk.claim_corrected()),
    "somebody added": Spoiler(lambda walk: walk.somebody_added("contact")),
    "not checked": Spoiler(lambda walk: walk.scanned("cannot_check")),
    "found": Spoiler(lambda walk: walk.scanned("findings")),
    "asks for the body": Spoiler(lambda walk: walk.demand_is_about("body")),
    "dead, and nobody looked": Spoiler(_died),
    "clearance revoked": Spoiler(lambda walk: walk.taken_back("clearance")),
    "clearance ended": Spoiler(lambda walk: walk.taken_back("shorten")),
    "review revoked": Spoiler(lambda walk: walk.taken_back("review")),
    "signer took the text over": Spoiler(lambda walk: walk.taken_over("rui")),
    "another person's silence": Spoiler(_twin_wishes_silence),
    "the family is not told": Spoiler(comes_after=False),
    "there is no scan": Spoiler(comes_after=False),
    "the twelve answers are old": Spoiler(comes_after=False),
}
