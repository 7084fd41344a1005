"""What people do with results of a case: set, adjust and judge a target; record, change and withdraw an outcome."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.models import Outcome, Target, TargetFigure
from advocacy.models.results import HARMS, MOST_WANTED, WORSE
from audit.trail import record
from casework.access import lock, require
from casework.actions.rows import write_change, write_new
from casework.actions.versions import claim_version
from casework.models import Case
from directory import dates
from directory.vocabulary import terms

ASKED = (
    "what", "on", "words", "effect", "track", "part", "claim", "source", "other_cause", "who_else", "visibility",
    "answer",
)  # fmt: skip
MAY_BE_EMPTY = ("other_cause", "who_else", "answer")


@transaction.atomic
def set_target(
    *, actor: User, case: Case, what: str, wanted: int, by: dt.date, counts_from: dt.date, track: str = ""
) -> Target:
    """Say how many outcomes of a kind are hoped for in a case, counted from one day, by another. Needs the right to plan."""
    (case,) = lock(case.pk)
    require(actor, "plan", case)
    _refuse_unknown("what", "outcome_type", what)
    if track:
        _refuse_unknown("track", "track", track)
    if by < counts_from:
        raise ValidationError({"by": _("This lies before the day from which it counts. Look at both again.")})
    target = Target(case=case, what=what, track=track, counts_from=counts_from, set_by=actor)
    target.save(force_insert=True)
    figure = _add_figure(actor, target, wanted=wanted, by=by, reason=None)
    said = {"wanted": figure.wanted, "by": figure.by}
    record(actor=actor, verb="advocacy.target.set", case=case, about=target, what=what, track=track, now=said)
    return target


@transaction.atomic
def adjust_target(*, actor: User, target: Target, version: int, wanted: int, by: dt.date, reason: str) -> TargetFigure:
    """Say anew how many and by when, with a reason; the earlier figure stays. Needs the right to plan.

    Refused without a reason, where nothing changes, once the target is judged, and where it was adjusted since `version`
    (SavedMeanwhile).
    """
    case, row = _open_target(actor, target, version)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the target is adjusted.")})
    last = row.figures.order_by("-number")[0]
    if (last.wanted, last.by) == (wanted, by):
        raise ValidationError(_("This is what the target says already. Change the number or the day."))
    if by < row.counts_from:
        raise ValidationError({"by": _("This lies before the day from which it counts. Look at both again.")})
    figure = _add_figure(actor, row, wanted=wanted, by=by, reason=reason.strip())
    was, now = ({"wanted": one.wanted, "by": one.by} for one in (last, figure))
    told = {**now, "reason": figure.reason}
    record(actor=actor, verb="advocacy.target.adjusted", case=case, about=row, was=was, now=told)
    return figure


@transaction.atomic
def judge_target(
    *, actor: User, target: Target, version: int, verdict: str, words: str, now: dt.datetime | None = None
) -> Target:
    """Say how a target went, and why. It is said once and stays. Needs the right to plan; refused without words."""
    case, row = _open_target(actor, target, version)
    if verdict not in Target.Verdict.values:
        raise ValidationError({"verdict": _("Choose one of the answers in the list.")})
    if not words.strip():
        raise ValidationError({"words": _("Say why, in one sentence.")})
    row.verdict, row.verdict_words = verdict, words.strip()
    row.judged_by, row.judged_at = actor, now or timezone.now()
    row.save(update_fields=["verdict", "verdict_words", "judged_by", "judged_at"])
    told = {"verdict": verdict, "words": row.verdict_words}
    record(actor=actor, verb="advocacy.target.judged", case=case, about=row, now=told)
    return row


def record_outcome(*, actor: User, case: Case, values: Mapping[str, Any]) -> Outcome:
    """Record what changed for the person, what our part was and who else acted. Needs the right to plan.

    *Strong* or *some* without evidence of the case, or without one other cause, is kept as *unknown*. Refused without
    words or a day, for a day to come, for evidence of another case, and for a harm whose effect is not for the worse.
    """
    require(actor, "plan", case)
    row = Outcome(case=case, **_settled(case, values))
    return write_new(actor=actor, row=row, verb="advocacy.outcome.recorded", right="plan")


@transaction.atomic
def change_outcome(*, actor: User, outcome: Outcome, version: int, values: Mapping[str, Any]) -> Outcome:
    """Change an outcome that nobody saved since `version`; else raises SavedMeanwhile. As `record_outcome` otherwise.

    Refused once it is withdrawn.
    """
    (case,) = lock(outcome.case_id)
    require(actor, "plan", case)
    if Outcome.objects.filter(pk=outcome.pk, removed_at__isnull=False).exists():
        raise ValidationError(_("This outcome was withdrawn. What was written stays as it is."))
    settled = _settled(case, values)
    verb = "advocacy.outcome.changed"
    return write_change(actor=actor, row=outcome, version=version, values=settled, verb=verb, right="plan")


@transaction.atomic
def withdraw_outcome(*, actor: User, outcome: Outcome, reason: str, now: dt.datetime | None = None) -> Outcome:
    """Take an outcome back, and say why; it stays readable and counts no more. Needs the right to plan."""
    (case,) = lock(outcome.case_id)
    require(actor, "plan", case)
    row: Outcome = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk, case=case)
    if row.removed_at:
        return row
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn.")})
    row.removed_at, row.removed_by, row.removed_reason = now or timezone.now(), actor, reason.strip()
    row.version += 1
    row.save(update_fields=["removed_at", "removed_by", "removed_reason", "version"])
    record(actor=actor, verb="advocacy.outcome.withdrawn", case=case, about=row, now={"reason": row.removed_reason})
    return row


def is_proved(values: Mapping[str, Any]) -> bool:
    """Say whether *strong* or *some* may be said: there is evidence of the case, and one other cause."""
    return bool((values.get("claim") or values.get("source")) and (values.get("other_cause") or "").strip())


def refuse_number(wanted: int) -> None:
    """Refuse a target of nothing, and one beyond what anybody counts."""
    if not 1 <= wanted <= MOST_WANTED:
        raise ValidationError({"wanted": _("Write a number from 1 to %(most)s.") % {"most": MOST_WANTED}})


def _settled(case: Case, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is stored of what was said: empty words as none, the year beside the day, our part as it is proved."""
    said = {name: values.get(name) for name in ASKED}
    _refuse_unknown("what", "outcome_type", said["what"] or "")
    _refuse_unknown("effect", "impact_rating", said["effect"] or "")
    if not (said["words"] or "").strip():
        raise ValidationError({"words": _("Say what happened.")})
    day = dates.earliest(said["on"]) or dates.latest(said["on"])
    if day is None:
        raise ValidationError({"on": _("Write at least the year.")})
    if day > timezone.localdate():
        raise ValidationError({"on": _("This day is still to come. Record what has happened.")})
    if any(row and (row.case_id != case.pk or row.removed_at) for row in (said["claim"], said["source"])):
        raise ValidationError(_("This evidence is not in the packet of the case."))
    if said["what"] in HARMS and said["effect"] not in WORSE:
        raise ValidationError({"effect": _("This is a harm. Say how strong it was: moderate or strong.")})
    for name in MAY_BE_EMPTY:
        said[name] = (said[name] or "").strip() or None
    said["track"], said["visibility"] = said["track"] or "", said["visibility"] or "VE_UNKNOWN"
    said["part"] = said["part"] or Outcome.Part.UNKNOWN
    if said["part"] in Outcome.OURS and not is_proved(said):
        said["part"] = Outcome.Part.UNKNOWN
    return said | {"year": day.year}


def _open_target(actor: User, target: Target, version: int) -> tuple[Case, Target]:
    """Lock case and target, ask for the right, refuse one that is judged, and take the right to write this version."""
    (case,) = lock(target.case_id)
    require(actor, "plan", case)
    row: Target = Target.objects.select_for_update().get(pk=target.pk, case=case)
    if row.judged_at:
        raise ValidationError(_("This target was judged. What was said stays as it is."))
    claim_version(row, version)
    return case, row


def _add_figure(actor: User, target: Target, *, wanted: int, by: dt.date, reason: str | None) -> TargetFigure:
    refuse_number(wanted)
    number = TargetFigure.objects.filter(target=target).count() + 1
    figure = TargetFigure(
        case=target.case, target=target, number=number, wanted=wanted, by=by, reason=reason, said_by=actor
    )
    figure.save(force_insert=True)
    return figure


def _refuse_unknown(field: str, vocabulary: str, code: str) -> None:
    if code not in terms(vocabulary):
        raise ValidationError({field: _("Choose one of the answers in the list.")})
