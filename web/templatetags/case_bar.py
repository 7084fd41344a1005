"""The identity bar of a case page: what everybody who opens the case must see first, in a fixed number of queries; and its one next step."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django import template
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.pages.addresses import address_of
from advocacy.pages.closed_steps import steps_closed_by
from casework.access import rights_on
from casework.custody import custody_of
from casework.models import Case
from casework.pages.rows import NextStep, TaskRow
from directory.vocabulary import label
from safety.models import RiskAssessment
from safety.pages.status import SafetyStatus, safety_statuses_of
from safety.pages.twins import TwinLine, twin_lines
from sealing.queries import row_of, written_once
from web.pages.case_tasks import next_step_of

register = template.Library()
_rights: WeakKeyDictionary[HttpRequest, dict[uuid.UUID, frozenset[str]]] = WeakKeyDictionary()
_read: WeakKeyDictionary[HttpRequest, dict[uuid.UUID, SafetyStatus]] = WeakKeyDictionary()

TABS = (
    ("tasks", gettext_lazy("Tasks"), "web:case_tasks"),
    ("packet", gettext_lazy("Packet"), "casework:case"),
    ("claims", gettext_lazy("Claims"), "casework:claims"),
    ("plan", gettext_lazy("Plan"), "advocacy:plan"),
    ("safety", gettext_lazy("Safety"), "safety:safety"),
    ("materials", gettext_lazy("Materials"), "materials:materials"),
    ("activity", gettext_lazy("Activity"), "casework:activity"),
)


@dataclass(frozen=True)
class HoldShown:
    """A hold as the bar shows it."""

    kind: str
    by: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True)
class Bar:
    """What the bar shows; docs/interface.md names each field."""

    codename: str
    reference: str
    status_label: str
    status_on: dt.date
    held_words: str
    risk_level: str
    risk_label: str
    risk_until: dt.datetime | None
    risk_is_late: bool
    posture_label: str
    lead_name: str
    hold: HoldShown | None
    tabs: list[tuple[str, str, bool]]
    hold_url: str
    may_hold: bool


def bar_of(
    case: Case,
    user: Any,
    tab: str,
    *,
    spells: Any = None,
    rights: Any = None,
    standing: SafetyStatus | None = None,
) -> Bar:
    """Return the bar of this case for this person; without any right on the case nobody may hold it.

    `spells`, `rights` and `standing` are the present spells of detention, this person's rights, and how the safety of the
    case stands, where the page has read them.
    """
    standing = standing or safety_statuses_of([case])[case.pk]
    latest = standing.assessment
    signed = latest if latest is None or latest.signed_at else _signed.first(case=case)
    posture, hold = standing.posture, standing.hold
    shown = HoldShown(hold.kind, str(hold.held_by), hold.held_at, hold.reason) if hold else None
    is_late = bool(signed and (signed.ended_at or not signed.expires_at or signed.expires_at <= standing.at))
    return Bar(
        codename=case.codename,
        reference=case.reference,
        status_label=label("detention_status", case.status),
        status_on=case.status_on,
        held_words=custody_of(case, spells=spells, places=()).words,
        risk_level=signed.level if signed else "",
        risk_label=signed.get_level_display() if signed else _("Not assessed"),
        risk_until=signed.expires_at if signed else None,
        risk_is_late=is_late,
        posture_label=posture.get_kind_display() if posture else _("Silent"),
        lead_name=str(case.lead),
        hold=shown,
        tabs=[(str(words), address(name, case.reference), tab == code) for code, words, name in TABS],
        hold_url=address("safety:hold", case.reference),
        may_hold=bool(rights_on(user, case) if rights is None else rights),
    )


@written_once(case=row_of(Case))
def _signed(*, case: Case) -> QuerySet[RiskAssessment]:
    risks = RiskAssessment.objects.of_cases().filter(case=case, signed_at__isnull=False).order_by("-number")
    return risks.only("case_id", "level", "expires_at", "ended_at")[:1]


def address(name: str, reference: str) -> str:
    """Return the address of a page of the case, or nothing when there is none."""
    try:
        return address_of(name, reference)
    except NoReverseMatch:
        return ""


def standing_of(request: HttpRequest, case: Case) -> SafetyStatus:
    """Return how the safety of a case stands, read once for each answer: the bar and the next step both show it."""
    read = _read.setdefault(request, {})
    if case.pk not in read:
        read[case.pk] = safety_statuses_of([case])[case.pk]
    return read[case.pk]


def _rights_of(context: Any, request: HttpRequest, user: Any, case: Case) -> frozenset[str]:
    """Return the reader's rights on a case: those that the page has read, else read once for each answer."""
    given: frozenset[str] | None = context.get("own_rights")
    if given is not None:
        return given
    read = _rights.setdefault(request, {})
    if case.pk not in read:
        read[case.pk] = rights_on(user, case)
    return read[case.pk]


@register.simple_tag(takes_context=True)
def identity_bar(context: Any) -> Bar | None:
    """Build the bar from `case` and `tab` of the page; takes `held_spells` and `own_rights` where the page has them."""
    case, request = context.get("case"), context.get("request")
    if not case or not request:
        return None
    known = {"spells": context.get("held_spells"), "rights": _rights_of(context, request, request.user, case)}
    return bar_of(case, request.user, context.get("tab", ""), **known, standing=standing_of(request, case))


@register.simple_tag(takes_context=True)
def case_next(context: Any) -> NextStep:
    """Return the next step of `case` for whoever reads the page; none where the page has no case."""
    case, request = context.get("case"), context.get("request")
    if not case or not request:
        return NextStep()
    rights = _rights_of(context, request, request.user, case)
    return next_step_of(case, request.user, safety=standing_of(request, case), rights=rights)


@register.simple_tag(takes_context=True)
def possible_twins(context: Any) -> list[TwinLine]:
    """Return the cases that may be about the person of `case`, or of each of `cases`, as far as the reader may know of them."""
    request, cases = context.get("request"), context.get("cases") or [context.get("case")]
    found = [case for case in cases if case]
    return twin_lines(found, request.user) if request and found else []


@register.simple_tag(takes_context=True)
def closed_steps(context: Any) -> list[TaskRow]:
    """Return the steps that `material` closed, as far as the reader may know of their cases."""
    request, material = context.get("request"), context.get("material")
    return steps_closed_by(material, request.user) if request and material else []
