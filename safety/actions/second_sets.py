"""Where two sign, the first to sign answers the twelve questions before they see the author's answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import record
from casework.access import lock, require
from safety import questions
from safety.assessing.answers import Answers
from safety.assessing.differences import between, explained_or_listed
from safety.assessing.refusals import applies_not, not_applying
from safety.models import RiskAssessment, SecondSet


@transaction.atomic
def give_second_set(
    *, actor: User, assessment: RiskAssessment, answers: Mapping[str, Any], now: datetime | None = None
) -> SecondSet:
    """Keep this person's own twelve answers about a high risk that they may sign; they are given once and never changed.

    Refuses the authors, an assessment that one signature is enough for, and one that is signed, ended or overtaken.
    """
    (case,) = lock(assessment.case_id)
    require(actor, "sign_risk", case)
    row: RiskAssessment = RiskAssessment.objects.select_for_update().get(pk=assessment.pk)
    given = Answers.of({"rapid": dict(answers)})
    latest = RiskAssessment.objects.latest_of(case)
    refuse_if(
        (actor.pk in row.writers, _("You wrote this assessment. Somebody else must sign it.")),
        (not row.takes_two_signatures or row.material_id is not None, _("This assessment asks for no second set.")),
        (row.signed_at is not None or row.ended_at is not None, _("This assessment is signed or ended already.")),
        (
            latest is None or latest.pk != row.pk,
            _("A newer assessment has been written. Only the newest can be signed."),
        ),
        (row.second_sets.filter(given_by=actor).exists(), _("You have answered already.")),
        (
            any(given.rapid.get(question.code) not in list(questions.Answer) for question in questions.rapid()),
            _("Answer each of the twelve questions."),
        ),
        (
            any(not applies_not(part, said) for part, said in not_applying(given)),
            _("Say why it does not apply; where the question names the cases, choose one of them."),
        ),
    )
    made = SecondSet(case=case, assessment=row, given_by=actor, given_at=now or timezone.now())
    made.answers = {"rapid": dict(answers)}
    made.save(force_insert=True)
    record(actor=actor, verb="safety.assessment.second_set", case=case, about=row)
    return made


def second_set_of(row: RiskAssessment, person: User) -> SecondSet | None:
    """Return what this person answered before they read the assessment, or None."""
    return row.second_sets.filter(given_by=person).first()


def explain_second_set(row: RiskAssessment, signer: User, reasons: Mapping[str, str]) -> None:
    """Write down why this person signs a high risk although both answered otherwise; nothing is asked of another risk.

    Refuses a signer without own answers, and a difference that nobody explains.
    """
    if not row.takes_two_signatures:
        return
    second = second_set_of(row, signer)
    if second is None:
        raise ValidationError(
            _("Answer the twelve questions yourself first, before you read what the author answered.")
        )
    found = between(Answers.of(second.answers), Answers.of(row.answers), row.number)
    refuse_if(*explained_or_listed(found, reasons))
    second.explained = {one.question.code: reasons[one.question.code].strip() for one in found}
    second.save(update_fields=["explained"])
