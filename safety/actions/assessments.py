"""Writing and signing a risk assessment. What is written is never changed: a new one takes its place."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Check, refuse_if
from accounts.sign_in.freshness import Proof
from audit.trail import record
from casework.access import NotAllowed, lock, may, require
from casework.models import Case
from safety import questions, rating
from safety.actions.drafts import SEEN, answered_by, take_up
from safety.actions.second_sets import explain_second_set
from safety.assessing.answers import Answers
from safety.assessing.bounds import ends_by, unanswered
from safety.assessing.differences import assessment_in_force, kept_comparison, why_not_explained
from safety.assessing.facts import Revision, facts_of, why_not_against_facts
from safety.assessing.harms import HarmGiven
from safety.assessing.refusals import UNKNOWN_ALONE, why_not_answered, why_not_rated
from safety.models import AssessmentDraft, Pause, RiskAssessment, RiskEvent, RiskHarm
from safety.notify import notify_case
from safety.people import may_sign_high, why_not_sign
from sealing.fields import save_each

Level = RiskAssessment.Level
PRESSED_TWICE = timedelta(seconds=10)


@transaction.atomic
def write_assessment(
    *,
    actor: User,
    case: Case,
    kind: str,
    danger_now: str,
    answers: Mapping[str, Any],
    harms: Iterable[HarmGiven] = (),
    worst_case: str = "",
    not_acting: str = "",
    dissent: str = "",
    draft: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> RiskAssessment:
    """Write an assessment of the case as it stands; it counts at once, and closes the gate until another person signs.

    `answers` is what `safety.assessing.answers` reads. Refuses what `refusals` beside it says: questions opened and not
    answered, harms not rated, a rating under a bound; and an answer calmer than what the packet proposes to this
    person, without a note. `draft` holds the fields of a form that began from the draft of this kind: it is gone then,
    who answered what is kept, and whoever else filled it in is co-author. Needs the right to assess.
    """
    (case,) = lock(case)
    require(actor, "assess_risk", case)
    words = {"worst_case": worst_case.strip(), "not_acting": not_acting.strip(), "dissent": dissent.strip()}
    words |= {"kind": kind, "danger_now": danger_now}
    assessment = RiskAssessment(case=case, answers=dict(answers), author=actor, **words)
    assessment.written_at, rated = now or timezone.now(), list(harms)
    if written := _pressed_twice(assessment, rated):
        return written
    begun = None if draft is None else _taken_up(assessment, draft)
    refuse_if(*why_not_against_facts(Answers.of(assessment.answers), facts_of(case, actor)))
    _write(assessment, rated)
    if begun:
        begun.delete()
    notify_case(verb="safety.assessment.written", case=case, about=assessment, actor=actor)
    record(
        actor=actor, verb="safety.assessment.written", case=case, about=assessment, kind=kind, level=assessment.level
    )
    return assessment


def _taken_up(assessment: RiskAssessment, fields: Mapping[str, str]) -> AssessmentDraft:
    """Return the draft that this is written from, with who answered what and who else did written into the assessment."""
    draft = take_up(assessment.case, assessment.kind, assessment.author, fields.get(SEEN, ""))
    assessment.co_author_id = next((pk for pk in draft.writers if pk != assessment.author_id), None)
    assessment.answers["by"] = answered_by(draft, assessment.author, fields)
    return draft


def _pressed_twice(assessment: RiskAssessment, harms: list[HarmGiven]) -> RiskAssessment | None:
    """Return what the same author wrote in the same words a moment ago: one press of the button too many."""
    last = RiskAssessment.objects.latest_of(assessment.case)
    if last is None or last.author_id != assessment.author_id or last.signed_at or last.ended_at:
        return None
    words = ("kind", "danger_now", "worst_case", "not_acting", "dissent")
    told = {name: value for name, value in (last.answers or {}).items() if name != "by"}
    is_same = told == assessment.answers and all(getattr(last, name) == getattr(assessment, name) for name in words)
    is_now = assessment.written_at - last.written_at < PRESSED_TWICE
    figures = (
        "category",
        "likelihood",
        "impact",
        "likelihood_after",
        "impact_after",
        "mitigation",
        "owner_id",
        "reason_below",
    )
    stored = {tuple(getattr(row, name) for name in figures) for row in last.harms.all()}
    given = {tuple(getattr(harm.row(assessment), name) for name in figures) for harm in harms}
    return last if is_now and is_same and stored == given else None


@transaction.atomic
def write_revision_check(
    *,
    actor: User,
    case: Case,
    material_id: uuid.UUID,
    revision: int,
    audience: str = "",
    level: str = "",
    answers: Mapping[str, Any],
    danger_now: str,
    told: Mapping[str, Any] | None = None,
    harms: Iterable[HarmGiven] = (),
    now: datetime | None = None,
) -> RiskAssessment:
    """Write the rapid check of one revision of one material for one of its cases. The reviewer's signature confirms it.

    `answers` maps each rapid code to answer and note, `told` each opened question to its words, as RevisionCheckForm
    gives them. Refuses an answer that differs from the case's assessment without a note, and unknowns alone; what
    differs is kept. Needs the right to sign the review, to assess, or to write the material.
    """
    (case,) = lock(case)
    if not any(may(actor, right, case) for right in ("sign_review", "assess_risk", "write_material")):
        raise NotAllowed("sign_review", case)
    given: dict[str, Any] = {"rapid": dict(answers), "full": dict(told or {})}
    read, of_case = Answers.of(given), assessment_in_force(case)
    facts = facts_of(case, actor, revision=Revision(material_id, revision, audience, level))
    refuse_if(
        *why_not_explained(read, of_case),
        *why_not_against_facts(read, facts),
        (read.is_unknown_alone, str(UNKNOWN_ALONE)),
    )
    given |= {"of_case": kept_comparison(read, of_case)} if of_case else {}
    check = RiskAssessment(case=case, kind="rapid", danger_now=danger_now, answers=given, author=actor)
    check.material_id, check.revision, check.written_at = material_id, revision, now or timezone.now()
    _write(check, list(harms))
    record(actor=actor, verb="safety.check.written", case=case, about=check, revision=revision, level=check.level)
    return check


def _write(assessment: RiskAssessment, harms: list[HarmGiven]) -> None:
    refuse_if(*why_not_answered(assessment), *why_not_rated(assessment, harms))
    answers = Answers.of(assessment.answers)
    rows = [harm.row(assessment) for harm in harms]
    assessment.level = rating.rate(rating.RatedHarm.of(row) for row in rows).level
    assessment.has_hard_stop = questions.has_hard_stop(answers.rapid)
    assessment.needs_full = bool(unanswered(answers))
    assessment.is_unknown_alone = answers.is_unknown_alone
    assessment.ends_by = ends_by(answers, assessment.written_at)
    last = RiskAssessment.objects.filter(case=assessment.case).aggregate(last=Max("number"))["last"] or 0
    assessment.number = last + 1
    assessment.full_clean(exclude=["mac"])
    assessment.save(force_insert=True)
    RiskHarm.objects.bulk_create(rows)


@transaction.atomic
def sign_assessment(
    *,
    actor: User,
    assessment: RiskAssessment,
    proof: Proof,
    reasons: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> RiskAssessment:
    """Sign the latest assessment of a case with a fresh second factor; a director may add theirs to a high one later.

    It is valid from now for as long as its level and the dates in its answers allow. It ends the pauses and answers the triggers that came before
    it was written. Refuses the authors, who may not sign yet, and what was sent back, ended or overtaken; and of a high
    one whoever signs first without own answers, or without `reasons` by question where these differ from the author's.
    """
    (case,) = lock(assessment.case_id)
    require(actor, "sign_risk", case)
    row: RiskAssessment = RiskAssessment.objects.select_for_update().get(pk=assessment.pk)
    now = now or timezone.now()
    refuse_if(*why_not_sign_this(actor, case, row, at=now))
    is_first = row.signed_at is None
    if is_first:
        explain_second_set(row, actor, reasons or {})
    as_director = row.takes_two_signatures and row.director_id is None and may_sign_high(actor, case, at=now)
    if not (is_first or as_director):
        return row
    changed = _sign(row, actor, proof, now) if is_first else []
    if as_director:
        row.director, row.director_at = actor, now
        changed += ["director", "director_at"]
    row.save(update_fields=changed)
    if is_first:
        _answer_what_came_before(row, now)
    verb = "safety.assessment.signed" if is_first else "safety.assessment.director_signed"
    notify_case(verb=verb, case=case, about=row, actor=actor)
    factor = {"factor": proof.method, "factor_age_seconds": int(proof.age.total_seconds())}
    record(actor=actor, verb=verb, case=case, about=row, level=row.level, as_director=as_director, **factor)
    return row


def _sign(row: RiskAssessment, actor: User, proof: Proof, now: datetime) -> list[str]:
    row.signed_by, row.signed_at = actor, now
    row.signed_with = f"{proof.method} {int(proof.age.total_seconds())}"
    last_day = ends_by(Answers.of(row.answers), row.written_at)
    end = now + rating.VALIDITY[Level(row.level)]
    row.expires_at = row.granted_until = min(end, last_day) if last_day else end
    return ["signed_by", "signed_at", "signed_with", "expires_at", "granted_until"]


def _answer_what_came_before(row: RiskAssessment, now: datetime) -> None:
    before = {"case": row.case_id}
    pauses = Pause.objects.filter(**before, ended_at=None, since__lte=row.written_at)
    save_each(pauses, ended_at=now, ended_by_assessment=row)
    open_ones = RiskEvent.objects.filter(**before, answered_at=None, noted_at__lte=row.written_at).exclude(
        event_class="note"
    )
    save_each(open_ones, answered_at=now, answered_by_assessment=row)


def why_not_sign_this(actor: User, case: Case, row: RiskAssessment, *, at: datetime) -> list[Check]:
    """Return what stands against this person signing this assessment, as pairs of true-when-wrong and a sentence."""
    latest = RiskAssessment.objects.latest_of(case)
    not_yet = why_not_sign(actor, case, right="sign_risk", at=at)
    answers = Answers.of(row.answers)
    last_day = ends_by(answers, row.written_at)
    ends = [row.written_at + rating.VALIDITY[Level(row.level)], *([last_day] if last_day else [])]
    too_old = row.signed_at is None and min(ends) <= at
    return [
        (row.material_id is not None, _("The check of a revision is confirmed by its review, not signed here.")),
        (actor.pk in row.writers, _("You wrote this assessment. Somebody else must sign it.")),
        (
            latest is None or latest.pk != row.pk,
            _("A newer assessment has been written. Only the newest can be signed."),
        ),
        (row.ended_at is not None, _("This assessment was sent back or ended. A new one must be written.")),
        (answers.is_unknown_alone or row.is_unknown_alone, str(UNKNOWN_ALONE)),
        (too_old, _("This was written too long ago to be signed. A new one must be written.")),
        (
            row.expires_at is not None and row.expires_at <= at,
            _("This assessment is out of date. A new one must be written."),
        ),
        (not_yet is not None, str(not_yet)),
    ]


@transaction.atomic
def send_back_assessment(
    *, actor: User, assessment: RiskAssessment, reason: str, now: datetime | None = None
) -> RiskAssessment:
    """Decline to sign, with a reason; the author writes a new one. Refuses one that is signed, and the author."""
    (case,) = lock(assessment.case_id)
    require(actor, "sign_risk", case)
    row: RiskAssessment = RiskAssessment.objects.select_for_update().get(pk=assessment.pk)
    refuse_if(
        (not reason.strip(), _("Say what to change, so that the author can.")),
        (row.material_id is not None, _("The check of a revision is sent back with its review.")),
        (actor.pk in row.writers, _("You wrote this assessment. Write a new one instead.")),
        (row.signed_at is not None, _("This assessment is signed. It can be ended early, not sent back.")),
        (row.ended_at is not None, _("This assessment was sent back already.")),
    )
    return _end(row, case, actor, reason, now, verb="safety.assessment.sent_back")


@transaction.atomic
def end_assessment(
    *, actor: User, assessment: RiskAssessment, reason: str, now: datetime | None = None
) -> RiskAssessment:
    """End a signed assessment early, at once, as one person: the gate closes for what needs it until a new one is signed.

    Needs the right to assess or to sign.
    """
    (case,) = lock(assessment.case_id)
    if not may(actor, "assess_risk", case):
        require(actor, "sign_risk", case)
    row: RiskAssessment = RiskAssessment.objects.select_for_update().get(pk=assessment.pk)
    refuse_if(
        (not reason.strip(), _("Say why it no longer holds.")),
        (row.material_id is not None or not row.signed_at, _("Only a signed assessment of the case can be ended.")),
        (row.ended_at is not None, _("This assessment was ended already.")),
    )
    return _end(row, case, actor, reason, now, verb="safety.assessment.ended")


def _end(
    row: RiskAssessment, case: Case, actor: User, reason: str, now: datetime | None, *, verb: str
) -> RiskAssessment:
    row.ended_at, row.ended_by, row.end_reason = now or timezone.now(), actor, reason.strip()
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    notify_case(verb=verb, case=case, about=row, actor=actor)
    record(actor=actor, verb=verb, case=case, about=row)
    return row
