"""Notices as a person reads them: words for each kind, and a link to what they are about."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.models import Notice
from audit import verbs
from casework.models.given import Given

SHOWN = 50
BESIDE = 5
LOOKED_AT = 20  # unread ones that are read for the lines beside, reminders of one plan being one line
REMINDER = "advocacy.milestone.due_"
WORDS = {
    "advocacy.milestone.due_7d": gettext_lazy("A step of yours is due in seven days"),
    "advocacy.milestone.due_1d": gettext_lazy("A step of yours is due tomorrow"),
    "advocacy.milestone.due_0d": gettext_lazy("A step of yours is due today"),
    "casework.member.added": gettext_lazy("You were put on a case"),
    "casework.member.seconded": gettext_lazy("A second person agreed: you are on the case"),
    "casework.consent.ends": gettext_lazy("A consent ends within a week"),
    "safety.assessment.ends": gettext_lazy("The risk assessment ends within a week"),
    "advocacy.urgent.called": gettext_lazy("A protective notice waits for your signature"),
    "advocacy.urgent.signed": gettext_lazy("Your protective notice is signed"),
    "advocacy.urgent.sent_alone": gettext_lazy("A protective notice was sent alone: look at it within 24 hours"),
}
ABOUT = {
    "advocacy.milestone": "advocacy:milestone",
    "casework.consent": "casework:consent",
    "safety.assessment": "safety:assessment",
    "advocacy.material": "advocacy:material",
    "advocacy.review": "advocacy:review",
}
OF_AN_ALARM = {
    "advocacy.urgent.called": "advocacy:urgent_sign",
    "advocacy.urgent.signed": "advocacy:urgent_notice",
    "advocacy.urgent.sent_alone": "advocacy:urgent_look_back",
}
OF_A_CASE = {"safety.hold": "safety:hold", "safety.posture": "safety:posture", "safety": "safety:safety"}


@dataclass
class Line:
    """One notice in words."""

    notice: Notice
    words: str
    url: str
    count: int = 1


def notices_of(user: Any) -> Any:
    """Return this person's notices; those of a case they lost are not there any more."""
    of_cases = Q(case=None) | Given(user, "view_case", case="case_id")
    return Notice.objects.filter(of_cases, user=user).select_related("case", "by").order_by("-made_at")


def unread_of(user: Any) -> list[Line]:
    """Return the youngest unread notices, one more than is shown; reminders of one plan are one line with their number."""
    found: dict[Any, Line] = {}
    for notice in notices_of(user).filter(read_at=None)[:LOOKED_AT]:
        is_reminder = notice.kind.startswith(REMINDER)
        key = (notice.kind, notice.case_id) if is_reminder else notice.pk
        if key in found:
            found[key].count += 1
        else:
            found[key] = line(notice)
    for one in found.values():
        if one.count > 1 and one.notice.case:
            one.url = reverse("advocacy:plan", args=[one.notice.case.reference])
    return list(found.values())[: BESIDE + 1]


def line(notice: Notice) -> Line:
    """Return a notice in the reader's language with its link."""
    return Line(
        notice,
        str(WORDS.get(notice.kind) or verbs.known().get(notice.kind) or _("Something happened on a case")),
        _url(notice),
    )


def _url(notice: Notice) -> str:
    reference = notice.case.reference if notice.case else None
    kind = notice.kind.rpartition(".")[0]
    try:
        if notice.kind in OF_AN_ALARM and notice.about_id:
            return reverse(OF_AN_ALARM[notice.kind], args=[notice.about_id])
        if kind in ABOUT and notice.about_id:
            of_material = kind in {"advocacy.material", "advocacy.review"}
            return reverse(ABOUT[kind], args=[notice.about_id] if of_material else [reference, notice.about_id])
        if reference:
            app = notice.kind.partition(".")[0]
            return reverse(OF_A_CASE.get(kind) or OF_A_CASE.get(app) or "casework:case", args=[reference])
    except NoReverseMatch:
        return ""
    return ""
