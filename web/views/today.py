"""The first page: what is late, what comes, and what waits."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from casework.access import sees_many
from casework.dates import office_time, relative_time
from casework.models import Case
from materials.leaving import page_expiry
from safety.models import Hold
from web import sweeps
from web.pages import today_dates as today_lists
from web.pages import today_waiting
from web.pages.notices import unread_of


@require_GET
def today(request: SignedInRequest) -> HttpResponse:
    """Everything this person has to look at, from their own steps or from all cases they may see."""
    now = timezone.now()
    is_all = request.GET.get("of") == "cases"
    is_many = sees_many(request.user)
    mine = today_lists.milestones_of(request.user, is_all=is_all, row_by_row=is_many)
    late = today_lists.overdue(mine, now=now)
    week, days = today_lists.next_days(mine, now=now)
    holds = today_waiting.holds_of(request.user, now=now, row_by_row=is_many)
    alarm = _alarm(holds, now)
    last = sweeps.last_sweep()
    is_unswept = sweeps.is_late(last, now=now)
    waits = today_waiting.for_me(request.user, now=now)
    context: dict[str, Any] = {
        "now": now,
        "clock": office_time.place(),
        "is_new_here": not week.rows and not Case.objects.visible_to(request.user).exists(),
        "waiting_reviews": sum(1 for row in waits if row.get("is_review")),
        "is_all": is_all,
        "overdue": late,
        "week": week,
        "days": days,
        "waiting": waits,
        "ending": today_lists.ending(request.user, now=now, row_by_row=is_many),
        "pages_down": page_expiry.for_me(request.user, now=now),
        "holds": [_hold(hold) for hold in holds],
        "notices": unread_of(request.user),
        "alarm": alarm,
        "last_sweep": last.at if last else None,
        "is_unswept": is_unswept,
    }
    context["next"] = None if alarm else _next(context)
    return render(request, "web/today/today.html", context)


def _next(context: dict[str, Any]) -> dict[str, str]:
    """Return the one next step: what is late before what waits, what waits before what comes."""
    late, waits, week = context["overdue"], context["waiting"], context["week"]
    if late.rows:
        words = ngettext("one step is overdue.", "%(count)s steps are overdue. Begin with the oldest.", late.number)
        return {"text": words % {"count": late.count}, "url": late.rows[0]["url"], "label": _("Open the oldest step")}
    if waits:
        return {
            "text": _("somebody waits for your answer. %(note)s") % {"note": waits[0]["note"]},
            "url": waits[0]["url"],
            "label": _("Open it"),
        }
    if week.rows:
        row = week.rows[0]
        words = _("“%(title)s” is due %(when)s.") % {
            "title": row.title,
            "when": relative_time.ahead_words(row.due_at, now=context["now"]),
        }
        return {
            "text": words,
            "url": reverse("advocacy:milestone", args=[row.case.reference, row.pk]),
            "label": _("Open the step"),
        }
    return {}


def _alarm(holds: list[Hold], now: Any) -> dict[str, Any] | None:
    """Return the youngest precaution as an alarm: within its 24 hours somebody must confirm it or let it end."""
    hold = next((row for row in holds if row.kind == Hold.Kind.PRECAUTION and row.case), None)
    if hold is None or hold.ends_at is None or hold.case is None:
        return None
    held = _("%(name)s, %(at)s") % {"name": hold.held_by.get_full_name(), "at": relative_time.short_hour(hold.held_at)}
    return {
        "title": _("Public work is on hold: %(codename)s") % {"codename": hold.case.codename},
        "text": _("A precaution. It ends by itself %(when)s unless somebody confirms it. Private work goes on.")
        % {"when": relative_time.ahead_words(hold.ends_at, now=now)},
        "steps": [
            {"title": _("Held"), "note": held, "state": "past"},
            {"title": _("Look and decide"), "note": _("Confirm the hold, or let it end."), "state": "now"},
            {"title": _("Ends by itself"), "note": relative_time.short_hour(hold.ends_at), "state": ""},
        ],
        "url": reverse("safety:hold", args=[hold.case.reference]),
        "plan_url": reverse("advocacy:plan", args=[hold.case.reference]),
    }


def _hold(hold: Hold) -> dict[str, Any]:
    """Return a hold as a line; the reason stands in the words of whoever gave it."""
    words = _("Since %(at)s, by %(name)s: “%(reason)s”") % {
        "at": relative_time.short_hour(hold.held_at),
        "name": hold.held_by.get_full_name(),
        "reason": hold.reason,
    }
    row: dict[str, Any] = {"note": words, "state": _("On hold"), "mark": "pause", "tone": "hold"}
    if hold.case:
        return row | {"label": hold.case.codename, "url": reverse("safety:hold", args=[hold.case.reference])}
    return row | {"label": hold.get_scope_display()}
