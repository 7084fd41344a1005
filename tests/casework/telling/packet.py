"""One packet as the profile `amparo` tells it. What is empty is left out; a removed row does not leave."""

from collections.abc import Iterable
from typing import Any

from casework.models import (
    Ask,
    Case,
    Charge,
    Citation,
    Claim,
    Demand,
    Detention,
    Name,
    PacketAnswer,
    Person,
    Place,
    RightImplicated,
    Source,
    TimelineEvent,
)
from casework.models.aims import Aim
from exchange.writing import OF_CASE, OF_PERSON
from sealing.fields import note_of
from tests.casework.telling.words import Words

Told = dict[str, Any]


class Teller:
    """Reads the present rows of one case and tells them as a file does."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.words = Words(case)
        self.claims = self._rows(Claim.objects.with_evidence(), "number")
        self.sources = {row.pk: f"s{place}" for place, row in enumerate(self._rows(Source.objects.all()), 1)}

    def told(self) -> Told:
        """Return the case as an object of the file."""
        person = next(iter(self._rows(Person.objects.all())), None)
        charges = self._rows(Charge.objects.filter(detention=None))
        return _whole(
            codename=self.case.codename,
            country=self.case.country,
            status=self.case.status,
            status_on=self.case.status_on.isoformat(),
            language=self.case.language,
            **{field: getattr(self.case, field) for field in OF_CASE},
            **{field: _date(getattr(person, field)) for field in OF_PERSON if person},
            names=[{"kind": row.kind, "script": row.script, "value": row.value} for row in self._rows(Name.objects)],
            detentions=[self._detention(row) for row in self._rows(Detention.objects)],
            charges=[self._charge(row) for row in charges],
            timeline=[self._event(row) for row in self._rows(TimelineEvent.objects)],
            **self._rights(),
            sources=[self._source(row) for row in self._rows(Source.objects)],
            claims=[self._claim(row) for row in self.claims],
            demands=[self._demand(row) for row in self._rows(Demand.objects, "-is_lead", "rank")],
            asks=[self._ask(row) for row in self._rows(Ask.objects.select_related("demand"))],
            answers=[
                _whole(question=row.field, answer=row.answer, asked=row.asked)
                for row in self._rows(PacketAnswer.objects)
            ],
            translations=[*self.words.of(self.case, *OF_CASE), *(self.words.of(person, *OF_PERSON) if person else ())],
        )

    def _rows(self, rows: Any, *order: str) -> list[Any]:
        return list(rows.filter(case=self.case, removed_at=None).order_by(*order, "created_at", "pk"))

    def _detention(self, row: Detention) -> Told:
        return _whole(
            start=_date(row.started),
            end=_date(row.ended),
            term_ends=_date(row.term_ends),
            release=row.ending,
            arrest_claim=self._number(row.arrest_claim_id),
            translations=self.words.of(row, "taken_at"),
            places=[self._place(place) for place in self._rows(Place.objects.filter(detention=row))],
            charges=[self._charge(charge) for charge in self._rows(Charge.objects.filter(detention=row))],
            **{
                field: getattr(row, field)
                for field in (
                    *("legal_basis", "authority", "taken_at", "taken_by", "circumstances", "warrant"),
                    *("acknowledged", "basis_kind", "counsel", "contact_allowed"),
                )
            },
        )

    def _place(self, row: Place) -> Told:
        told = {"from": _date(row.since), "to": _date(row.until), "place": row.place}
        return _whole(**told, claim=self._number(row.claim_id), translations=self.words.of(row, "place"))

    def _number(self, claim: Any) -> int | None:
        """Return the place of a claim in the file, from 1."""
        numbers = {row.pk: place for place, row in enumerate(self.claims, 1)}
        return numbers.get(claim) if claim else None

    def _charge(self, row: Charge) -> Told:
        fields = ("law", "court", "judge", "case_number", "trial_place", "verdict", "sentence")
        told = {field: getattr(row, field) for field in fields}
        return _whole(
            date=_date(row.charged_on),
            trial=_date(row.tried_on),
            sentenced=_date(row.sentenced_on),
            charge_claim=self._number(row.charge_claim_id),
            trial_claim=self._number(row.trial_claim_id),
            sentence_claim=self._number(row.sentence_claim_id),
            **told,
            translations=self.words.of(row, "law", "court", "trial_place", "verdict", "sentence"),
        )

    def _event(self, row: TimelineEvent) -> Told:
        return _whole(
            date=str(row.on),
            calendar=note_of(row.on),
            event=row.event,
            expected=row.is_expected,
            claim=self._number(row.claim_id),
        )

    def _rights(self) -> Told:
        rows = self._rows(RightImplicated.objects)
        facts = [{"right": row.right, "fact": row.fact} for row in rows if row.fact]
        return {"rights": [row.right for row in rows], "rights_shown_by": facts}

    def _source(self, row: Source) -> Told:
        return _whole(
            id=self.sources[row.pk],
            title=row.title,
            type=row.kind,
            reliability=row.reliability,
            reliability_reason=row.reliability_reason,
            date=_date(row.on),
            general=row.is_general,
            secrecy=row.secrecy,
            attribution=row.attribution,
            link=row.link,
            seen=_date(row.seen_on),
            translations=self.words.of(row, "attribution"),
        )

    def _claim(self, row: Claim) -> Told:
        cited = sorted(
            (one for one in row.citations.all() if one.removed_at is None and one.source_id in self.sources),
            key=lambda one: (one.created_at, one.pk),
        )
        return _whole(
            text=row.text,
            sources=[self.sources[one.source_id] for one in cited if one.kind == Citation.Kind.SUPPORTS],
            contradicted_by=[self.sources[one.source_id] for one in cited if one.kind == Citation.Kind.CONTRADICTS],
            places_in_sources=[
                {"source": self.sources[one.source_id], "place": one.place} for one in cited if one.place
            ],
            status=row.status,
            credibility=row.credibility,
            date=_date(row.on),
            use=row.use,
            discloses=sorted(item.item for item in row.items.all()),
            translations=self.words.of(row, "text"),
        )

    def _demand(self, row: Demand) -> Told:
        aim = row.aim if row.aim != Aim.OWN else ""
        return {**_whole(text=row.text, aim=aim, translations=self.words.of(row, "text")), "leads": row.is_lead}

    def _ask(self, row: Ask) -> Told:
        return _whole(
            to=row.to,
            text=row.text,
            demand=row.demand.text,
            by=_date(row.by),
            audience=row.audience,
            translations=self.words.of(row, "to", "text"),
        )


def told_of(cases: Iterable[Case]) -> Told:
    """Return a whole file of these cases."""
    return {"about": "Amparo", "cases": [Teller(case).told() for case in cases]}


def _whole(**told: Any) -> Told:
    """Return an object of the file without what says nothing."""
    return {key: value for key, value in told.items() if value not in (None, "", [], False)}


def _date(value: str | None) -> Any:
    """Return a date, with how it was told where that was kept; another text as it is."""
    note = note_of(value)
    return {"date": str(value), "calendar": note} if note else value
