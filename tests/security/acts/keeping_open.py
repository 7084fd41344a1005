"""Acts that close the last who confirm, and recover an office that is shut: what waits, and who finishes it alone."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.actions import propose_recovery
from accounts.models import PendingAct, PersonRole, User
from accounts.refusals import Refused
from tests.people import a_person
from tests.security.acts.accounts import (
    ADMINISTRATOR,
    ONLY_ONE,
    ONLY_PROPOSERS,
    PROPOSERS,
    act,
    tomas,
)
from tests.security.acts.record import Act, part, reads
from tests.security.acts.world import ActWorld

KEEPING = "accounts.actions.keeping_open"
WAS_ASKED = "whoever may do so was asked before"
A_DAY, THREE_DAYS = dt.timedelta(hours=25), dt.timedelta(hours=73)
NOTICE = {A_DAY: dt.timedelta(hours=24), THREE_DAYS: dt.timedelta(hours=72)}
Kind = PendingAct.Kind


def shut(world: ActWorld) -> None:
    """Let nobody confirm anything: everybody was reset a moment ago."""
    User.objects.update(reset_at=timezone.now())


def announced(world: ActWorld, kind: str, ago: dt.timedelta, **columns: Any) -> PendingAct:
    """Return what ana proposed about tomas so long ago, and everybody was told of."""
    at = timezone.now() - ago
    return PendingAct.objects.create(
        kind=kind,
        beneficiary=a_person("tomas"),
        proposed_by=world.people["ana"],
        proposed_at=at,
        expires_at=at + dt.timedelta(days=7),
        alone_at=at + NOTICE[ago],
        **columns,
    )


def closing(world: ActWorld) -> PendingAct:
    """Return that an account is to be closed; a day is over."""
    return announced(world, Kind.DEACTIVATE, A_DAY)


def recovery(world: ActWorld) -> PendingAct:
    """Return that a role is to be given in an office that is shut; three days are over."""
    shut(world)
    return announced(world, Kind.GRANT_ROLE, THREE_DAYS, role="reviewer", is_recovery=True)


def shutting_out(world: ActWorld) -> PendingAct:
    """Return that tomas, who administers the office, is to be shut out of one that is shut."""
    shut(world)
    person = a_person("tomas", roles=["administrator"])
    return propose_recovery(actor=world.people["ana"], person=person, kind=Kind.DEACTIVATE, reason="His phone is gone.")


def tomas_with(*roles: str) -> Any:
    """Return how tomas stands in a cell, with these roles of the office."""
    return lambda world: a_person("tomas", roles=roles)


PROPOSING = (
    Act(
        f"{KEEPING}.propose_deactivation",
        lambda w: {"person": w.people["ana"]},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_ONE,
        refuses={"whose account it is": lambda w: w.people["ana"]},
    ),
    Act(
        f"{KEEPING}.propose_role_end",
        lambda w: {"held": w.row(PersonRole, "role")},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_ONE,
    ),
    Act(
        f"{KEEPING}.propose_recovery",
        lambda w: tomas(w) | {"kind": Kind.GRANT_ROLE, "role": "reviewer", "reason": "Greg died."},
        ready=shut,
        office=PROPOSERS,
        refusal=Refused,
        says=ONLY_PROPOSERS,
        refuses={"about whom it is": tomas_with("director")},
    ),
)
FINISHING = (
    Act(
        f"{KEEPING}.finish_alone",
        act,
        variant="the closing of an account",
        ready=closing,
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_ONE,
        refuses={"about whom it is": tomas_with("administrator")},
    ),
    Act(
        f"{KEEPING}.finish_alone",
        act,
        variant="a recovery",
        ready=recovery,
        office=PROPOSERS,
        refusal=Refused,
        says="Only an administrator, a reviewer or a director may do this",
        refuses={"about whom it is": tomas_with("administrator")},
    ),
    Act(
        "accounts.actions.four_eyes.withdraw_act",
        act,
        variant="a recovery that shuts somebody out",
        ready=shutting_out,
        office=PROPOSERS,
        refusal=Refused,
        says="Only an administrator, a reviewer or a director may do this",
        refuses={"who is shut out": tomas_with("administrator")},
    ),
)
ACTS = (*PROPOSING, *FINISHING)

UNASKED = (
    *reads(
        "it is the question itself",
        "accounts.actions.closing.who_may_close",
        "accounts.actions.closing.why_not_close",
        "accounts.actions.roles.why_not_end",
        "accounts.actions.joining.address_is_taken",
        f"{KEEPING}.why_not_finish",
    ),
    *reads("it writes nothing", "accounts.actions.four_eyes.verb_of"),
    part(WAS_ASKED, "accounts.actions.closing.close_account", "accounts.actions.closing", "accounts.actions.four_eyes"),
    part(WAS_ASKED, "accounts.actions.roles.end_held_role", "accounts.actions.roles", "accounts.actions.four_eyes"),
    part(WAS_ASKED, "accounts.actions.four_eyes.propose", "accounts.actions.four_eyes", KEEPING),
    part(WAS_ASKED, "accounts.actions.four_eyes.notify_of", "accounts.actions.four_eyes", KEEPING),
)
