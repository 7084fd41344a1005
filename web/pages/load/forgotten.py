"""Nobody is forgotten: since when nothing was done for each case, and how much of the work went to the busiest tenth."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, DateTimeField, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.pages.addresses import address_of
from audit.models import Entry
from casework.access import sees_many
from casework.models import Case
from casework.models.case import CaseQuerySet
from casework.models.permission_filter import HasRight
from directory.dates import relative_time
from web.pages.case_tasks import CaseStanding, standings_of
from web.pages.load import place

ROWS, ON_A_SHEET = 25, 40
LOOKED_BACK = dt.timedelta(days=90)
TENTH, LEAST = 10, 10


@dataclass(frozen=True)
class ForgottenLine:
    """One case: since when nothing was done for it, what comes next in it, and who leads it."""

    case: str
    url: str
    days: int
    words: str
    is_stalled: bool
    next: str
    lead: str


@dataclass(frozen=True)
class ForgottenPage:
    """Some cases, the longest without any work first (web/load/forgotten.html)."""

    rows: Sequence[ForgottenLine]
    share: str
    first_url: str
    next_url: str


@dataclass(frozen=True)
class ForgottenSheet:
    """The same on one sheet, by codename alone (web/load/sheet.html)."""

    now: dt.datetime
    rows: Sequence[ForgottenLine]
    left_off: int
    share: str


def forgotten_page(user: User, *, after: str = "") -> ForgottenPage:
    """Return twenty-five of the cases this person may see, by since when nothing was done for them.

    `after` is the place at which the page before ended; one that cannot be read is passed over.
    """
    now = timezone.now()
    rows, (since, key) = by_last_work(user), place.read(after)
    if since and key:
        rows = rows.filter(Q(since__gt=since) | Q(pk__gt=key), Q(since__gte=since))
    found = list(rows[: ROWS + 1])
    shown = found[:ROWS]
    standings = standings_of(user, shown, at=now) if shown else {}
    last = shown[-1] if len(found) > ROWS else None
    return ForgottenPage(
        rows=[_line(case, now, standings[case.pk]) for case in shown],
        share=busiest_tenth(user, now=now),
        first_url="?" if after else "",
        next_url=f"?{urlencode({'after': place.written(_since(last), last.pk)})}" if last else "",
    )


def forgotten_sheet(user: User) -> ForgottenSheet:
    """Return the forty cases that wait longest, and how many others there are."""
    now = timezone.now()
    number = _seen(user).count()
    rows = [_line(case, now) for case in by_last_work(user)[:ON_A_SHEET]]
    return ForgottenSheet(now, rows, number - len(rows), busiest_tenth(user, now=now))


def busiest_tenth(user: User, *, now: dt.datetime) -> str:
    """Return the share of the last ninety days' work that went to the busiest tenth of the cases one may see, in words.

    Of fewer than ten cases nothing is said, nor where nothing was done: a tenth of these is nobody.
    """
    number = _seen(user).count()
    if number < LEAST:
        return ""
    since, tenth = now - LOOKED_BACK, number // TENTH
    before = Entry.objects.filter(at__lt=since).order_by("-sequence").values("sequence")[:1]
    seen = HasRight(user, "view_case", case="case_id", row_by_row=sees_many(user))
    done = Entry.objects.done().filter(seen, at__gte=since, case_id__in=_seen(user).values("pk"))
    done = done.filter(sequence__gt=Coalesce(Subquery(before), 0))
    of_each = done.order_by().values("case_id").annotate(n=Count("pk")).order_by("-n").values_list("n", flat=True)
    whole = done.count()
    if not whole:
        return ""
    words = ngettext(
        "Of %(cases)d cases, the busiest one had %(share)d %% of what was done in 90 days.",
        "Of %(cases)d cases, the busiest %(tenth)d had %(share)d %% of what was done in 90 days.",
        tenth,
    )
    return words % {"cases": number, "tenth": tenth, "share": round(100 * sum(of_each[:tenth]) / whole)}


def _seen(user: User) -> CaseQuerySet:
    return Case.objects.visible_to(user, row_by_row=sees_many(user)).order_by()


def by_last_work(user: User) -> CaseQuerySet:
    """Return the cases by when somebody last did anything for them, looks apart; before that, by when they were opened."""
    done = Entry.objects.done().filter(case_id=OuterRef("pk")).order_by("-sequence").values("at")[:1]
    since = Coalesce(Subquery(done, output_field=DateTimeField()), F("opened_at"))
    rows = _seen(user).annotate(since=since).select_related("lead").order_by("since", "pk")
    return rows.only(
        "reference", "codename", "country", "group_id", "status", "opened_at", "lead__name", "lead__username"
    )


def _since(case: Case) -> dt.datetime:
    return case.since  # type: ignore[attr-defined,no-any-return]


def _line(case: Case, now: dt.datetime, standing: CaseStanding | None = None) -> ForgottenLine:
    first = standing.first if standing else None
    row = first.row if first else None
    return ForgottenLine(
        case=str(case),
        url=address_of("web:case_tasks", case.reference),
        days=relative_time.days_since(_since(case), now=now),
        words=relative_time.ago_words(_since(case), now=now),
        is_stalled=bool(standing and standing.stalled_days),
        next=_("%(task)s: %(state)s") % {"task": row.label, "state": row.state} if row else "",
        lead=str(case.lead),
    )
