"""Notices as a person reads them: words for each kind, and a link to what they are about."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import OfficeRole
from audit import labels
from casework.models import Case
from casework.models.permission_filter import HasRight
from sealing.queries import KEY, PERSON, several, written_once
from work.models import Notice

SHOWN = 50
BESIDE = 5
LOOKED_AT = 20  # unread ones that are read for the lines beside, reminders of one plan being one line
REMINDER = "advocacy.milestone.due_"
WORDS = {
    "advocacy.milestone.due_7d": gettext_lazy("A step of yours is due in seven days"),
    "advocacy.milestone.due_1d": gettext_lazy("A step of yours is due tomorrow"),
    "advocacy.milestone.due_0d": gettext_lazy("A step of yours is due today"),
    "advocacy.milestone.due_away": gettext_lazy("A step is due, and you stand in for its owner"),
    "accounts.absence.written": gettext_lazy("A colleague wrote that you are away"),
    "accounts.absence.ended": gettext_lazy("A colleague ended your absence"),
    "accounts.absence.deputy": gettext_lazy("You stand in for a colleague while they are away"),
    "accounts.absence.over": gettext_lazy("You stand in no more for a colleague"),
    "advocacy.digest.week": gettext_lazy("Your week, in numbers"),
    "advocacy.milestone.reopened": gettext_lazy("A step of yours is open again: what closed it counts no more"),
    "casework.member.added": gettext_lazy("You were put on a case"),
    "casework.member.seconded": gettext_lazy("A second person agreed: you are on the case"),
    "casework.ruling.asked": gettext_lazy("You are asked to rule on claims"),
    "casework.consent.ends": gettext_lazy("A consent ends within a week"),
    "safety.assessment.ends": gettext_lazy("The risk assessment ends within a week"),
    "materials.material.sent_to_review": gettext_lazy("A text waits for a second reader"),
    "materials.review.signed": gettext_lazy("A text is signed and may leave"),
    "materials.review.sent_back": gettext_lazy("A text came back from review, with a reason"),
    "materials.page.taken_down": gettext_lazy("A page was taken down: somebody else looks at it"),
    "materials.exception.asked": gettext_lazy("The exception at a critical risk waits for a signature"),
    "materials.extension.asked": gettext_lazy("More days for a public page wait for agreement"),
    "advocacy.urgent.called": gettext_lazy("A protective notice waits for your signature"),
    "advocacy.urgent.signed": gettext_lazy("Your protective notice is signed"),
    "advocacy.urgent.sent_alone": gettext_lazy("A protective notice was sent alone: look at it within 24 hours"),
    "notes.note.mentioned": gettext_lazy("A colleague wrote you a note"),
    "notes.note.answered": gettext_lazy("A colleague answered a note"),
}
ABOUT = {
    "advocacy.milestone": "advocacy:milestone",
    "casework.consent": "casework:consent",
    "safety.assessment": "safety:assessment",
    "materials.material": "materials:material",
    "materials.review": "materials:material",
    "materials.copy": "materials:material",
    "materials.page": "materials:material",
    "materials.exception": "materials:exception",
    "materials.extension": "materials:extension",
    "notes.note": "notes:note",
}
OF_AN_ALARM = {
    "advocacy.urgent.called": "advocacy:urgent_sign",
    "advocacy.urgent.signed": "advocacy:urgent_notice",
    "advocacy.urgent.sent_alone": "advocacy:urgent_look_back",
}
OF_ONESELF = {
    "accounts.absence.written": "accounts:away",
    "accounts.absence.ended": "accounts:away",
    "accounts.absence.deputy": "accounts:away",
    "accounts.absence.over": "accounts:away",
    "advocacy.digest.week": "web:load",
}
OF_A_CASE = {
    "casework.ruling": "casework:claims",
    "casework.twin": "safety:twins",
    "safety.twin": "safety:twins",
    "safety.hold": "safety:hold",
    "safety.posture": "safety:posture",
    "safety": "safety:safety",
}


@dataclass(frozen=True)
class NoticeLine:
    """One notice in words, with the case that its reader may see."""

    notice: Notice
    case: Case | None
    words: str
    url: str
    count: int = 1


def notices_of(user: User) -> QuerySet[Notice]:
    """Return this person's notices; those of a case they lost are not there any more."""
    of_cases = Q(case_id=None) | HasRight(user, "view_case", case="case_id")
    return Notice.objects.filter(of_cases, user=user).select_related("by", "person").order_by("-made_at")


def unread_of(user: User) -> list[NoticeLine]:
    """Return the youngest unread notices, one more than is shown; reminders of one plan are one line with their number."""
    found: dict[tuple[str, uuid.UUID | None], list[NoticeLine]] = {}
    for line in notice_lines(_unread(user=user)):
        is_reminder = line.notice.kind.startswith(REMINDER)
        key = (line.notice.kind, line.notice.case_id if is_reminder else line.notice.pk)
        found.setdefault(key, []).append(line)
    return [_together(alike) for alike in list(found.values())[: BESIDE + 1]]


def _together(alike: list[NoticeLine]) -> NoticeLine:
    """Return one line for one notice, or for several reminders of one plan."""
    first = alike[0]
    if len(alike) == 1 or first.case is None:
        return first
    return replace(first, url=reverse("advocacy:plan", args=[first.case.reference]), count=len(alike))


def notice_lines(notices: Iterable[Notice]) -> list[NoticeLine]:
    """Return notices in the reader's language with their links; their cases are read in one query."""
    rows = list(notices)
    keys = {row.case_id for row in rows if row.case_id}
    cases = {case.pk: case for case in _named(cases=list(keys))}
    return [_line(row, cases.get(row.case_id) if row.case_id else None) for row in rows]


@written_once(user=PERSON)
def _unread(*, user: User) -> QuerySet[Notice]:
    return notices_of(user).filter(read_at=None)[:LOOKED_AT]


@written_once(cases=several(KEY))
def _named(*, cases: list[uuid.UUID]) -> QuerySet[Case]:
    return Case.objects.only("reference", "codename").filter(pk__in=cases)


def _line(notice: Notice, case: Case | None) -> NoticeLine:
    words = str(WORDS.get(notice.kind) or labels.known().get(notice.kind) or _("Something happened on a case"))
    if notice.person:
        role = OfficeRole(notice.role).label if notice.role in OfficeRole.values else notice.role
        name = notice.person.get_full_name()
        words = f"{words} ({role}): {name}" if role else f"{words}: {name}"
    return NoticeLine(notice, case, words, _url(notice, case))


def _url(notice: Notice, case: Case | None) -> str:
    reference = case.reference if case else None
    kind = notice.kind.rpartition(".")[0]
    try:
        if notice.kind in OF_ONESELF:
            return reverse(OF_ONESELF[notice.kind])
        if notice.kind in OF_AN_ALARM and notice.about_id:
            return reverse(OF_AN_ALARM[notice.kind], args=[notice.about_id])
        if kind in ABOUT and notice.about_id:
            of_material = kind.startswith("materials.")
            return reverse(ABOUT[kind], args=[notice.about_id] if of_material else [reference, notice.about_id])
        if reference:
            app = notice.kind.partition(".")[0]
            return reverse(OF_A_CASE.get(kind) or OF_A_CASE.get(app) or "casework:case", args=[reference])
    except NoReverseMatch:
        return ""
    return ""
