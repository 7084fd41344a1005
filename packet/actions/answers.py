"""A question of the packet is answered where it stands: by its fact, with a claim beside it, or by an answer that is none."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.access import lock, require
from casework.actions import detention
from casework.actions.cases import change_case
from casework.custody import spell_that_counts
from casework.models import Case, Claim, Detention, PacketAnswer, Source
from claims.actions.rows import ClaimRow, save_claim_row
from directory.dates import sort_key

KNOWN = "known"
# Where the fact of a question stands that is written in place: on the cover of the case, or in the spell that counts.
COVER = {
    "id_public_label": "public_label",
    "id_affiliation": "activity",
    "det_reasons": "authorities_say",
    "ctx_state_view": "authorities_say",
}
SPELL = {
    "arr_date": "started",
    "arr_place": "taken_at",
    "arr_forces": "taken_by",
    "arr_warrant": "warrant",
    "arr_law": "legal_basis",
    "det_forces": "authority",
    "det_ack": "acknowledged",
    "det_contacts": "contact_allowed",
    "chg_basis_type": "basis_kind",
    "trial_counsel": "counsel",
    "circ_narrative": "circumstances",
}
FACTS = COVER | SPELL


@dataclass(frozen=True)
class QuestionAnswer:
    """What somebody answered: how (known, or an answer that is no fact), and what was opened when they did."""

    field: str
    how: str
    said: Any
    """The fact, as its column keeps it; else whom we asked and when, who refused, or why it is not needed."""
    opened: str = ""
    sentence: str = ""
    source: Source | None = None


def column_of(code: str) -> str:
    """Return the column that the fact of a question fills, such as `detention.started`."""
    return f"case.{COVER[code]}" if code in COVER else f"detention.{SPELL[code]}"


def digest_of(fact: Any, answer: PacketAnswer | None) -> str:
    """Return a short digest of what answers a question now; empty for nothing."""
    told = [str(fact or ""), *([answer.answer, answer.asked or ""] if answer else [])]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16] if any(told) else ""


@transaction.atomic
def answer_question(*, actor: User, case: Case, told: QuestionAnswer) -> None:
    """Write the fact, and the sentence as a claim on its source; or record that there is none, and why.

    Refused without the right to change the case, where somebody answered after the question was opened, and as the verbs
    refuse that are called. Where no spell of detention is written, a fact about it is the first that is known of it.
    """
    case = lock(case)[0]
    require(actor, "change_case", case)
    spell = spell_that_counts(sorted(case.detentions.present(), key=lambda row: sort_key(row.started)))
    fact = _fact(case, spell, told.field)
    held = PacketAnswer.objects.filter(case=case, field=told.field).present().first()
    if digest_of(fact, held) != told.opened:
        said = fact or (f"{held.get_answer_display()}, {held.asked or ''}" if held else _("nothing"))
        raise ValidationError(
            {
                "how": _(
                    "Somebody answered this meanwhile: “%(said)s”. Yours stands here; record it again to put it in its place."
                )
                % {"said": said}
            },
            code="meanwhile",
        )
    if told.how != KNOWN:
        if fact:
            raise ValidationError(
                {"how": _("The packet holds a fact that answers this. Change it, or leave it empty first.")}
            )
        detention.record_answer(actor=actor, case=case, field=told.field, answer=told.how, asked=told.said)
        return
    _write(actor, case, spell, told)
    if told.sentence:
        use = Claim.Use.AUTHORITIES if COVER.get(told.field) == "authorities_say" else Claim.Use.FACT
        row = ClaimRow({"text": told.sentence, "use": use}, [], source=told.source)
        save_claim_row(actor=actor, case=case, row=row)


def _fact(case: Case, spell: Detention | None, field: str) -> Any:
    if field in COVER:
        return getattr(case, COVER[field])
    return getattr(spell, SPELL[field]) if spell and field in SPELL else None


def _write(actor: User, case: Case, spell: Detention | None, told: QuestionAnswer) -> None:
    """Write the fact by the verb of its row; a fault of that row stands at the answer."""
    try:
        if told.field in COVER:
            change_case(actor=actor, case=case, version=case.version, values={COVER[told.field]: told.said})
            return
        values: Mapping[str, Any] = {SPELL[told.field]: told.said}
        if spell is None:
            detention.add_detention(actor=actor, case=case, values=values)
        else:
            detention.change_detention(actor=actor, row=spell, version=spell.version, values=values)
    except ValidationError as refused:
        raise ValidationError({"value": refused.messages}) from None
