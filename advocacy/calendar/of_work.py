"""Dates of plans: the open steps, on the day on which they are due."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.pages.addresses import address_of
from advocacy import plan_templates
from advocacy.calendar.question import CalendarDate, CalendarQuestion, DateSource, FoundDates, capped
from advocacy.models import Milestone
from casework.case_keys import CASE_KEYS

SHOWN = [
    *("title", "due_at", "version", "case__reference", "case__codename"),
    *("owner__name", "owner__username", "plan__template", "plan__starts_at"),
]


def steps(asked: CalendarQuestion) -> FoundDates:
    """Return the open steps of these days; whoever owns one finds it under their own."""
    rows = asked.seen(Milestone.objects.all(), mine="owner").due_between(asked.start, asked.end)
    rows = rows.order_by("due_at", "pk").select_related("case", "owner", "plan")
    rows = rows.only(*SHOWN) if asked.with_titles else rows.only(*SHOWN).defer("title", "case__codename")
    found, is_more = capped(list(rows[: asked.most + 1]), asked.most)
    if asked.with_titles:
        CASE_KEYS.open_many(row.case_id for row in found)
    return FoundDates([_step(row, with_title=asked.with_titles) for row in found], is_more)


def _step(row: Milestone, *, with_title: bool) -> CalendarDate:
    day = timezone.localdate(row.due_at)
    return CalendarDate(
        key=str(row.pk),
        first=day,
        last=day,
        title=(row.title or "") if with_title else "",
        url=address_of("advocacy:milestone", row.case.reference, row.pk),
        case=row.case.codename if with_title else "",
        reference=row.case.reference,
        owner=row.owner.get_full_name() if row.owner else "",
        at=row.due_at if row.plan.template in plan_templates.IN_HOURS else None,
        version=row.version,
        target=f"advocacy.milestone:{row.pk}",
        case_key=row.case_id,
    )


SOURCES = (DateSource("step", _("step"), _("Steps of plans"), steps, feed_word=_("Deadline")),)
