"""Which cases may be about the same person, as far as a reader may know of them, and what was ruled."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.second_person import names_in_words
from casework.access import may
from casework.actions.twins import may_know_of
from casework.models import Case, PossibleTwin, TwinRuling
from casework.twins.same_name import namesakes_of
from directory.dates.relative_time import full_day
from safety.actions.twins import who_rules_alone
from safety.forms.twins import TwinRulingForm
from sealing.queries import KEY, PERSON, several, written_once


@dataclass(frozen=True)
class TwinLine:
    """One case that may be about the same person: its name where the reader may see it, and how the question stands."""

    pk: uuid.UUID
    case: Case
    words: str
    state: str
    counts: bool
    url: str
    beside: Case | None
    rulings: tuple[str, ...] = ()
    rule_url: str = ""


@dataclass(frozen=True)
class TwinsPage:
    """The cases that may be about the person of this one (safety/twins.html)."""

    case: Case
    lines: list[TwinLine]
    is_more: bool
    tab: str = "safety"


@dataclass(frozen=True)
class RuleOnTwinPage:
    """One pair of cases, who rules on it, and the form (safety/rule_on_twin.html)."""

    case: Case
    line: TwinLine
    to_compare: list[Case]
    form: TwinRulingForm
    who: str
    back_url: str
    tab: str = "safety"


def twin_lines(cases: Iterable[Case], viewer: User, *, counted: bool = True) -> list[TwinLine]:
    """Return a line for each case beside these that the reader may see, or may know of; those that count, or all."""
    ours = {case.pk: case for case in cases}
    found = _pairs(cases=list(ours))
    counting = set(_counting(cases=list(ours))) if found else set()
    seen = _seen(viewer, found)
    lines = [
        _line(row, ours[case.pk], viewer, seen, counts=row.pk in counting)
        for row in found
        for case in (row.one, row.other)
        if case.pk in ours and (row.pk in counting or not counted)
    ]
    return [line for line in lines if line is not None]


def twins_page(case: Case, viewer: User) -> TwinsPage:
    """Return every pair of the case that the reader may know of; that there are too many is said to signers."""
    is_more = may(viewer, "sign_review", case) and namesakes_of(case).is_more
    return TwinsPage(case, twin_lines([case], viewer, counted=False), is_more)


def rule_on_twin_page(case: Case, twin: PossibleTwin, viewer: User, form: TwinRulingForm) -> RuleOnTwinPage | None:
    """Return the pair before a signer; None where this reader may not know of it."""
    found = [line for line in twin_lines([case], viewer, counted=False) if line.pk == twin.pk]
    if not found:
        return None
    back = reverse("safety:twins", args=[case.reference])
    to_compare = [one for one in (case, found[0].beside) if one]
    return RuleOnTwinPage(case, found[0], to_compare, form, _who(twin, viewer), back)


def _seen(viewer: User, rows: Iterable[PossibleTwin]) -> set[uuid.UUID]:
    keys = {key for row in rows for key in (row.one_id, row.other_id)}
    return set(_visible(viewer=viewer, cases=list(keys))) if keys else set()


@written_once(cases=several(KEY))
def _pairs(*, cases: list[uuid.UUID]) -> QuerySet[PossibleTwin]:
    return PossibleTwin.objects.of(*cases).select_related("one__lead", "other__lead").order_by("found_at", "pk")


@written_once(cases=several(KEY))
def _counting(*, cases: list[uuid.UUID]) -> QuerySet[PossibleTwin, uuid.UUID]:
    return PossibleTwin.objects.of(*cases).counted().values_list("pk", flat=True)


@written_once(viewer=PERSON, cases=several(KEY))
def _visible(*, viewer: User, cases: list[uuid.UUID]) -> QuerySet[Case, uuid.UUID]:
    return Case.objects.visible_to(viewer).filter(pk__in=cases).values_list("pk", flat=True)


def _line(row: PossibleTwin, case: Case, viewer: User, seen: set[uuid.UUID], *, counts: bool) -> TwinLine | None:
    beside = row.beside(case)
    sees = beside.pk in seen
    if not sees and not may_know_of(viewer, row, case):
        return None
    rulings = _rulings(row)
    is_same = any(one.verdict == TwinRuling.Verdict.SAME for one in rulings)
    signs = may(viewer, "sign_review", case) or (sees and may(viewer, "sign_review", beside))
    return TwinLine(
        pk=row.pk,
        case=case,
        words=_words(beside, sees=sees, counts=counts, is_same=is_same),
        state=_state(rulings, counts=counts, is_same=is_same),
        counts=counts,
        url=reverse("casework:case", args=[beside.reference]) if sees else "",
        beside=beside if sees else None,
        rulings=tuple(_ruling(one) for one in rulings) if signs else (),
        rule_url=reverse("safety:rule_on_twin", args=[case.reference, row.pk]) if signs else "",
    )


def _words(beside: Case, *, sees: bool, counts: bool, is_same: bool) -> str:
    if not sees and is_same:
        return _("Another case, which you may not open, is about the same person.")
    if not sees:
        return _("Another case, which you may not open, may be about the same person.")
    named = {"codename": beside.codename, "reference": beside.reference}
    if is_same:
        return _("This person is also in case %(codename)s, %(reference)s.") % named
    if counts:
        return _("This person may also be in case %(codename)s, %(reference)s.") % named
    return _("Case %(codename)s, %(reference)s, holds the same name.") % named


def _state(rulings: list[TwinRuling], *, counts: bool, is_same: bool) -> str:
    if is_same:
        return _("Ruled to be the same person. A hold, a wish for silence or a refusal there counts here too.")
    if not counts:
        return _("Ruled to be another person. What is known there does not count here.")
    if rulings:
        return _("One person ruled “another person”. It counts once a second person rules so for the other case.")
    return _(
        "Nobody has ruled whether it is one person. Until then a hold, a wish for silence or a refusal there counts here too."
    )


def _rulings(row: PossibleTwin) -> list[TwinRuling]:
    found = row.rulings.filter(question=row.question).select_related("ruled_by", "case")
    return list(found.order_by("-ruled_at"))


def _ruling(row: TwinRuling) -> str:
    words = {
        "name": row.ruled_by,
        "day": full_day(row.ruled_at),
        "verdict": row.get_verdict_display(),
        "reason": row.reason or "",
    }
    return _("%(name)s, %(day)s: %(verdict)s. “%(reason)s”") % words


def _who(twin: PossibleTwin, viewer: User) -> str:
    """Return who may rule alone; where nobody may, that two people do, without a name of the case that is not seen."""
    alone = who_rules_alone([twin.one, twin.other])
    if viewer in alone:
        return _("You may sign on both cases, so you rule alone.")
    if alone:
        words = _("%(names)s may sign on both cases and rules alone.")
        return words % {"names": names_in_words([str(person) for person in alone])}
    return _(
        "Nobody may sign on both cases, so two people rule, one for each case. Who signs on the other case reads your reason:"
        " write only what may be read there."
    )
