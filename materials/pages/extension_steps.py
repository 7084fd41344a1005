"""What the page about more days for a public page shows: what it rests on, and what comes next for its reader."""

from datetime import datetime

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.models import Case, Consent
from casework.pages.rows import NextStep, TaskRow
from directory.dates import relative_time
from materials.models import Material, PageExtension
from safety.models import RiskAssessment
from safety.people import people_with


def rests_on(cases: list[Case]) -> list[TaskRow]:
    """Return the assessment and the consents of each case with the day on which the first of them ends, for a task list."""
    now = timezone.now()
    rows = []
    for case in cases:
        assessment = RiskAssessment.objects.latest_of(case)
        consents = Consent.objects.filter(case=case, removed_at=None, withdrawn_at=None, until_at__gt=now)
        named = {"codename": case}
        ends = (
            (_("Assessment of %(codename)s") % named, "safety:safety", assessment and assessment.expires_at),
            (
                _("Consents of %(codename)s") % named,
                "casework:consents",
                consents.aggregate(first=Min("until_at"))["first"],
            ),
        )
        rows += [_line(label, reverse(page, args=[case.reference]), at, now) for label, page, at in ends if at]
    return rows


def _line(label: str, url: str, at: datetime, now: datetime) -> TaskRow:
    day = {"day": relative_time.short_day(at)}
    if at <= now:
        return TaskRow(label, url, late=_("ended %(day)s") % day)
    return TaskRow(label, url, when=_("until %(day)s") % day)


def extension_next_step(
    material: Material, case: Case, waiting: list[PageExtension], *, may_agree: bool, is_renewal_left: bool
) -> NextStep | None:
    """Return the next step for this reader, or whose it is; nothing where the form below says it."""
    if may_agree:
        agree = reverse("materials:agree_extension", args=[material.pk])
        return NextStep(_("read why it stays, then agree, or leave it to go down."), agree, _("Agree to more days"))
    if waiting:
        asked = {key for row in waiting for key in row.signers}
        names = ", ".join(str(one) for one in people_with("sign_review", case) if one.pk not in asked)
        if not names:
            return NextStep(
                _("somebody who signs on this case agrees. Nobody else does yet: give a colleague that role.")
            )
        return NextStep(_("one of these agrees: %(names)s.") % {"names": names})
    return NextStep(_("renew what it rests on before it goes down.")) if is_renewal_left else None
