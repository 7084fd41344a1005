"""One late step opened on Today, to be done or moved there without leaving the page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from advocacy.forms.plans import StepForm
from advocacy.models import Milestone
from advocacy.pages.milestone import ActLink, Offer, act_link, step_form, step_offers
from casework.access import rights_on

CAME_FROM = "today"


@dataclass(frozen=True)
class OpenedStep:
    """A step with the facts that prove it done, its act, and the forms that close or move it (web/today/_step.html)."""

    title: str
    case: str
    complete: StepForm
    complete_url: str
    move: StepForm | None
    move_url: str
    row: Milestone
    offers: Sequence[Offer]
    act: ActLink | None
    came_from: str = CAME_FROM


def opened_step(user: User, wanted: str) -> OpenedStep | None:
    """Return the open step of this key; None for one that this person may not know of, or may not close."""
    try:
        key = uuid.UUID(wanted)
    except ValueError:
        return None
    rows = Milestone.objects.visible_to(user).open().select_related("case", "plan")
    row = rows.filter(pk=key).first()
    if row is None:
        return None
    rights = rights_on(user, row.case)
    may_plan = "plan" in rights
    if not (may_plan or row.owner_id == user.pk):
        return None
    place = [row.case.reference, row.pk]
    return OpenedStep(
        title=row.title or "",
        case=str(row.case),
        complete=step_form("complete", row, row.case),
        complete_url=reverse("advocacy:complete_milestone", args=place),
        move=step_form("move", row, row.case) if may_plan else None,
        move_url=reverse("advocacy:move_milestone", args=place),
        row=row,
        offers=step_offers(row.case, row, user, now=timezone.now()),
        act=act_link(row.case, row, rights),
    )
