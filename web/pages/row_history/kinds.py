"""Which rows have a history: by which forms their fields are named, what only those see who may see the identity."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.forms import BaseForm
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.forms.plans import CompleteForm, DropForm, NoteForm
from advocacy.models import Milestone
from casework.forms.asks import AskForm, DemandForm, RightForm
from casework.forms.cases import CoverForm
from casework.forms.detention import ChargeForm, DetentionForm, PlaceForm
from casework.forms.evidence import SourceIdentityForm
from casework.forms.people import ContactForm, NameForm, PersonForm
from casework.models import (
    Ask,
    Case,
    Charge,
    Consent,
    Contact,
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
from casework.models import Claim as ClaimModel
from claims.forms.rows import ClaimRowForm, SourcesOffered
from claims.forms.sources import SourceForm
from packet.forms.events import EventRowForm

Forms = Callable[[Any], Sequence[BaseForm]]


@dataclass(frozen=True)
class HistoryKind:
    """A kind of row with a history: its model, what the page is called, and the forms that name its fields."""

    model: type[Model]
    title: str | Promise
    home: Callable[[Case, Any], str]
    forms: Forms = lambda row: ()
    labels: Mapping[str, str | Promise] = field(default_factory=dict)
    """Words for what no form of the row asks by this name."""
    is_identity: bool = False
    sealed: frozenset[str] = frozenset()
    """Fields whose values only who may see the identity reads here; of others the page says that they changed."""
    beside: Callable[[Any], Iterable[Model]] = lambda row: ()
    """Rows whose changes are told with it: the sources under a claim, the plan of a step."""
    tab: str = "packet"


def _of(form: Any) -> Forms:
    return lambda row: (form(instance=row, case=row.case),)


def _home(name: str) -> Callable[[Case, Any], str]:
    return lambda case, row: reverse(name, args=[case.reference])


def _own(name: str) -> Callable[[Case, Any], str]:
    return lambda case, row: reverse(name, args=[case.reference, row.pk])


def _claim_forms(row: ClaimModel) -> Sequence[BaseForm]:
    return (ClaimRowForm(instance=row, case=row.case, prefix=f"c{row.number}", offered=SourcesOffered({})),)


def _source_forms(row: Source) -> Sequence[BaseForm]:
    return (
        SourceForm(instance=row, case=row.case, prefix="s1"),
        SourceIdentityForm(instance=row, case=row.case),
    )


KINDS: Mapping[str, HistoryKind] = {
    "claim": HistoryKind(
        ClaimModel,
        _("History of the claim"),
        _own("casework:claim"),
        _claim_forms,
        {"kind": _("How the source bears on it"), "place": _("Place in the source")},
        beside=lambda row: row.citations.all(),
        tab="claims",
    ),
    "source": HistoryKind(
        Source,
        _("History of the source"),
        _own("casework:source"),
        _source_forms,
        sealed=frozenset({"identity", "formless_in"}),
        tab="claims",
    ),
    "event": HistoryKind(
        TimelineEvent,
        _("History of the event"),
        _home("casework:case"),
        lambda row: (EventRowForm(instance=row, case=row.case, prefix="e", claims={}, may_claim=True),),
        {"claim": _("Rests on")},
    ),
    "person": HistoryKind(
        Person, _("History of the description"), _home("casework:identity"), _of(PersonForm), is_identity=True
    ),
    "name": HistoryKind(
        Name, _("History of the name"), _home("casework:identity"), lambda row: (NameForm(),), is_identity=True
    ),
    "contact": HistoryKind(
        Contact, _("History of the contact"), _own("casework:contact"), _of(ContactForm), is_identity=True
    ),
    "detention": HistoryKind(Detention, _("History of the detention"), _home("casework:case"), _of(DetentionForm)),
    "place": HistoryKind(Place, _("History of the place"), _home("casework:case"), _of(PlaceForm)),
    "charge": HistoryKind(
        Charge,
        _("History of the charge"),
        _home("casework:case"),
        _of(ChargeForm),
        sealed=frozenset({"judge", "case_number"}),
    ),
    "right": HistoryKind(RightImplicated, _("History of the right"), _home("casework:asks"), _of(RightForm)),
    "demand": HistoryKind(Demand, _("History of the demand"), _home("casework:asks"), _of(DemandForm)),
    "ask": HistoryKind(Ask, _("History of the ask"), _home("casework:asks"), _of(AskForm)),
    "answer": HistoryKind(PacketAnswer, _("History of the answer"), _home("casework:case")),
    "consent": HistoryKind(
        Consent,
        _("History of the answer about consent"),
        _own("casework:consent"),
        labels={"grants": _("What is allowed"), "ended": _("What ended"), "until_at": _("Last day")},
    ),
    "cover": HistoryKind(
        Case,
        _("History of the cover of the case"),
        _home("casework:case"),
        lambda row: (CoverForm(instance=row, case=row),),
    ),
    "step": HistoryKind(
        Milestone,
        _("History of the step"),
        _own("advocacy:milestone"),
        lambda row: (NoteForm(row=row), CompleteForm(row=row), DropForm(row=row)),
        {"due_at": _("Due"), "owner": _("Who does it"), "starts_at": _("Start of the plan")},
        beside=lambda row: [row.plan],
        tab="plan",
    ),
}
