"""A gate's refusals as pages and commands tell them: each names its thing, who can mend it, and the way there."""

from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import User
from casework.models import Case
from materials.review.refusal_lines import RefusalLine, RefusalRows, lines_of_refusal
from safety import gate
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
    rows = list(refusals)
    codes = [row.code for row in rows if isinstance(row, Refusal)]
    asked = leaving or gate.Leaving.of(material)
    found = gate.refused_rows(asked, codes)
    facts = RefusalRows(
        material=material, cases=cases, viewer=viewer, rows=found, revision=asked.revision, audience=audience
    )
    return [line for row in rows for line in (lines_of_refusal(facts, row) if isinstance(row, Refusal) else [row])]


__all__ = ["RefusalLine", "shown"]
