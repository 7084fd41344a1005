"""Writing the cases of a file: all of them or none, and none twice."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import record
from casework.actions.cases import CODENAME_REFUSED, MAY_NOT_OPEN, may_open_cases, open_case
from casework.actions.fate import tell_of_fate
from casework.actions.spells import settle_year
from casework.codenames import gives_away
from casework.models import (
    Ask,
    Case,
    Charge,
    Citation,
    Claim,
    ClaimItem,
    Demand,
    Detention,
    Person,
    Place,
    RightImplicated,
    Source,
    TimelineEvent,
)
from casework.models.aims import HELD, Aim, situation_of
from directory.dates import earliest
from directory.vocabulary import label
from exchange.faults import Fault, FileRefused
from exchange.records import CaseTold
from sealing.fields import NotedText, renewing

MOST_LEADING = 2


@dataclass(frozen=True)
class Outcome:
    """What became of one case of the file: brought in, or already here, in the same words or in others."""

    codename: str
    reference: str
    kind: str

    @property
    def sentence(self) -> str:
        """Return the outcome in words."""
        words = {
            "brought-in": _("%(codename)s: brought in as %(reference)s."),
            "already-here": _("%(codename)s: already here as %(reference)s. Nothing was changed."),
            "differs": _(
                "%(codename)s: already here as %(reference)s, and the file tells it otherwise. Nothing was changed."
            ),
            "differs-in-fate": _(
                "%(codename)s: already here as %(reference)s, and the file tells otherwise what happened to the person."
                " Public work is paused; the case was not changed. If it is so, open the case and record what happened to the"
                " person: what is asked in vain and the paper that fits are shown there."
            ),
        }
        return words[self.kind] % {"codename": self.codename, "reference": self.reference}


class _DryRun(Exception):
    """Ends a dry run, so that the transaction is rolled back."""


def bring_in(*, actor: User, cases: Iterable[CaseTold], is_dry_run: bool = False) -> list[Outcome]:
    """Write every case that is not here yet, in one transaction. Raises FileRefused with all faults; then nothing stays.

    A dry run does the same and takes it all back. Refused to who may open no cases.
    """
    refuse_if((not may_open_cases(actor), MAY_NOT_OPEN))
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            outcomes = _write_all(actor, cases)
            if is_dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcomes


def _write_all(actor: User, cases: Iterable[CaseTold]) -> list[Outcome]:
    outcomes, faults = [], []
    for told in cases:
        held = already_here(actor, told)
        if held is not None:
            outcomes.append(Outcome(told.codename, held.reference, _of_one_that_is_here(actor, held, told)))
            continue
        try:
            with transaction.atomic():
                case = _write(actor, told)
        except ValidationError as refused:
            faults += _faults_of(told, refused)
        except (IntegrityError, DataError):
            faults.append(Fault(told.codename, "", _("cannot be stored as it is told; bring it in by hand")))
        else:
            outcomes.append(Outcome(told.codename, case.reference, "brought-in"))
    if faults:
        raise FileRefused(faults)
    return outcomes


def _of_one_that_is_here(actor: User, held: Case, told: CaseTold) -> str:
    """Return how the file stands to a case that is here; a fate that it tells stops public work and changes no fact."""
    if bytes(held.import_tag or b"") == told.tag:
        return "already-here"
    words = _("A file that was brought in says: %(status)s.") % {"status": label("detention_status", told.status)}
    as_of = _day(told.status_on) or timezone.localdate()
    fate = tell_of_fate(actor=actor, case=held, status=told.status, as_of=as_of, told=words)
    return "differs-in-fate" if fate else "differs"


def already_here(actor: User, told: CaseTold) -> Case | None:
    """Return the case that this one of the file is, among those the person may see: same content, or codename and country."""
    visible = Case.objects.visible_to(actor)
    same = visible.filter(import_tag=told.tag).order_by("opened_at").first()
    return same or visible.filter(codename__iexact=told.codename, country=told.country).order_by("opened_at").first()


def _faults_of(told: CaseTold, refused: ValidationError) -> list[Fault]:
    if hasattr(refused, "error_dict"):
        return [
            Fault(told.codename, field, " ".join(fault.messages))
            for field, faults in refused.error_dict.items()
            for fault in faults
        ]
    return [Fault(told.codename, "", sentence) for sentence in refused.messages]


def _write(actor: User, told: CaseTold) -> Case:
    case = open_case(
        actor=actor,
        codename=told.codename,
        country=told.country,
        names=[(name.kind, name.script, name.value) for name in told.names],
        status=told.status,
        status_on=_day(told.status_on),
        activity=told.activity,
    )
    Case.objects.filter(pk=case.pk).update(import_tag=told.tag)
    new = {"case": case, "created_by": actor}
    _write_person(new, told)
    _write_detentions(new, told)
    _write_evidence(new, told)
    _write_asks(new, told)
    if gives_away(case):
        raise ValidationError({"codename": CODENAME_REFUSED})
    settle_year(case)
    record(
        actor=actor,
        verb="casework.case.imported",
        case=case,
        about=case,
        claims=len(told.claims),
        sources=len(told.sources),
    )
    return case


def _write_person(new: dict[str, Any], told: CaseTold) -> None:
    person = Person.objects.filter(case=new["case"]).first() or Person.objects.create(**new)
    person.born, person.occupation = told.born, told.occupation
    person.save(update_fields=["born", "occupation"])


def _write_detentions(new: dict[str, Any], told: CaseTold) -> None:
    for spell in told.detentions:
        row = Detention.objects.create(
            **new,
            started=spell.started,
            ended=spell.ended,
            term_ends=spell.term_ends,
            ending=spell.ending,
            legal_basis=spell.legal_basis,
            authority=spell.authority,
        )
        for place in spell.places:
            Place.objects.create(**new, detention=row, since=place.since, until=place.until, place=place.place)
        for charge in spell.charges:
            Charge.objects.create(**new, detention=row, **vars(charge))
    for event in told.timeline:
        TimelineEvent.objects.create(**new, on=NotedText(event.on, event.told_as), event=event.event)


def _write_evidence(new: dict[str, Any], told: CaseTold) -> None:
    for code in told.rights:
        RightImplicated.objects.create(**new, right=code)
    sources = {
        source.name: Source.objects.create(
            **new,
            title=source.title,
            kind=source.kind,
            reliability=source.reliability,
            on=source.on,
            is_general=source.is_general,
            secrecy=source.secrecy,
            attribution=source.attribution or None,
            link=source.link or None,
            seen_on=source.seen_on or None,
        )
        for source in told.sources
    }
    for number, claim in enumerate(told.claims, 1):
        row = Claim.objects.create(
            **new,
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
                Citation.objects.create(**new, claim=row, source=sources[name], kind=kind)


def _write_asks(new: dict[str, Any], told: CaseTold) -> None:
    """Write demands and asks, as the file tells what each demand is about, also where that is overtaken by now.

    One that is in words of its own was written of somebody who was held; of anybody else a person here says whether it
    makes sense.
    """
    is_held = situation_of(new["case"].status) == HELD
    demands = {
        demand.text: Demand.objects.create(
            **new,
            text=demand.text,
            aim=demand.aim,
            said_for=HELD if demand.aim == Aim.OWN and is_held else "",
            is_lead=rank <= MOST_LEADING,
            rank=rank,
        )
        for rank, demand in enumerate(told.demands, 1)
    }
    for ask in told.asks:
        Ask.objects.create(**new, demand=demands[ask.demand], to=ask.to, text=ask.text)


def _day(text: str) -> dt.date | None:
    return earliest(text) if text else None
