"""Which hold, pause, posture or assessment refuses: since when, by whom, and who can mend it."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Case
from directory.dates.relative_time import full_day
from materials.review.refusal_lines.mending import may_mend
from materials.review.refusal_lines.rows import RefusalRows
from materials.review.refusal_lines.sentences import Said, by
from safety.pages.rows import instant


def on_hold(facts: RefusalRows, case: Case) -> Said | None:
    """Tell who holds it, since when, and in whose words why."""
    hold = facts.hold_over(case)
    if hold is None:
        return None
    words = {"name": hold.held_by, "at": instant(hold.held_at), "reason": hold.reason}
    return Said(since=_("Held by %(name)s, %(at)s: “%(reason)s”") % words, who=may_mend(facts, "on-hold", case))


def paused(facts: RefusalRows, case: Case) -> Said | None:
    """Tell what paused the case, since when."""
    pause = facts.pauses.get(case.pk)
    if pause is None:
        return None
    words = {"what": pause.risk_event.get_code_display(), "at": instant(pause.since), "name": pause.risk_event.noted_by}
    return Said(
        since=_("“%(what)s”, noted by %(name)s, %(at)s.") % words,
        who=may_mend(facts, "paused", case),
    )


def review_of_risk(facts: RefusalRows, case: Case) -> Said | None:
    """Tell what happened, and until when the risk is looked at again."""
    row = facts.risk_events.get(case.pk)
    if row is None:
        return None
    words = {"what": row.get_code_display(), "at": instant(row.noted_at), "name": row.noted_by}
    since = _("“%(what)s”, noted by %(name)s, %(at)s.") % words
    if row.due_at:
        since = f"{since} {_('A new look was asked for by %(at)s.') % {'at': instant(row.due_at)}}"
    return Said(since=since, who=may_mend(facts, "review-of-risk-due", case))


def posture_forbids(facts: RefusalRows, case: Case) -> Said:
    """Tell which posture the case has, since when, and who may change it."""
    row = facts.postures.get(case.pk)
    who = may_mend(facts, "posture-forbids", case)
    if row is None:
        return Said(since=_("No posture was ever decided, which means silent."), who=who)
    words = {"posture": row.get_kind_display(), "day": full_day(row.decided_at), "name": row.decided_by}
    since = _("It is “%(posture)s” since %(day)s, decided by %(name)s.") % words
    if row.embargo_until:
        since = f"{since} {_('The embargo ends on %(at)s.') % {'at': instant(row.embargo_until)}}"
    return Said(since=since, who=who)


def _page(row: Any, case: Case) -> str:
    return reverse("safety:assessment", args=[case.reference, row.pk])


def _written(row: Any) -> str:
    return _("Written by %(name)s, %(at)s.") % {"name": row.author, "at": instant(row.written_at)}


def not_signed(facts: RefusalRows, case: Case) -> Said | None:
    """Tell who wrote the assessment, since when it waits, and who else may sign it."""
    row = facts.assessments.get(case.pk)
    if row is None:
        return None
    who = may_mend(facts, "assessment-not-signed", case, but={row.author_id})
    return Said(since=_written(row), who=who, url=_page(row, case), label=_("Open the assessment"))


def out_of_date(facts: RefusalRows, case: Case) -> Said | None:
    """Tell when the assessment ended, and through whom."""
    row = facts.assessments.get(case.pk)
    if row is None:
        return None
    since = ""
    if row.ended_at:
        since = _("Ended by %(name)s, %(at)s.") % {"name": by(row.ended_by), "at": instant(row.ended_at)}
    elif row.expires_at:
        since = _("It was in date until %(at)s.") % {"at": instant(row.expires_at)}
    return Said(since=since, who=may_mend(facts, "assessment-out-of-date", case))


def without_director(facts: RefusalRows, case: Case) -> Said | None:
    """Tell who has signed so far, and which director may."""
    row = facts.assessments.get(case.pk)
    if row is None:
        return None
    who = may_mend(facts, "high-risk-unsigned-by-director", case, but={row.author_id})
    return Said(since=_written(row), who=who, url=_page(row, case), label=_("Open the assessment"))


def _of_assessment(code: str) -> Callable[[RefusalRows, Case], Said | None]:
    """Return what tells of the latest assessment for a condition that an answer in it brings about."""

    def tell(facts: RefusalRows, case: Case) -> Said | None:
        row = facts.assessments.get(case.pk)
        return Said(since=_written(row), who=may_mend(facts, code, case)) if row else None

    return tell


OF_A_CASE: dict[str, Callable[[RefusalRows, Case], Said | None]] = {
    "on-hold": on_hold,
    "paused": paused,
    "review-of-risk-due": review_of_risk,
    "review-of-risk-late": review_of_risk,
    "posture-forbids": posture_forbids,
    "assessment-not-signed": not_signed,
    "assessment-out-of-date": out_of_date,
    "high-risk-unsigned-by-director": without_director,
    "risk-is-critical": _of_assessment("risk-is-critical"),
    "needs-full-assessment": _of_assessment("needs-full-assessment"),
    "hard-stop": _of_assessment("hard-stop"),
}
