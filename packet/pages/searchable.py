"""Events, as words are looked for within a case: found in the story, each leads to its line, opened."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.pages.addresses import address_of
from casework.finding.searchable import SearchableRows, present_rows, register_searchable
from casework.models import TimelineEvent
from packet.pages.events import place_of

register_searchable(
    SearchableRows(
        "events",
        gettext_lazy("What happened"),
        present_rows(TimelineEvent, "event"),
        ("event",),
        lambda _row: _("Event"),
        lambda case, row: address_of("casework:case", case.reference) + place_of(row),
    )
)
