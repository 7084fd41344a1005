"""What the timeline tab shows: events in order, each date no more exact than it is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.pages.addresses import address_of
from casework.models import Case, TimelineEvent
from casework.pages.form_page import FormPage
from directory import dates
from directory.dates.told import told_words
from packet.forms.timeline import EventForm
from sealing.queries import row_of, written_once


@dataclass(frozen=True)
class EventRow:
    """One event of the timeline, here and on the packet (parts/timeline.html)."""

    words: str
    text: str | None
    told_as: str
    earliest: str
    precision: str
    url: str
    link: str
    change_url: str


@dataclass(frozen=True)
class TimelinePage:
    """The timeline tab (packet/timeline.html)."""

    case: Case
    events: Sequence[EventRow]
    may_change: bool
    tab: str = "timeline"


def timeline_page(case: Case, *, may_change: bool) -> TimelinePage:
    """Return the events of a case, each with the way to change it where the reader may."""
    return TimelinePage(case, timeline_events(case, may_change=may_change), may_change)


def new_event_page(case: Case, form: EventForm) -> FormPage:
    """Return the form for another event."""
    home = reverse("casework:timeline", args=[case.reference])
    return FormPage(case, form, _("Add an event"), _("Save the event"), home, tab="timeline")


def event_page(row: TimelineEvent, form: EventForm) -> FormPage:
    """Return the form of one event, with the way to remove it."""
    reference = row.case.reference
    return FormPage(
        case=row.case,
        form=form,
        title=_("Change the event"),
        act_label=_("Save the event"),
        back_url=reverse("casework:timeline", args=[reference]),
        tab="timeline",
        remove_url=reverse("casework:remove", args=[reference, "event", row.pk]),
        remove_label=_("Remove the event"),
    )


def timeline_events(case: Case, *, may_change: bool = False) -> list[EventRow]:
    """Return the events of a case in order of their first possible day; what is expected comes with the word."""
    ordered = sorted(_present(case=case), key=lambda row: (dates.sort_key(row.on), row.created_at))
    return [_shown_event(row, case, may_change) for row in ordered]


@written_once(case=row_of(Case))
def _present(*, case: Case) -> QuerySet[TimelineEvent]:
    return TimelineEvent.objects.filter(case=case).present().select_related("claim")


def _shown_event(row: TimelineEvent, case: Case, may_change: bool) -> EventRow:
    first = dates.earliest(row.on)
    words = dates.in_words(row.on, is_long=True)
    proof = row.claim if row.claim and row.claim.removed_at is None else None
    reference = case.reference
    url = address_of("casework:claim", reference, proof.pk) if proof else ""
    link = _("claim %(number)s") % {"number": proof.number} if proof else ""
    if may_change and not proof and not row.is_expected:
        url = address_of("casework:add_claim", reference) + f"?event={row.pk}"
        link = _("Write it as a claim")
    return EventRow(
        words=_("%(date)s, expected") % {"date": words} if row.is_expected else words,
        text=row.event,
        told_as=told_words(row.on),
        earliest=first.isoformat() if first else "",
        precision="expected" if row.is_expected else dates.precision(row.on),
        url=url,
        link=link,
        change_url=address_of("casework:change_event", reference, row.pk) if may_change else "",
    )
