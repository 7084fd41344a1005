"""Opening a case and changing what stands on its cover."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.refusals import refuse_if
from accounts.roles import is_of_the_office
from audit.trail import Happened, record, record_many
from casework.access import lock, require, rights_of_opener
from casework.actions.fate import announce, fate_of, follow, known_by
from casework.actions.rows import plain
from casework.actions.twins import look_for_twins, look_for_twins_of_each, one_at_a_time
from casework.actions.versions import claim_version
from casework.case_keys import CASE_KEYS
from casework.codenames import draw, holds_any, protected_words, why_unreadable
from casework.models import Case, CaseKey, Membership, Name, Person
from casework.search import tags_of
from directory.countries import is_known_country
from sealing.fields import insert_many

MAY_NOT_OPEN: str | Promise = _("Outside reviewers read what is sent to them; they open no cases.")
CODENAME_REFUSED: str | Promise = _("This codename cannot be used: it gives something away. Choose another word.")
STATUS_TO_COME: str | Promise = _("This day is still to come. A status is told as of a day that has come.")
STATUS_BEFORE: str | Promise = _("This is the day of the status before. Write as of which day the new one is told.")
COVER = ("public_label", "summary", "activity", "authorities_say", "why_now")


@transaction.atomic
def open_case(
    *,
    actor: User,
    country: str,
    codename: str = "",
    names: Sequence[tuple[str, str, str]] = (),
    lead: Any = None,
    status: str = "DS_UNKNOWN",
    status_on: dt.date | None = None,
    avoiding: Sequence[str] = (),
    **cover: str,
) -> Case:
    """Open a case with its own key; the opener is its coordinator at once, and so is nobody else.

    The codename is drawn, holding none of the names and words given or of `avoiding`; an import alone gives the one of
    its file, which another case may have. `names` are (kind, script, name). Refused to outside reviewers, for an
    unknown State, for a given codename that nobody can read or that holds a name of the packet, and for a status as of
    a day to come.
    """
    refuse_if((not may_open_cases(actor), MAY_NOT_OPEN))
    one_at_a_time()
    new = prepare_case(
        actor=actor,
        country=country,
        codename=codename,
        names=names,
        lead=lead,
        status=status,
        status_on=status_on,
        avoiding=avoiding,
        **cover,
    )
    open_prepared(actor=actor, new=[new])
    return new.case


@dataclass
class NewCase:
    """A case that is not stored yet, with its key and the person and names that are stored with it."""

    case: Case
    key: CaseKey
    person: Person | None
    names: list[Name]


def prepare_case(
    *,
    actor: User,
    country: str,
    codename: str = "",
    names: Sequence[tuple[str, str, str]] = (),
    lead: Any = None,
    status: str = "DS_UNKNOWN",
    status_on: dt.date | None = None,
    avoiding: Sequence[str] = (),
    **cover: str,
) -> NewCase:
    """Check and draw what `open_case` checks and draws, and store nothing: for open_prepared. Refused as `open_case` is."""
    refuse_if((not may_open_cases(actor), MAY_NOT_OPEN))
    told = [*(name for _kind, _script, name in names), *avoiding, *(cover.get(field, "") for field in COVER)]
    codename = " ".join(codename.split())
    _check_new(codename, country, status_on, [text for text in told if text])
    codename = codename or draw(avoiding=told)
    case = Case(codename=codename, country=country, lead=lead or actor, opened_by=actor, status=status)
    case.status_on = status_on or timezone.localdate()
    key = CASE_KEYS.first(case.pk)
    for field in COVER:
        setattr(case, field, cover.get(field) or None)
    person = Person(case=case, created_by=actor) if names else None
    rows = [
        Name(case=case, person=person, kind=kind, script=script, value=value, created_by=actor)
        for kind, script, value in names
    ]
    return NewCase(case, key, person, rows)


@transaction.atomic
def open_prepared(*, actor: User, new: Sequence[NewCase]) -> None:
    """Store these cases, in as many queries as for one: the opener coordinates each at once, and so does nobody else.

    Twins are looked for and what happened to the person is announced case by case. Refused to who may open no cases.
    """
    refuse_if((not may_open_cases(actor), MAY_NOT_OPEN))
    one_at_a_time()
    cases, names = [one.case for one in new], [name for one in new for name in one.names]
    for case in cases:
        case.opened_by = actor
    insert_many(cases)
    insert_many(one.key for one in new)
    insert_many(
        Membership(case=case, user=actor, role=Membership.Role.COORDINATOR, granted_by=actor, is_opening=True)
        for case in cases
    )
    insert_many(rights_of_opener(cases, actor))
    insert_many(one.person for one in new if one.person)
    insert_many(names)
    insert_many(tag for name in names for tag in tags_of(name))
    look_for_twins_of_each(actor=actor, cases=cases, names=names)
    record_many(actor=actor, happened=[_opened(case) for case in cases])
    for case in cases:
        if fate := fate_of("", case.status):
            announce(fate, actor=actor, case=case)


def _opened(case: Case) -> Happened:
    return Happened("casework.case.opened", case, case, {"country": case.country, "status": case.status})


@transaction.atomic
def change_case(*, actor: User, case: Case, version: int, values: Mapping[str, Any]) -> Case:
    """Change the cover of a case that nobody saved since `version`; else raises SavedMeanwhile.

    A status that tells what happened to the person does what its verb does: the spell ends or opens, and the stop rises.

    Refused without the right to change the case, for a codename (draw_codename draws another), for a lead who is not on
    the case, for a status as of a day to come, and for a new status as of the day of the one before.
    """
    one_at_a_time()
    case = lock(case)[0]
    require(actor, "change_case", case)
    if "status" in values and "status_on" not in values and values["status"] != case.status:
        values = {**values, "status_on": timezone.localdate()}
    changed = [name for name, value in values.items() if (getattr(case, name) or "") != (value or "")]
    if not changed:
        return case
    claim_version(case, version)
    was = {name: plain(getattr(case, name)) for name in changed}
    for name in changed:
        setattr(case, name, values[name])
    _check_cover(case, changed)
    case.save(update_fields=changed)
    now = {name: plain(getattr(case, name)) for name in changed}
    if "country" in changed:
        look_for_twins(actor=actor, case=case)
    record(actor=actor, verb="casework.case.changed", case=case, about=case, was=was, now=now)
    if "status" in changed and (fate := fate_of(was["status"], case.status)):
        follow(fate, actor=actor, case=case, on=known_by(case.status_on))
    return case


@transaction.atomic
def draw_codename(*, actor: User, case: Case) -> Case:
    """Give the case another codename, drawn among those that nobody has. Refused without the right to change the case."""
    one_at_a_time()
    case = lock(case)[0]
    require(actor, "change_case", case)
    claim_version(case, case.version)
    was, case.codename = case.codename, draw(avoiding=[*protected_words(case), case.codename])
    case.save(update_fields=["codename"])
    was_and_now = {"was": {"codename": was}, "now": {"codename": case.codename}}
    record(actor=actor, verb="casework.case.changed", case=case, about=case, **was_and_now)
    return case


def may_open_cases(user: User) -> bool:
    """Say whether this person may open cases: everybody of the office, but no outside reviewer."""
    return is_of_the_office(user)


def _check_new(codename: str, country: str, status_on: dt.date | None, told: list[str]) -> None:
    faults: dict[str, Any] = {}
    if not is_known_country(country):
        faults["country"] = _("Choose the State that holds the person.")
    if status_on and status_on > timezone.localdate():
        faults["status_on"] = STATUS_TO_COME
    if codename and (fault := why_unreadable(codename)):
        faults["codename"] = fault
    elif codename and holds_any(codename, told):
        faults["codename"] = CODENAME_REFUSED
    if faults:
        raise ValidationError(faults)


def _check_cover(case: Case, changed: list[str]) -> None:
    faults: dict[str, Any] = {}
    if "codename" in changed:
        faults["codename"] = _("A codename is drawn, not typed. Draw another one.")
    if case.status_on > timezone.localdate() and {"status", "status_on"} & set(changed):
        faults["status_on"] = STATUS_TO_COME
    elif "status" in changed and "status_on" not in changed and case.status_on < timezone.localdate():
        faults["status_on"] = STATUS_BEFORE
    if "country" in changed and not is_known_country(case.country):
        faults["country"] = _("Choose the State that holds the person.")
    if "lead" in changed and not Case.objects.where(case.lead, may="change_case").filter(pk=case.pk).exists():
        faults["lead"] = _("The lead must be on the case, with the right to change it.")
    if faults:
        raise ValidationError(faults)
