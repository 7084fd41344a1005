"""An assessment that two people fill in turn: kept as it was left, taken up by another, written by the last of them."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Check, refuse_if
from audit.trail import record
from casework.access import lock, require
from casework.models import Case
from safety import questions
from safety.models import AssessmentDraft
from safety.notify import notify_case

SEEN = "draft"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "step", SEEN})


@transaction.atomic
def keep_assessment_draft(
    *, actor: User, case: Case, kind: str, fields: Mapping[str, str], now: datetime | None = None
) -> AssessmentDraft:
    """Keep the form as it is, sealed, with who answered what; somebody else who may assess can take it up.

    It stops nothing and counts for nothing. The field `draft` says which draft the form began from; one that was kept
    anew since then is not written over. Refuses a third person. Needs the right to assess.
    """
    (case,) = lock(case)
    require(actor, "assess_risk", case)
    draft = draft_of(case, kind)
    refuse_if(*why_not_go_on(draft, fields.get(SEEN, "")))
    now = now or timezone.now()
    typed = {name: value for name, value in fields.items() if name not in NOT_KEPT}
    refuse_if((not any(value.strip() for value in typed.values()), _("There is nothing to keep yet.")))
    is_new = draft is None
    draft = draft or AssessmentDraft(case=case, kind=kind, begun_by=actor, begun_at=now)
    by = answered_by(draft, actor, typed)
    _join(draft, actor)
    draft.content, draft.last_kept_by = {"fields": typed, "by": by}, actor
    draft.kept_at = now
    draft.save()
    if is_new:
        notify_case(verb="safety.assessment.draft_kept", case=case, about=draft, actor=actor)
    record(actor=actor, verb="safety.assessment.draft_kept", case=case, about=draft, kind=kind)
    return draft


@transaction.atomic
def drop_assessment_draft(*, actor: User, case: Case, kind: str) -> None:
    """Drop the draft of this kind; nothing of it is left. Needs the right to assess."""
    (case,) = lock(case)
    require(actor, "assess_risk", case)
    draft = draft_of(case, kind)
    refuse_if((draft is None, _("There is no draft to drop.")))
    if draft:
        record(actor=actor, verb="safety.assessment.draft_dropped", case=case, about=draft, kind=kind)
        draft.delete()


def draft_of(case: Case, kind: str) -> AssessmentDraft | None:
    """Return the draft of this kind that stands for the case, or None."""
    draft: AssessmentDraft | None = AssessmentDraft.objects.filter(case=case, kind=kind).first()
    return draft


def take_up(case: Case, kind: str, actor: User, seen: str) -> AssessmentDraft:
    """Return the draft that is written now, with this person among those who filled it in.

    Refuses a third person, and a draft that somebody kept anew, wrote or dropped since it was opened.
    """
    draft = draft_of(case, kind)
    if draft is None:
        raise ValidationError(_("This draft was written or dropped meanwhile. See the newest assessment first."))
    refuse_if(*why_not_go_on(draft, seen))
    _join(draft, actor)
    return draft


def why_not_go_on(draft: AssessmentDraft | None, seen: str) -> list[Check]:
    """Return the refusal of a form that did not begin from the draft as it stands, as a pair and a sentence."""
    if draft is None or draft.version == seen:
        return []
    return [
        (
            True,
            _(
                "%(name)s kept a draft at %(time)s that this page does not show. Open it in another window, and go on there."
            )
            % {"name": draft.last_kept_by, "time": date_format(timezone.localtime(draft.kept_at), "H:i")},
        )
    ]


def answered_by(draft: AssessmentDraft, actor: User, typed: Mapping[str, str]) -> dict[str, int]:
    """Return by question who answered it last: this person where anything of it is otherwise than it was left."""
    before, by = draft.fields, draft.answered_by
    for question in (*questions.rapid(), *questions.full()):
        told, left = (
            {name: value for name, value in fields.items() if value and _is_of(name, question.code)}
            for fields in (typed, before)
        )
        if told != left:
            by[question.code] = actor.pk
        if not told:
            by.pop(question.code, None)
    return by


def _is_of(name: str, code: str) -> bool:
    return name == code or name.startswith(f"{code}_")


def _join(draft: AssessmentDraft, actor: User) -> None:
    if actor.pk not in draft.writers and draft.second_id is None:
        draft.second = actor
    refuse_if(
        (
            actor.pk not in draft.writers,
            _("Two people have filled this draft in. Let one of them save it, or drop it and begin anew."),
        )
    )
