"""What the pages about people of the office show, and those about acts that wait for a second person."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils import timezone

from accounts.actions.four_eyes import why_not_second
from accounts.actions.keeping_open import why_not_finish
from accounts.forms.people import CloseAccountForm, ResetForm, RoleForm
from accounts.models import Invitation, PendingAct, PersonRole, User
from accounts.models.pending import SHUTS_OUT
from accounts.pages.refused import Reason, reasons_in_rows
from accounts.refusals import reasons_against
from accounts.roles import SIGNING_DELAY
from accounts.second_person import how_many_confirm, may_confirm, who_confirms, would_shut_the_office
from accounts.sign_in import factors
from accounts.signing import NotYet, may_sign_now


@dataclass(frozen=True)
class PersonLine:
    """One account with the office roles that it holds."""

    person: User
    roles: list[PersonRole]


@dataclass(frozen=True)
class PeoplePage:
    """Who is here, who is invited, what waits for a second person (accounts/people.html)."""

    people: list[PersonLine]
    invitations: list[Invitation]
    waiting: list[PendingAct]
    one_may_leave: bool
    who_confirms: str


@dataclass(frozen=True)
class WaitingAct:
    """An act that waits, and who may confirm it, in words."""

    act: PendingAct
    who: str


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody holds, and whether ending it waits because too few would be left who confirm."""

    held: PersonRole
    waits: bool


@dataclass(frozen=True)
class PersonPage:
    """One person: roles, and what can be done (accounts/person.html)."""

    person: User
    roles: list[HeldRole]
    not_yet: NotYet | None
    has_factor: bool
    closing_waits: bool
    waiting: list[WaitingAct]
    who_confirms: str
    in_effect_from: dt.datetime
    role_form: RoleForm = field(default_factory=lambda: RoleForm(auto_id="role_%s"))
    reset_form: ResetForm = field(default_factory=lambda: ResetForm(auto_id="reset_%s"))
    close_form: CloseAccountForm = field(default_factory=lambda: CloseAccountForm(auto_id="close_%s"))


@dataclass(frozen=True)
class ActsPage:
    """What waits for a second person (accounts/acts.html)."""

    acts: list[WaitingAct]


@dataclass(frozen=True)
class ActPage:
    """One proposed act, and every reason why this reader may not confirm it (accounts/act.html)."""

    act: PendingAct
    who: str
    rows: list[Reason]
    in_effect_from: dt.datetime
    shuts_out: bool
    may_finish: bool
    is_announced: bool


def people_page() -> PeoplePage:
    """Return every account, open ones first, with what was given to it and is not ended."""
    live = Prefetch("office_roles", PersonRole.objects.live().order_by("role"))
    people = User.objects.prefetch_related(live).order_by("-is_active", "name")
    waiting = PendingAct.objects.waiting().select_related("beneficiary", "proposed_by").order_by("proposed_at")
    one_may_leave, standing = how_many_confirm(may_confirm())
    return PeoplePage(
        one_may_leave=one_may_leave,
        who_confirms=standing,
        people=[PersonLine(person, list(person.office_roles.all())) for person in people],
        invitations=list(Invitation.objects.open().order_by("-invited_at")),
        waiting=list(waiting),
    )


def person_page(whom: User, reader: User) -> PersonPage:
    """Return one person, and who may confirm what this reader proposes about them."""
    live = whom.office_roles.live().select_related("granted_by", "seconded_by").order_by("role")
    return PersonPage(
        person=whom,
        roles=[HeldRole(held, would_shut_the_office(whom, held=held)) for held in live],
        closing_waits=would_shut_the_office(whom),
        not_yet=may_sign_now(whom),
        has_factor=factors.has_factor(whom),
        waiting=with_who(whom.acts_about.waiting().select_related("proposed_by")),
        who_confirms=who_confirms(may_confirm(), but=[reader.pk, whom.pk]),
        in_effect_from=timezone.now() + SIGNING_DELAY,
    )


def with_who(acts: Iterable[PendingAct]) -> list[WaitingAct]:
    """Return acts that wait, each with who may confirm it."""
    people = may_confirm()
    return [WaitingAct(act, who_confirms(people, but=[act.proposed_by_id, act.beneficiary_id])) for act in acts]


def act_page(act: PendingAct, reader: User) -> ActPage:
    """Return one act that waits, with what stands against this reader confirming it, or finishing it alone."""
    (waiting,) = with_who([act])
    return ActPage(
        act=act,
        who=waiting.who,
        rows=reasons_in_rows(reasons_against(why_not_second(actor=reader, act=act))),
        in_effect_from=timezone.now() + SIGNING_DELAY,
        shuts_out=act.kind in SHUTS_OUT,
        may_finish=not reasons_against(why_not_finish(actor=reader, act=act)),
        is_announced=act.alone_at is not None and act.alone_at <= timezone.now(),
    )
