"""A gate's refusals as pages and commands tell them: each names its thing, who can mend it, and the way there."""

from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import User
from casework.access import may
from casework.models import Case
from materials.review.refusal_lines import RefusalLine, RefusalRows, lines_of_refusal
from safety import gate
from safety.conditions.twins import SIGNER_LOOKS_FIRST
from safety.models import Review
from safety.verdict import Refusal


def shown(
    refusals: Iterable[Any],
    *,
    material: Any,
    cases: Sequence[Case],
    viewer: User,
    leaving: gate.Leaving | None = None,
    audience: str = "",
) -> list[Any]:
    """Return the refusals as lines, as far as this viewer may know: one for each claim, item and finding.

    `leaving` is what was asked about where it is not the material as it stands, `audience` that of one recipient.
    A reason that is no condition of the gate stays as it is. The queries are as many for one row as for a hundred.
    """
    rows = as_read(refusals, material=material, cases=cases, viewer=viewer)
    codes = [row.code for row in rows if isinstance(row, Refusal)]
    asked = leaving or gate.Leaving.of(material)
    found = gate.refused_rows(asked, codes)
    facts = RefusalRows(
        material=material, cases=cases, viewer=viewer, rows=found, revision=asked.revision, audience=audience
    )
    return [line for row in rows for line in (lines_of_refusal(facts, row) if isinstance(row, Refusal) else [row])]


def as_read(refusals: Iterable[Any], *, material: Any, cases: Sequence[Case], viewer: User) -> list[Any]:
    """Return the refusals with what waits for a signer as the last, and once, whatever it is and how much.

    To whoever does not sign on every case a text that nobody signed reads so in any case: before a signature nothing
    shows whether a case that they may not see stands behind it.
    """
    rows = list(refusals)
    others = [row for row in rows if not (isinstance(row, Refusal) and row.code == SIGNER_LOOKS_FIRST)]
    is_signer = all(may(viewer, "sign_review", case) for case in cases)
    waits = len(others) < len(rows) or not (is_signer or is_signed(material))
    return [*others, Refusal(SIGNER_LOOKS_FIRST, material_id=material.pk)] if waits else others


def a_signer_looks_first(material: Any, *, cases: Sequence[Case], viewer: User) -> list[Any]:
    """Return what waits for a signer before this draft leaves, as far as this viewer may know.

    Whoever does not sign on every case reads the one sentence in any case, so that it tells of no hidden case.
    """
    waits = gate.refused_rows(gate.Leaving.of(material), [SIGNER_LOOKS_FIRST])[SIGNER_LOOKS_FIRST]
    rows = [Refusal(SIGNER_LOOKS_FIRST, material_id=material.pk)] if waits else []
    return shown(rows, material=material, cases=cases, viewer=viewer)


def is_signed(material: Any) -> bool:
    """Say whether a second person signed this revision and did not take it back."""
    signed = Review.objects.filter(material_id=material.pk, revision=material.revision, verdict=Review.Verdict.SIGNED)
    return signed.filter(revoked_at=None).exists()


__all__ = ["RefusalLine", "a_signer_looks_first", "as_read", "is_signed", "shown"]
