"""Which steps of plans a paper closed: signed, handed over, or published."""

import uuid

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.models import Milestone
from casework.pages.rows import TaskRow
from materials.models import Copy, Material, MaterialCase, PublicPage
from sealing.queries import KEY, PERSON, written_once


def steps_closed_by(material: Material, reader: User) -> list[TaskRow]:
    """Return the steps that this paper, a copy or a page of it closed, of cases that the reader may know of; one query."""
    return [
        TaskRow(
            label=row.title or "",
            url=reverse("advocacy:milestone", args=[row.case.reference, row.pk]),
            state=_("Done"),
            mark="ring-full",
            tone="ok",
        )
        for row in _closed(material=material.pk, reader=reader)
    ]


@written_once(material=KEY, reader=PERSON)
def _closed(*, material: uuid.UUID, reader: User) -> QuerySet[Milestone]:
    cases = MaterialCase.objects.filter(material=material).values("case")
    of_it = (
        Q(fact_row=material)
        | Q(fact_row__in=Copy.objects.filter(material=material).values("pk"))
        | Q(fact_row__in=PublicPage.objects.filter(dispatch__material=material).values("pk"))
    )
    rows = Milestone.objects.visible_to(reader).filter(of_it, case__in=cases, done_at__isnull=False)
    return rows.select_related("case").defer("note", "evidence").order_by("due_at", "key")
