"""What slips, and what holds others up: open steps that are late or were put off, and those for which others wait."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.pages.addresses import address_of
from advocacy.models import Milestone, MilestoneDependency
from advocacy.models.plan import MilestoneQuerySet
from directory.dates import relative_time
from web.pages.load import place
from web.pages.load.scope import LoadScope
from web.pages.today_dates import with_keys

PUT_OFF = 2
MOST_FIGURES = 7
SHOWN = ("title", "due_at", "moves", "case__reference", "case__codename", "owner__name", "owner__username")


@dataclass(frozen=True)
class LoadStep:
    """A step of the load: what it is, of which case and whose, when or how late, and what else is said of it."""

    title: str
    url: str
    case: str
    owner: str
    late: str
    when: str
    note: str


def slipping(scope: LoadScope, *, now: dt.datetime, after: str, most: int) -> tuple[Sequence[LoadStep], str]:
    """Return the steps that are late or were put off twice, the earliest date first, and where the next page goes on."""
    rows = scope.steps().filter(Q(due_at__lt=now) | Q(moves__gte=PUT_OFF))
    since, key = place.read(after)
    if since and key:
        rows = rows.filter(Q(due_at__gt=since) | Q(pk__gt=key), due_at__gte=since)
    found = _found(rows.order_by("due_at", "pk"), most)
    lines = [_line(row, now, _put_off_words(row)) for row in found[:most]]
    return lines, place.written(found[most - 1].due_at, found[most - 1].pk) if len(found) > most else ""


def blocking(scope: LoadScope, *, now: dt.datetime, after: str, most: int) -> tuple[Sequence[LoadStep], str]:
    """Return the steps for which open ones wait, those with the most first, and where the next page goes on."""
    waiting = MilestoneDependency.objects.filter(
        needs=OuterRef("pk"), milestone__done_at=None, milestone__dropped_at=None
    )
    number = waiting.order_by().values("needs").annotate(n=Count("pk")).values("n")
    rows = scope.steps().annotate(waiting=Subquery(number)).filter(waiting__gte=1)
    figure, _space, since_and_key = after.partition(" ")
    since, key = place.read(since_and_key)
    if figure.isdecimal() and len(figure) < MOST_FIGURES and since and key:
        later = Q(due_at__gt=since) | Q(due_at=since, pk__gt=key)
        rows = rows.filter(Q(waiting__lt=int(figure)) | Q(later, waiting=int(figure)))
    found = _found(rows.order_by(F("waiting").desc(), "due_at", "pk"), most)
    lines = [_line(row, now, _waiting_words(row.waiting)) for row in found[:most]]  # type: ignore[attr-defined]
    last = found[most - 1] if len(found) > most else None
    return lines, f"{last.waiting} {place.written(last.due_at, last.pk)}" if last else ""  # type: ignore[attr-defined]


def _found(rows: MilestoneQuerySet, most: int) -> list[Milestone]:
    chosen = rows.select_related("case", "owner").only(*SHOWN)
    return with_keys(list(chosen[: most + 1]))


def _line(row: Milestone, now: dt.datetime, note: str) -> LoadStep:
    is_late = row.due_at < now
    return LoadStep(
        title=row.title or "",
        url=address_of("advocacy:milestone", row.case.reference, row.pk),
        case=str(row.case),
        owner=str(row.owner) if row.owner else _("Nobody"),
        late=relative_time.late_words(row.due_at, now=now) if is_late else "",
        when="" if is_late else relative_time.short_day(row.due_at),
        note=note,
    )


def _put_off_words(row: Milestone) -> str:
    if not row.moves:
        return ""
    return ngettext("put off %(count)d time", "put off %(count)d times", row.moves) % {"count": row.moves}


def _waiting_words(number: int) -> str:
    return ngettext("%(count)d step waits for it", "%(count)d steps wait for it", number) % {"count": number}
