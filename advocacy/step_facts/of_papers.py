"""Facts of papers: cleared, handed over, published; and what is known of a protective notice.

A paper about several cases is no fact of one of them: whoever reads the step might not know the others.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from advocacy.step_facts.fact import Fact, Found, instant
from casework.models import Case
from directory.dates import relative_time
from materials.models import Copy, Dispatch, EmergencyCheck, Material, MaterialCase, PublicPage
from papers.kinds import registry
from safety.models import Clearance, Review
from sealing.queries import KEY, PERSON, several, written_once

MOST, MOST_COPIES = 20, 40
NOTICE = Material.NOTICE
MAY_LEAVE = (Material.Status.CLEARED, Material.Status.SENT, Material.Status.PUBLISHED)
CLEARED = {f"CLEARED_{kind.code}": kind.code for kind in registry.composed()}
STOP = "WITHDRAWAL"
NOTICE_WORDS: dict[str, Promise] = {
    "NOTICE_WRITTEN": gettext_lazy("Protective notice written by %(name)s, %(at)s."),
    "FOUR_QUESTIONS": gettext_lazy("The four safety questions answered by %(name)s, %(at)s."),
    "NOTICE_READ": gettext_lazy("Protective notice read and signed by %(name)s, %(at)s."),
    "NOTICE_SENT": gettext_lazy("Protective notice sent by %(name)s, %(at)s."),
}
HANDED = ("HANDED_MINISTRY", "HANDED_UN", "HANDED_QUESTION", "HANDED_LETTER", "HANDED_STOP")


def _about_it_alone(case: Any, reader: User) -> QuerySet[Material]:
    """Return the papers about this case and no other that this reader may know of."""
    others = MaterialCase.objects.filter(material=OuterRef("pk")).exclude(case=case)
    rows = Material.objects.visible_to(reader).filter(case_links__case=case).exclude(Exists(others))
    return rows.defer(*(field.name for field in Material.sealed_fields()))


def _cleared(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    papers = {row.pk: row for row in _may_leave(case=case.pk, reader=reader)}
    newest = {row.material_id: row for row in _clearances(papers=list(papers))} if papers else {}
    found = [_cleared_paper(papers[key], row) for key, row in newest.items()]
    return sorted(found, key=lambda one: one.at, reverse=True)


@written_once(case=KEY, reader=PERSON)
def _may_leave(*, case: uuid.UUID, reader: User) -> QuerySet[Material]:
    return _about_it_alone(case, reader).filter(status__in=MAY_LEAVE).order_by("-edited_at")[:MOST]


@written_once(papers=several(KEY))
def _clearances(*, papers: list[uuid.UUID]) -> QuerySet[Clearance]:
    given = Clearance.objects.filter(material_id__in=papers, is_alone=False).select_related("granted_by")
    return given.order_by("granted_at")


def _cleared_paper(paper: Material, given: Clearance) -> Found:
    said = {
        "kind": paper.get_kind_display(),
        "name": given.granted_by,
        "at": instant(given.granted_at),
    }
    words = _("%(kind)s: signed by %(name)s, %(at)s. It may leave.") % said
    url = reverse("materials:material", args=[paper.pk])
    return Found(f"CLEARED_{paper.kind}", paper.pk, given.granted_at, given.granted_by, words, url)


def _may_not_leave(at: dt.datetime) -> Q:
    return ~Q(Exists(Material.objects.filter(pk=OuterRef("fact_row"), status__in=MAY_LEAVE)))


def _handed(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    return [found for row in _handed_over(case=case.pk, reader=reader) for found in _handed_copy(row)]


@written_once(case=KEY, reader=PERSON)
def _handed_over(*, case: uuid.UUID, reader: User) -> QuerySet[Copy]:
    rows = Copy.objects.filter(material__in=_about_it_alone(case, reader).values("pk"), handed_over_at__isnull=False)
    rows = rows.select_related("handed_over_by", "material").order_by("-handed_over_at")
    sealed = [field.name for field in Copy.sealed_fields()]
    rows = rows.defer(*sealed, *(f"material__{field.name}" for field in Material.sealed_fields()))
    return rows[:MOST_COPIES]


def _handed_copy(row: Copy) -> Sequence[Found]:
    if row.handed_over_at is None or row.handed_over_by is None:
        return ()
    said = {
        "kind": row.material.get_kind_display(),
        "audience": row.material.get_audience_display(),
        "number": row.number,
        "name": row.handed_over_by,
        "day": relative_time.full_day(row.handed_over_at),
    }
    words = _("%(kind)s (%(audience)s), copy %(number)s: handed over by %(name)s, %(day)s.") % said
    url = reverse("materials:copy", args=[row.pk])
    codes = _handed_codes(row.material)
    return [Found(code, row.pk, row.handed_over_at, row.handed_over_by, words, url) for code in codes]


def _handed_codes(paper: Material) -> Sequence[str]:
    """Return what handing over this paper proves; one that asks to stop or to wait asks nothing for the person."""
    if paper.kind == STOP:
        return ["HANDED_STOP"]
    by_audience = {"AU_DIPLO": "HANDED_MINISTRY", "AU_OWNGOV": "HANDED_MINISTRY", "AU_UN": "HANDED_UN"}
    by_kind = {"QUESTION": "HANDED_QUESTION", "OFFICIAL_LETTER": "HANDED_LETTER"}
    return [code for code in (by_audience.get(paper.audience), by_kind.get(paper.kind)) if code]


def _published(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    return [_public_page(row) for row in _pages(case=case.pk, reader=reader)]


@written_once(case=KEY, reader=PERSON)
def _pages(*, case: uuid.UUID, reader: User) -> QuerySet[PublicPage]:
    papers = _about_it_alone(case, reader).values("pk")
    rows = PublicPage.objects.filter(dispatch__material__in=papers, taken_down_at=None)
    rows = rows.select_related("dispatch__created_by", "dispatch__material").order_by("-published_at")
    sealed = [
        *(field.name for field in PublicPage.sealed_fields()),
        *(f"dispatch__{field.name}" for field in Dispatch.sealed_fields()),
        *(f"dispatch__material__{field.name}" for field in Material.sealed_fields()),
    ]
    return rows.defer(*sealed)[:MOST]


def _public_page(row: PublicPage) -> Found:
    paper, by = row.dispatch.material, row.dispatch.created_by
    said = {"kind": paper.get_kind_display(), "name": by, "at": instant(row.published_at)}
    words = _("%(kind)s: published by %(name)s, %(at)s.") % said
    return Found("PUBLISHED", row.pk, row.published_at, by, words, reverse("materials:material", args=[paper.pk]))


def _is_taken_down(at: dt.datetime) -> Q:
    return ~Q(Exists(PublicPage.objects.filter(pk=OuterRef("fact_row"), taken_down_at=None)))


def _notices(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    """Return of the youngest protective notice: written, its four questions, read by a second person, sent."""
    notice = _last_notice.first(case=case.pk, reader=reader)
    if notice is None:
        return ()
    url = reverse("advocacy:urgent_notice", args=[notice.pk])
    key = notice.pk
    rows: Sequence[tuple[str, Any, str, str]] = (
        ("NOTICE_WRITTEN", notice, "created_at", "author"),
        ("FOUR_QUESTIONS", _answers.first(notice=key), "answered_at", "answered_by"),
        ("NOTICE_READ", _readings.first(notice=key), "signed_at", "reviewer"),
        ("NOTICE_SENT", _sendings.first(notice=key), "dispatched_at", "created_by"),
    )
    known = [(code, row, getattr(row, when), getattr(row, who)) for code, row, when, who in rows if row is not None]
    return [
        Found(code, row.pk, when, by, str(NOTICE_WORDS[code]) % {"name": by, "at": instant(when)}, url)
        for code, row, when, by in known
    ]


@written_once(case=KEY, reader=PERSON)
def _last_notice(*, case: uuid.UUID, reader: User) -> QuerySet[Material]:
    rows = _about_it_alone(case, reader).filter(kind=NOTICE).select_related("author")
    return rows.order_by("-created_at")[:1]


@written_once(notice=KEY)
def _answers(*, notice: uuid.UUID) -> QuerySet[EmergencyCheck]:
    rows = EmergencyCheck.objects.filter(material=notice).select_related("answered_by").defer("note")
    return rows.order_by("-answered_at")[:1]


@written_once(notice=KEY)
def _readings(*, notice: uuid.UUID) -> QuerySet[Review]:
    rows = Review.objects.filter(material_id=notice, verdict=Review.Verdict.SIGNED, revoked_at=None)
    sealed = [field.name for field in Review.sealed_fields()]
    return rows.select_related("reviewer").defer(*sealed).order_by("-signed_at")[:1]


@written_once(notice=KEY)
def _sendings(*, notice: uuid.UUID) -> QuerySet[Dispatch]:
    rows = Dispatch.objects.filter(material=notice, dispatched_at__isnull=False).select_related("created_by")
    return rows.defer("title", "body").order_by("-dispatched_at")[:1]


FACTS = (
    *(Fact(code, _cleared, _may_not_leave) for code in CLEARED),
    *(Fact(code, _handed) for code in HANDED),
    Fact("PUBLISHED", _published, _is_taken_down),
    *(Fact(code, _notices) for code in NOTICE_WORDS),
)
