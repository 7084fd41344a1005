"""A refusal as one line or several: what is wrong, since when and who can mend it, and the way there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Case
from materials.review.refusal_lines import changed_facts, claims, consents, risk, twins
from materials.review.refusal_lines.mending import may_mend, right_for
from materials.review.refusal_lines.rows import RefusalRows
from materials.review.refusal_lines.sentences import Said
from safety.conditions.mending import ASSESS_PAGE
from safety.conditions.twins import SIGNER_LOOKS_FIRST
from safety.verdict import Refusal

OF_A_CASE: dict[str, Callable[[RefusalRows, Case], Said | None]] = {**consents.OF_A_CASE, **risk.OF_A_CASE}
OF_A_ROW: dict[str, Callable[[RefusalRows, Case, str], Said | None]] = {
    **claims.TELLING,
    **consents.TELLING,
    **changed_facts.TELLING,
    **twins.TELLING,
}


@dataclass(frozen=True)
class RefusalLine:
    """One line: what is wrong, about what and who can mend it, and the way to the mend."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""
    code: str = ""
    case: str = ""


def lines_of_refusal(facts: RefusalRows, row: Refusal) -> list[RefusalLine]:
    """Return the lines of one refusal, one for each claim, item or finding that it is about."""
    if row.further_cases:
        return [RefusalLine(row.title, row.text, code=row.code)]
    if row.code in facts.rows:
        found = list(_of_rows(facts, row))
        return found or [_line(facts, row, None)]
    case = row.case
    tell = OF_A_CASE.get(row.code)
    return [_line(facts, row, tell(facts, case) if tell and case else None)]


def _of_rows(facts: RefusalRows, row: Refusal) -> Iterable[RefusalLine]:
    """Tell each row that the condition refuses; those of a case that the viewer may not see are only counted.

    What a case beside those of the material stops, or protects in its words, is told without a word of that case.
    """
    pairs = [(case, key) for case, key in facts.rows[row.code] if row.case is None or case == row.case.pk]
    for pk, key in pairs:
        case = facts.cases.get(pk) or facts.instead_of(pk)
        if case is not None and (said := OF_A_ROW[row.code](facts, case, key)) is not None:
            yield _line(facts, row, said, case)
    is_hidden = any(pk in facts.of_material and pk not in facts.cases for pk, _key in pairs)
    if is_hidden and row.code != SIGNER_LOOKS_FIRST:
        yield RefusalLine(row.title, _("One further case"), code=row.code)


def _line(facts: RefusalRows, row: Refusal, said: Said | None, case: Case | None = None) -> RefusalLine:
    """Put together the sentences, the case and the way; what a line does not say itself is said by the code."""
    case = case or row.case
    said = said or Said(who=may_mend(facts, row.code, case))
    about = (
        _("Case %(codename)s, %(reference)s.") % {"codename": case.codename, "reference": case.reference}
        if case
        else ""
    )
    text = " ".join(part for part in (said.since, said.who, about) if part)
    url, label = (said.url, said.label) if said.url else _way(facts, row, case)
    return RefusalLine(said.title or row.sentence, text, url, label, row.code, case.reference if case else "")


def _way(facts: RefusalRows, row: Refusal, case: Case | None) -> tuple[str, str]:
    """Return the address and the words of the mend; who may not assess is led to what is known of the risk."""
    if case and row.ground.page.name == ASSESS_PAGE.name and not facts.may(right_for(row.code), case):
        return reverse("safety:safety", args=[case.reference]), _("See what is known of the risk")
    if row.url:
        return row.url, row.label
    fallback = case or next(iter(facts.cases.values()), None)
    address = row.ground.page.address(case=fallback.reference) if fallback else ""
    return (address, row.label) if address else ("", "")
