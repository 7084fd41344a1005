"""Making the rows of one case as a file tells it, and writing those of many."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from casework.actions.cases import NewCase
from casework.models import (
    Ask,
    Charge,
    Citation,
    Claim,
    ClaimItem,
    Demand,
    Detention,
    PacketAnswer,
    Person,
    Place,
    RightImplicated,
    Source,
    TimelineEvent,
    Translation,
)
from casework.models.aims import HELD, Aim, situation_of
from casework.models.translations import typed_words
from directory.dates import earliest
from exchange.amparo import KEPT, PRINTED
from exchange.records import CaseTold, ChargeTold, ClaimTold, DetentionTold, WordsTold
from sealing.fields import NotedText, insert_many

MOST_LEADING = 2
OF_CASE = ("public_label", "summary", "activity", "authorities_say", "why_now")
OF_PERSON = ("born", "spoken_of", *(field for field in (*PRINTED, *KEPT) if field not in OF_CASE))
TABLES = (
    RightImplicated,
    Source,
    Claim,
    ClaimItem,
    Citation,
    Detention,
    Place,
    Charge,
    TimelineEvent,
    Demand,
    Ask,
    PacketAnswer,
    Translation,
)


class Writer:
    """Makes the rows of a case that is being opened, each by whoever brings it in. `write_rows` stores those of many."""

    def __init__(self, opened: NewCase, told: CaseTold) -> None:
        self.opened, self.case, self.told = opened, opened.case, told
        self.claims: list[Claim] = []
        self.new: dict[str, Any] = {"case": self.case, "created_by": self.case.opened_by}
        self.rows: list[Any] = []

    def make(self) -> list[Any]:
        """Return all that the file tells of the case beside its cover, the person and the names, which are completed."""
        self._person()
        self.claims = self._evidence()
        for spell in self.told.detentions:
            self._detention(spell)
        for charge in self.told.charges:
            self._charge(charge, None)
        for event in self.told.timeline:
            self._add(
                TimelineEvent,
                on=NotedText(event.on, event.told_as),
                event=event.event,
                is_expected=event.is_expected,
                claim=self._claim_at(event.claim),
            )
        self._asks()
        for answer in self.told.answers:
            self._add(PacketAnswer, field=answer.question, answer=answer.answer, asked=answer.asked or None)
        return self.rows

    def _add(self, model: type[Any], **values: Any) -> Any:
        row = model(**self.new, **values)
        self.rows.append(row)
        return row

    def _person(self) -> None:
        person = self.opened.person = self.opened.person or Person(**self.new)
        for field in OF_PERSON:
            setattr(person, field, getattr(self.told, field) or None)
        for one in self.told.translations:
            self._translated(self.case if one.field in OF_CASE else person, [one])

    def _detention(self, spell: DetentionTold) -> None:
        row = self._row(Detention(), spell, but={"places", "charges"})
        for place in spell.places:
            self._row(Place(detention=row), place)
        for charge in spell.charges:
            self._charge(charge, row)

    def _charge(self, charge: ChargeTold, spell: Detention | None) -> None:
        self._row(Charge(detention=spell), charge)

    def _row(self, row: Any, told: Any, *, but: Collection[str] = ()) -> Any:
        """Make a row as a file tells it, with each claim that says a part of it, and its translations; returns the row."""
        columns = {key: value for key, value in vars(told).items() if key not in {"translations", *but}}
        for name, value in {**self.new, **columns}.items():
            setattr(row, name, self._claim_at(value) if name.endswith("claim") else value)
        self.rows.append(row)
        self._translated(row, told.translations)
        return row

    def _claim_at(self, place: int | None) -> Claim | None:
        """Return the claim at this place in the file, from 1."""
        return self.claims[place - 1] if place else None

    def _evidence(self) -> list[Claim]:
        for code in self.told.rights:
            self._add(RightImplicated, right=code, fact=self.told.facts.get(code))
        sources = dict[str, Source]()
        for source in self.told.sources:
            sources[source.name] = row = self._add(
                Source,
                title=source.title,
                kind=source.kind,
                reliability=source.reliability,
                reliability_reason=source.reliability_reason,
                on=source.on,
                is_general=source.is_general,
                secrecy=source.secrecy,
                attribution=source.attribution or None,
                link=source.link or None,
                seen_on=source.seen_on or None,
            )
            self._translated(row, source.translations)
        return [self._claim(number, claim, sources) for number, claim in enumerate(self.told.claims, 1)]

    def _claim(self, number: int, claim: ClaimTold, sources: dict[str, Source]) -> Claim:
        row: Claim = self._add(
            Claim,
            number=number,
            text=claim.text,
            on=claim.on or None,
            use=claim.use,
            status=claim.status,
            credibility=claim.credibility,
        )
        row.items_at_birth = claim.discloses
        self.rows += [ClaimItem(claim=row, item=item) for item in claim.discloses]
        for kind, names in (("supports", claim.sources), ("contradicts", claim.against)):
            for name in names:
                place = claim.places.get(name)
                self._add(Citation, claim=row, source=sources[name], kind=kind, place=place)
        self._translated(row, claim.translations)
        return row

    def _asks(self) -> None:
        """Make demands and asks, as the file tells what each demand is about, also where that is overtaken by now.

        One that is in words of its own was written of somebody who was held; of anybody else a person here says whether
        it makes sense.
        """
        is_held = situation_of(self.case.status) == HELD
        demands = dict[str, Demand]()
        for rank, demand in enumerate(self.told.demands, 1):
            demands[demand.text] = row = self._add(
                Demand,
                text=demand.text,
                aim=demand.aim,
                said_for=HELD if demand.aim == Aim.OWN and is_held else "",
                is_lead=rank <= MOST_LEADING if demand.is_lead is None else demand.is_lead,
                rank=rank,
            )
            self._translated(row, demand.translations)
        for ask in self.told.asks:
            asked = {"to": ask.to, "text": ask.text, "by": ask.by or None, "audience": ask.audience}
            self._translated(self._add(Ask, demand=demands[ask.demand], **asked), ask.translations)

    def _translated(self, row: Any, told: Iterable[WordsTold]) -> None:
        """Make translations as they wait here: no account of ours signed them, whatever was signed where they come from."""
        for one in told:
            self._add(
                Translation,
                what=typed_words(row, one.field),
                row_id=row.pk,
                language=one.language,
                text=one.words,
                original=one.original,
                translated_by=self.case.opened_by,
                translated_elsewhere=one.by or None,
            )


def write_rows(rows: Iterable[Any]) -> None:
    """Store the rows of many cases, in one go for each table; what others link to comes first."""
    by_model: dict[type[Any], list[Any]] = {model: [] for model in TABLES}
    for row in rows:
        by_model[type(row)].append(row)
    for of_one in by_model.values():
        insert_many(of_one)


def day_of(text: str) -> dt.date | None:
    """Return the day of a date that is one, nothing where none is told."""
    return earliest(text) if text else None


def translations_told(told: CaseTold) -> int:
    """Return how many translations a file tells of one case: each waits here for the signature of a reader."""
    spells = told.detentions
    of_case: list[Any] = [told, *told.charges, *told.sources, *told.claims, *told.demands, *told.asks]
    rows = [*of_case, *(row for spell in spells for row in (spell, *spell.places, *spell.charges))]
    return sum(len(row.translations) for row in rows)
