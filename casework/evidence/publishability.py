"""How far a claim may be printed: the best grade of its supporting sources against its own credibility."""

from typing import Any

from django.utils.translation import gettext as _

from casework.evidence.naming import is_decided
from casework.models import Claim

ANY, ATTRIBUTED, PRIVATE, NEVER = "PB_ANY", "PB_ATTR", "PB_PRIVATE", "PB_NO"
FROM_BEST = "ABCDFE"
WITHOUT_FORCE = frozenset({Claim.Status.NEW, Claim.Status.CONFLICT, Claim.Status.REFUTED, Claim.Status.STALE})


def best_reliability(claim: Any) -> str:
    """Return the best grade among the sources that support the claim, or nothing; ask with_evidence() first for lists."""
    grades = {cited.source.reliability for cited in claim.citations.all() if is_support(cited)}
    return min(grades, key=FROM_BEST.index, default="")


def is_support(cited: Any) -> bool:
    """Say whether a citation carries its claim: it supports, and neither it nor its source was removed."""
    return cited.kind == "supports" and cited.removed_at is None and cited.source.removed_at is None


def band(claim: Any) -> str:
    """Return the band of a claim: in all materials, only with attribution, kept inside, or not used."""
    if claim.removed_at is not None or claim.status in WITHOUT_FORCE:
        return NEVER
    return band_of(best_reliability(claim), claim.credibility)


def band_of(reliability: str, credibility: int | None) -> str:
    """Return the band of a grade such as B2. No source or no credibility means not used."""
    if not reliability or reliability == "E" or credibility is None or credibility > 3:
        return NEVER
    if reliability in "AB":
        return ANY if credibility <= 2 else ATTRIBUTED
    if reliability == "C":
        return ATTRIBUTED if credibility <= 2 else PRIVATE
    return PRIVATE


def band_in_words(claim: Any) -> str:
    """Return what the band means for this claim, in one sentence, and nothing where it may print anywhere."""
    found = band(claim)
    if found in {ANY, ATTRIBUTED} and not any(
        is_decided(cited.source) for cited in claim.citations.all() if is_support(cited)
    ):
        return _("Prints nowhere: its source is not to be used outside, or nobody decided how to name it there.")
    if found == ANY:
        return ""
    if found == ATTRIBUTED:
        return _("Prints only with its attribution.")
    if found == PRIVATE:
        return _("Stays inside; may guide a talk.")
    return _reason(claim)


def _reason(claim: Any) -> str:
    """Return why a claim prints nowhere, first what can be mended soonest."""
    reasons = {
        Claim.Status.NEW: _("Prints nowhere until it is checked."),
        Claim.Status.CONFLICT: _("Prints nowhere until the conflict is ruled on."),
        Claim.Status.REFUTED: _("Found false: prints nowhere."),
        Claim.Status.STALE: _("Prints nowhere until it is checked anew."),
    }
    if claim.status in reasons:
        return reasons[claim.status]
    if not best_reliability(claim):
        return _("Prints nowhere: no source supports it.")
    if claim.credibility is None:
        return _("Prints nowhere until its credibility is graded.")
    return _("Prints nowhere: the grade is too low.")
