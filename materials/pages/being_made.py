"""How far the copies of a text are: made, waiting, or not made and why (materials/dispatches/being_made.html)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from casework.models import Case
from materials.actions.dispatches import MAKES_COPY
from materials.material_keys import MATERIAL_KEYS
from materials.models import Copy, Material
from work.jobs import failure_in_words
from work.models import Job

ROWS = 60
ENDED = {Job.State.FAILED, Job.State.STOPPED}


@dataclass(frozen=True)
class CopyOnItsWay:
    """One copy, and in words how far it is."""

    copy: Copy
    state: str
    mark: str
    why: str


@dataclass(frozen=True)
class BeingMadePage:
    """The copies of the present revision: how many are made, the newest of them, and whether any still waits."""

    case: Case
    material: Material
    title: str
    sentence: str
    done: int
    total: int
    is_done: bool
    rows: Sequence[CopyOnItsWay]
    held_url: str
    tab: str = "materials"


def being_made_page(material: Material, case: Case, viewer: User) -> BeingMadePage:
    """Return the page; its queries do not grow with the copies, and only the rows shown are opened."""
    copies = Copy.objects.filter(material=material, revision=material.revision)
    count = copies.aggregate(total=Count("pk"), made=Count("pk", filter=Q(dispatched_at__isnull=False)))
    rows = list(copies.select_related("material").order_by("dispatched_at", "-number")[:ROWS])
    MATERIAL_KEYS.open_many([material.pk])
    jobs = Job.objects.filter(kind=MAKES_COPY, about_id__in=copies.values("pk")).order_by("made_at")
    latest = {job.about_id: job for job in jobs.filter(about_id__in=[row.pk for row in rows])}
    waits = _waiting(copies)
    return BeingMadePage(
        case=case,
        material=material,
        title=_("Making the copies"),
        sentence=_sentence(count["made"], count["total"], waits),
        done=count["made"],
        total=count["total"],
        is_done=not waits,
        rows=[_row(row, latest.get(row.pk)) for row in rows],
        held_url=reverse("materials:copies", args=[case.reference]),
    )


def _waiting(copies: QuerySet[Copy]) -> int:
    """Return how many of these copies a job still waits for or works on."""
    moving = Job.objects.filter(kind=MAKES_COPY, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return moving.filter(about_id__in=copies.filter(dispatched_at=None).values("pk")).count()


def _sentence(made: int, total: int, waits: int) -> str:
    if waits:
        return ngettext("%(waits)s copy waits for its turn.", "%(waits)s copies wait for their turn.", waits) % {
            "waits": waits
        }
    if made == total:
        return _("Every copy is made. Hand each over, and record the day.")
    left = total - made
    return ngettext(
        "%(left)s copy was not made. See why beside it.", "%(left)s copies were not made. See why beside each.", left
    ) % {"left": left}


def _row(copy: Copy, job: Job | None) -> CopyOnItsWay:
    if copy.dispatched_at is not None:
        return CopyOnItsWay(copy, _("Made"), "ring-full", "")
    if job is not None and job.state in ENDED:
        return CopyOnItsWay(copy, _("Not made"), "ring-slash", failure_in_words(job) if job.failure else "")
    return CopyOnItsWay(copy, _("Waits"), "ring-empty", "")
