"""Writing the rows of one case as a file tells it."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from casework.models import (
    Ask,
    Case,
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
from sealing.fields import NotedText, renewing

MOST_LEADING = 2
OF_CASE = ("public_label", "summary", "activity", "authorities_say", "why_now")
OF_PERSON = ("born", "spoken_of", *(field for field in (*PRINTED, *KEPT) if field not in OF_CASE))


class Writer:
    """Writes the rows of a case that was opened, each by whoever brings it in."""

    def __init__(self, case: Case, told: CaseTold) -> None:
        self.case, self.told = case, told
        self.claims: list[Claim] = []
        self.new: dict[str, Any] = {"case": case, "created_by": case.opened_by}

    def write(self) -> None:
        """Write everything that the file tells of the case beside its cover and its names."""
        self._person()
        self.claims = self._evidence()
        for spell in self.told.detentions:
            self._detention(spell)
        for charge in self.told.charges:
            self._charge(charge, None)
        for event in self.told.timeline:
            TimelineEvent.objects.create(
                **self.new,
                on=NotedText(event.on, event.told_as),
                event=event.event,
                is_expected=event.is_expected,
                claim=self._claim_at(event.claim),
            )
        self._asks()
        for answer in self.told.answers:
            PacketAnswer.objects.create(
                **self.new, field=answer.question, answer=answer.answer, asked=answer.asked or None
            )

    def _person(self) -> None:
        person = Person.objects.filter(case=self.case).first() or Person.objects.create(**self.new)
        for field in OF_PERSON:
            setattr(person, field, getattr(self.told, field) or None)
        person.save(update_fields=OF_PERSON)
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
        """Write a row as a file tells it, each claim that says a part of it, and its translations; returns the row."""
        columns = {key: value for key, value in vars(told).items() if key not in {"translations", *but}}
        for name, value in {**self.new, **columns}.items():
            setattr(row, name, self._claim_at(value) if name.endswith("claim") else value)
        row.save(force_insert=True)
        self._translated(row, told.translations)
        return row

    def _claim_at(self, place: int | None) -> Claim | None:
        """Return the claim at this place in the file, from 1."""
        return self.claims[place - 1] if place else None

    def _evidence(self) -> list[Claim]:
        for code in self.told.rights:
            RightImplicated.objects.create(**self.new, right=code, fact=self.told.facts.get(code))
        sources = dict[str, Source]()
        for source in self.told.sources:
            sources[source.name] = row = Source.objects.create(
                **self.new,
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
        row = Claim.objects.create(
            **self.new,
            number=number,
            text=claim.text,
            on=claim.on or None,
            use=claim.use,
            status=claim.status,
            credibility=claim.credibility,
        )
        with renewing(row):
            ClaimItem.objects.bulk_create(ClaimItem(claim=row, item=item) for item in claim.discloses)
        for kind, names in (("supports", claim.sources), ("contradicts", claim.against)):
            for name in names:
                place = claim.places.get(name)
                Citation.objects.create(**self.new, claim=row, source=sources[name], kind=kind, place=place)
        self._translated(row, claim.translations)
        return row

    def _asks(self) -> None:
        """Write demands and asks, as the file tells what each demand is about, also where that is overtaken by now.

        One that is in words of its own was written of somebody who was held; of anybody else a person here says whether
        it makes sense.
        """
        is_held = situation_of(self.case.status) == HELD
        demands = dict[str, Demand]()
        for rank, demand in enumerate(self.told.demands, 1):
            demands[demand.text] = row = Demand.objects.create(
                **self.new,
                text=demand.text,
                aim=demand.aim,
                said_for=HELD if demand.aim == Aim.OWN and is_held else "",
                is_lead=rank <= MOST_LEADING if demand.is_lead is None else demand.is_lead,
                rank=rank,
            )
            self._translated(row, demand.translations)
        for ask in self.told.asks:
            asked = {"to": ask.to, "text": ask.text, "by": ask.by or None, "audience": ask.audience}
            self._translated(Ask.objects.create(**self.new, demand=demands[ask.demand], **asked), ask.translations)

    def _translated(self, row: Any, told: Iterable[WordsTold]) -> None:
        """Write translations as they wait here: no account of ours signed them, whatever was signed where they come from."""
        for one in told:
            Translation.objects.create(
                **self.new,
                what=typed_words(row, one.field),
                row_id=row.pk,
                language=one.language,
                text=one.words,
                original=one.original,
                translated_by=self.case.opened_by,
                translated_elsewhere=one.by or None,
            )


def day_of(text: str) -> dt.date | None:
    """Return the day of a date that is one, nothing where none is told."""
    return earliest(text) if text else None


def translations_told(told: CaseTold) -> int:
    """Return how many translations a file tells of one case: each waits here for the signature of a reader."""
    spells = told.detentions
    of_case: list[Any] = [told, *told.charges, *told.sources, *told.claims, *told.demands, *told.asks]
    rows = [*of_case, *(row for spell in spells for row in (spell, *spell.places, *spell.charges))]
    return sum(len(row.translations) for row in rows)
