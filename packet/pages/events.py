"""What happened, in order, each date no more exact than it is known; forty events a page, and of no other a word is opened."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.forms.doubles import Double
from accounts.pages.addresses import address_of
from casework.models import Case, Claim, TimelineEvent
from directory import dates
from directory.dates.told import told_words
from packet.forms.events import EventRowForm
from packet.pages.detention import DetentionStage
from packet.pages.reader import PacketReader
from sealing import folding
from sealing.queries import row_of, written_once

PAGE = 40
MOST_TO_COME = 2


@dataclass(frozen=True)
class EventRow:
    """One event (packet/_events.html)."""

    anchor: str
    words: str
    short: str
    text: str | None
    told_as: str
    earliest: str
    precision: str
    url: str
    link: str
    change_url: str
    form: EventRowForm | None = None
    remove_url: str = ""
    history_url: str = ""


@dataclass(frozen=True)
class EventsPart:
    """A page of what happened, with the row that adds to it."""

    rows: Sequence[EventRow]
    count: int
    add: EventRowForm | None
    to_come: Sequence[DetentionStage]
    first_url: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class EventsAsked:
    """Which page is asked for, which row of it stands open, and what was sent and is faulty."""

    begins: str = ""
    opened: str = ""
    add: EventRowForm | None = None
    faulty: Mapping[str, EventRowForm] | None = None
    is_whole: bool = False


def short_key(row: TimelineEvent) -> str:
    """Return what an address of the story calls an event by: a page names each three times."""
    return row.pk.hex[:10]


def anchor_of(row: TimelineEvent) -> str:
    """Return the name of its place on the page."""
    return f"e-{short_key(row)}"


def place_of(row: TimelineEvent) -> str:
    """Return the part of the story's address at which an event stands open."""
    return f"?event={short_key(row)}#{anchor_of(row)}"


def double_of_event(case: Case, on: str, words: str) -> Double | None:
    """Return an event of this case, in its packet now, of the same date and the same words."""
    wanted = folding.fold(words)
    for row in _present(case=case):
        if str(row.on or "") == str(on) and folding.fold(row.event or "") == wanted:
            url = address_of("casework:case", case.reference) + place_of(row)
            return Double(_("There is already an event of this date with these words."), url, short_key(row))
    return None


def events_part(case: Case, claims: Mapping[int, Claim], reader: PacketReader, asked: EventsAsked) -> EventsPart:
    """Return the page that begins with the event asked for; the order is that of the first possible day of each."""
    ordered = sorted(_present(case=case), key=lambda row: (dates.sort_key(row.on), row.created_at))
    start = next((place for place, row in enumerate(ordered) if short_key(row) == asked.begins), 0)
    if asked.opened and not asked.begins:
        opened = next((place for place, row in enumerate(ordered) if short_key(row) == asked.opened), 0)
        start = opened if opened >= PAGE else 0
    end = len(ordered) if asked.is_whole else start + PAGE
    page = ordered[start:end]
    maker = _Rows(case, {claim.pk: claim for claim in claims.values()}, claims, reader, asked)
    address = address_of("casework:case", case.reference)
    return EventsPart(
        rows=[maker.of(row) for row in page],
        count=len(ordered),
        add=asked.add if reader.may_add else None,
        to_come=[_stage(row) for row in ordered if _is_to_come(row)][:MOST_TO_COME],
        first_url=f"{address}#events-h" if start else "",
        next_url=f"{address}?from={short_key(ordered[end])}#events-h" if end < len(ordered) else "",
    )


@written_once(case=row_of(Case))
def _present(*, case: Case) -> QuerySet[TimelineEvent]:
    return TimelineEvent.objects.filter(case=case).present()


def _is_to_come(row: TimelineEvent) -> bool:
    last = dates.latest(row.on)
    return bool(row.is_expected and (last is None or last >= timezone.localdate()))


def _stage(row: TimelineEvent) -> DetentionStage:
    return DetentionStage(row.event or "", _("expected %(date)s") % {"date": dates.in_words(row.on)}, "to-come")


@dataclass(frozen=True)
class _Rows:
    case: Case
    by_key: Mapping[uuid.UUID, Claim]
    claims: Mapping[int, Claim]
    reader: PacketReader
    asked: EventsAsked

    def of(self, row: TimelineEvent) -> EventRow:
        first, reference = dates.earliest(row.on), self.case.reference
        words = dates.in_words(row.on, is_long=True)
        url, link = self._proof(row)
        form = self._form(row)
        return EventRow(
            anchor=anchor_of(row),
            words=_("%(date)s, expected") % {"date": words} if row.is_expected else words,
            short=dates.in_words(row.on),
            text=row.event,
            told_as=told_words(row.on),
            earliest=first.isoformat() if first else "",
            precision="expected" if row.is_expected else dates.precision(row.on),
            url=url,
            link=link,
            change_url=place_of(row) if self.reader.may_correct(row) and not form else "",
            form=form,
            remove_url=address_of("casework:remove", reference, "event", row.pk) if form else "",
            # where *Change* leads to the row, its history stands there
            history_url=address_of("web:history", reference, "event", row.pk)
            if form or not self.reader.may_change
            else "",
        )

    def _proof(self, row: TimelineEvent) -> tuple[str, str]:
        """Return the claim that an event rests on, or where it is written as one."""
        reference, proof = self.case.reference, self.by_key.get(row.claim_id) if row.claim_id else None
        if proof:
            return address_of("casework:claim", reference, proof.pk), _("claim %(number)s") % {"number": proof.number}
        if self.reader.may_change and not row.is_expected:
            return address_of("casework:add_claim", reference) + f"?event={row.pk}", _("Write it as a claim")
        return "", ""

    def _form(self, row: TimelineEvent) -> EventRowForm | None:
        if not self.reader.may_correct(row):
            return None
        if sent := (self.asked.faulty or {}).get(str(row.pk)):
            return sent
        return event_form(self.reader, self.case, self.claims, row) if short_key(row) == self.asked.opened else None


def event_form(
    reader: PacketReader,
    case: Case,
    claims: Mapping[int, Claim],
    row: TimelineEvent | None = None,
    data: object = None,
    *,
    told_by: Claim | None = None,
) -> EventRowForm:
    """Return the form of one event, or of a new one, as it is stored, as it was sent, or as this claim tells it."""
    return EventRowForm(
        data,
        case=case,
        claims=claims,
        may_claim=reader.may_change,
        instance=row or TimelineEvent(case=case),
        prefix=f"e-{row.pk}" if row else "e0",
        initial={"event": told_by.text, "on": told_by.on, "rests": str(told_by.number)} if told_by else None,
    )
