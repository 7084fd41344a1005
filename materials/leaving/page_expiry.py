"""Public pages whose consent or assessment ends: when that is, how long they stay after it, and who is told on Today.

`PublicPage.ends_at` is a reminder, counted with the gate's own clauses when a page is published, once a day for every
page, and at each sweep for those that stand on Today. Whether a stranger reads the page, the gate alone says.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models.permission_filter import HasRight
from directory.dates import relative_time
from materials.leaving.cases_named import with_cases
from materials.models import Material, MaterialCase, PageExtension, PublicPage
from safety import gate
from safety.models import OfficeSafety
from sealing.queries import MOMENT, PERSON, written_once

SHOWN_BEFORE = dt.timedelta(days=14)
LONGEST = dt.timedelta(days=60)
MOST = 8
OF_A_LINE = [
    *("ends_at", "dispatch__material__kind"),
    *(f"extension__{name}" for name in ("page", "material", "asked_by", "asked_at", "agreed_by", "agreed_at", "mac")),
]


@dataclass(frozen=True)
class PageGoingDown:
    """A public page that goes down soon, as a line of parts/task_list.html."""

    label: str
    url: str
    late: str
    note: str


def grace_of(page: PublicPage) -> dt.timedelta:
    """Return how long this page stays after its consent or assessment ran out: the office's days, doubled by two people."""
    extension = PageExtension.objects.filter(page=page).first()
    return grace(OfficeSafety.current().grace_days, extension)


def grace(days: int, extension: PageExtension | None) -> dt.timedelta:
    """Return the days of grace, twice where an extension counts."""
    return dt.timedelta(days=days * (2 if extension is not None and extension.counts else 1))


def is_running_out(page: PublicPage, *, now: dt.datetime) -> bool:
    """Say whether what the page rests on ends within two weeks or has ended, and the page still stands."""
    if page.taken_down_at is not None or page.ends_at is None:
        return False
    return page.ends_at - SHOWN_BEFORE <= now < page.ends_at + grace_of(page)


def store_end(page: PublicPage) -> None:
    """Write down when the first consent or assessment of the page ends."""
    ends_at = gate.runs_out_at(page.dispatch)
    if ends_at != page.ends_at:
        PublicPage.objects.filter(pk=page.pk).update(ends_at=ends_at)
        page.ends_at = ends_at


def store_all_ends() -> None:
    """Count anew for every page that was not taken down; run once a day."""
    _store_ends(PublicPage.objects.filter(taken_down_at=None))


def store_shown_ends(*, now: dt.datetime | None = None) -> None:
    """Count anew for the pages that stand on Today, so that a consent renewed takes its line away at the next sweep."""
    moment = now or timezone.now()
    _store_ends(_near(moment - LONGEST, moment + SHOWN_BEFORE))


def _store_ends(rows: QuerySet[PublicPage]) -> None:
    sealed = ("dispatch__title", "dispatch__body")
    for page in rows.select_related("dispatch__material").defer(*sealed):
        store_end(page)


def _near(since: dt.datetime, until: dt.datetime) -> QuerySet[PublicPage]:
    return PublicPage.objects.filter(taken_down_at=None, ends_at__gt=since, ends_at__lte=until).order_by("ends_at")


@written_once(user=PERSON, since=MOMENT, until=MOMENT)
def _near_of(*, user: User, since: dt.datetime, until: dt.datetime) -> QuerySet[PublicPage]:
    mine = Q(HasRight(user, "keep_consent", case="case_id")) | Q(HasRight(user, "sign_review", case="case_id"))
    cases = MaterialCase.objects.filter(material=OuterRef("dispatch__material"))
    seen = Material.objects.visible_to(user).filter(pk=OuterRef("dispatch__material"))
    rows = _near(since, until).filter(Exists(seen), Exists(cases.filter(mine | Q(case__lead=user))))
    return rows.select_related("dispatch__material", "extension").only(*OF_A_LINE)[: MOST + 1]


def pages_going_down(user: User, *, now: dt.datetime) -> list[PageGoingDown]:
    """Return the pages that go down soon, for who leads a case of theirs, keeps its consents or signs on it."""
    found = _near_of(user=user, since=now - LONGEST, until=now + SHOWN_BEFORE)
    with_cases([page.dispatch.material for page in found])
    days = OfficeSafety.current().grace_days if found else 0
    lines = [(page, page.ends_at + grace(days, extension_of(page))) for page in found if page.ends_at]
    return [_line(page, down_at, now) for page, down_at in lines if down_at > now]


def extension_of(page: PublicPage) -> PageExtension | None:
    """Return the extension that was asked for, agreed to or not."""
    return getattr(page, "extension", None)


def _line(page: PublicPage, down_at: dt.datetime, now: dt.datetime) -> PageGoingDown:
    material = page.dispatch.material
    named = {
        "kind": material.get_kind_display(),
        "about": ", ".join(str(case) for case in material.cases.all()),
    }
    extension = extension_of(page)
    if extension is None:
        next_step = _("Renew it, or ask for more days.")
    elif extension.agreed_at is None:
        next_step = _("More days were asked for; a second person agrees.")
    else:
        next_step = _("It was given more days once.")
    over = {"day": relative_time.short_day(page.ends_at or down_at), "next": next_step}
    is_over = page.ends_at is not None and page.ends_at <= now
    words = _("What it rests on ended %(day)s. %(next)s") if is_over else _("What it rests on ends %(day)s. %(next)s")
    return PageGoingDown(
        label=_("%(kind)s, %(about)s") % named,
        url=reverse("materials:extension", args=[material.pk]),
        late=_("goes down %(day)s") % {"day": relative_time.short_day(down_at)},
        note=words % over,
    )
