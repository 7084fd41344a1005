"""Dates of papers: clearances that run out before copies left, and public pages that lose what they rest on.

A material may be about several cases: it is seen by who may see all of them, and mine is what is about a case I lead.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.pages.addresses import address_of
from advocacy.calendar.question import CalendarDate, CalendarQuestion, DateSource, FoundDates, capped
from materials.leaving.cases_named import with_cases
from materials.models import Dispatch, Material, MaterialCase, PublicPage
from safety.models import Clearance


def clearances(asked: CalendarQuestion) -> FoundDates:
    """Return the clearances that run out in these days, of texts that were cleared and have not left."""
    waiting = _seen(asked).filter(status=Material.Status.CLEARED, pk=OuterRef("material_id"))
    rows = Clearance.objects.filter(Exists(waiting.filter(revision=OuterRef("revision"))), revoked_at=None)
    left = Dispatch.objects.filter(clearance=OuterRef("pk"), dispatched_at__isnull=False)
    rows = rows.filter(until__gte=asked.start, until__lt=asked.end).exclude(Exists(left)).order_by("until", "pk")
    found, is_more = capped(list(rows.only("material_id", "until", "granted_at")[: asked.most + 1]), asked.most)
    named = _named(Material.objects.filter(pk__in={row.material_id for row in found}))
    lines = [
        _line(str(row.pk), named[row.material_id], row.until, _("Clearance ends: %(kind)s"), "materials:material")
        for row in found
        if row.material_id in named
    ]
    return FoundDates(lines, is_more)


def pages(asked: CalendarQuestion) -> FoundDates:
    """Return the public pages of which a consent or an assessment ends in these days."""
    rows = PublicPage.objects.filter(Exists(_seen(asked).filter(pk=OuterRef("dispatch__material"))))
    rows = rows.filter(taken_down_at=None, ends_at__gte=asked.start, ends_at__lt=asked.end).order_by("ends_at", "pk")
    rows = rows.select_related("dispatch__material")
    found, is_more = capped(
        list(rows.only("ends_at", "dispatch__material__kind", "dispatch__material__id")[: asked.most + 1]), asked.most
    )
    materials = {row.pk: row for row in with_cases([row.dispatch.material for row in found])}
    lines = [
        _line(
            str(row.pk),
            materials[row.dispatch.material_id],
            row.ends_at,
            _("Page ends: %(kind)s"),
            "materials:extension",
        )
        for row in found
        if row.ends_at
    ]
    return FoundDates(lines, is_more)


def _seen(asked: CalendarQuestion) -> QuerySet[Material]:
    rows = Material.objects.visible_to(asked.reader)
    of_it = MaterialCase.objects.filter(material=OuterRef("pk"))
    if asked.case is not None:
        return rows.filter(Exists(of_it.filter(case=asked.case)))
    return rows if asked.is_all else rows.filter(Exists(of_it.filter(case__lead=asked.reader)))


def _named(rows: QuerySet[Material]) -> Mapping[uuid.UUID, Material]:
    found: Sequence[Material] = with_cases(list(rows.only("kind")))
    return {row.pk: row for row in found}


def _line(key: str, material: Material, at: dt.datetime, words: str, page: str) -> CalendarDate:
    day, cases = timezone.localdate(at), list(material.cases.all())
    return CalendarDate(
        key=key,
        first=day,
        last=day,
        title=words % {"kind": material.get_kind_display()},
        url=address_of(page, material.pk),
        case=", ".join(case.codename for case in cases),
        reference=", ".join(case.reference for case in cases),
    )


SOURCES = (
    DateSource("clearance", _lazy("clearance"), _lazy("Clearances that end"), clearances),
    DateSource("page", _lazy("page"), _lazy("Public pages that end"), pages),
)
