"""What materials have out or in hand about a person: shown where somebody recorded what happened to them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from casework.access import may
from casework.models import Case
from casework.models.aims import HELD, situation_of
from casework.pages.concerned import ConcernedList, list_concerned
from casework.pages.fitting_papers import FittingPaper, FittingPapers, offer_papers
from casework.pages.rows import TaskRow
from directory.dates.relative_time import full_day
from materials.models import Copy, Material, PublicPage
from papers.kinds import registry

IN_HAND = ("draft", "in_review", "sent_back", "cleared")


@list_concerned
def public_pages(case: Case, reader: User) -> ConcernedList:
    """Return the public pages about the person that nobody has taken down, of materials that the reader may see."""
    seen = Material.objects.visible_to(reader).filter(cases=case)
    rows = PublicPage.objects.filter(dispatch__material__in=seen, taken_down_at=None).select_related(
        "dispatch__material"
    )
    return ConcernedList(
        code="pages",
        title=_("Public pages that nobody has taken down"),
        rows=[
            TaskRow(
                _("%(kind)s, revision %(revision)s")
                % {"kind": row.dispatch.material.get_kind_display(), "revision": row.dispatch.revision},
                _address(row.dispatch.material),
                note=_("published %(day)s") % {"day": full_day(row.published_at)},
            )
            for row in rows.order_by("published_at")
        ],
        empty=_("None that you may see."),
    )


@list_concerned
def copies_out(case: Case, reader: User) -> ConcernedList:
    """Return who holds a copy about the person, of materials that the reader may dispatch."""
    seen = Material.objects.where(reader, may="dispatch").filter(cases=case)
    rows = Copy.objects.filter(material__in=seen, dispatched_at__isnull=False).select_related("material")
    return ConcernedList(
        code="copies",
        title=_("Copies that have left, and who holds them"),
        rows=[
            TaskRow(
                _("Copy %(number)s, %(to)s") % {"number": row.number, "to": row.recipient_name},
                reverse("materials:copy", args=[row.pk]),
                note=_("%(kind)s, left %(day)s")
                % {"kind": row.material.get_kind_display(), "day": full_day(row.dispatched_at or row.created_at)},
            )
            for row in rows.order_by("dispatched_at")
        ],
        empty=_("None that you may see."),
    )


@list_concerned
def materials_in_hand(case: Case, reader: User) -> ConcernedList:
    """Return the materials about the person that are being written, reviewed or ready to leave, as the reader may see."""
    rows = Material.objects.visible_to(reader).filter(cases=case, status__in=IN_HAND)
    return ConcernedList(
        code="in-hand",
        title=_("Materials in hand"),
        rows=[TaskRow(row.get_kind_display(), _address(row), state=row.get_status_display()) for row in rows],
        empty=_("None that you may see."),
    )


@offer_papers
def papers_that_fit(case: Case, reader: User) -> FittingPapers:
    """Return the kinds made for where the person is now, and why the others are not the first choice.

    Of somebody who may be held nothing is said: there every kind stands as ever.
    """
    situation = situation_of(case.status)
    if situation == HELD or not may(reader, "write_material", case):
        return FittingPapers()
    written = set(Material.objects.visible_to(reader).filter(cases=case).values_list("kind", flat=True))
    new = reverse("materials:material_new", args=[case.reference])
    offered = registry.fitting(situation)
    papers = [
        FittingPaper(kind.name, f"{new}?kind={kind.code}", kind.code in written)
        for kind in offered
        if situation in kind.made_for
    ]
    others = [
        _("%(kind)s: %(why)s.") % {"kind": kind.name, "why": kind.why_not_first}
        for kind in offered
        if situation not in kind.made_for
    ]
    return FittingPapers(papers, _("Not the first choice. %(kinds)s") % {"kinds": " ".join(others)} if others else "")


def _address(material: Material) -> str:
    return reverse("materials:material", args=[material.pk])
