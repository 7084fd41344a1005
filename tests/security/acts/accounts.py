"""Acts about people and roles of the office, recipients and long work; and what of these asks nobody."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.actions import propose_reset, propose_role
from accounts.models import Absence, Invitation, PendingAct, PersonRole
from accounts.refusals import Refused
from directory.models import OfficeContact, Recipient
from tests.factories import a_picture
from tests.people import a_person
from tests.security.acts.record import Act, part, reads
from tests.security.acts.world import ActWorld
from work.models import Job

ADMINISTRATOR = ("administrator",)
PROPOSERS = ("administrator", "reviewer", "director")
SECONDERS = ("reviewer", "director")
WRITERS = ("administrator", "director")
ONLY_WRITERS = "Only a director or an administrator"
ONLY_ONE = "Only an administrator"
ONLY_PROPOSERS = "Only an administrator, a reviewer or a director"
ONLY_SECONDERS = "must be a reviewer or a director"
ONLY_MANAGERS = "Only administrators of the office say how it signs"
ONLY_SIGNERS = "Only reviewers and directors of the office"


def tomas(world: ActWorld) -> dict[str, Any]:
    """Return somebody with an account and no role, about whom something is done."""
    return {"person": a_person("tomas")}


def proposed(world: ActWorld) -> PendingAct:
    """Return a role that ana proposed for bea, who holds it no more."""
    return propose_role(actor=world.people["ana"], person=a_person("tomas"), role="director")


def reset(world: ActWorld) -> PendingAct:
    """Return a reset of a password that ana proposed."""
    return propose_reset(actor=world.people["ana"], person=a_person("tomas"), what="reset_password")


def act(world: ActWorld) -> dict[str, Any]:
    """Return what waits for a second person."""
    return {"act": PendingAct.objects.get(pk=world.ready.pk)}


def closed(world: ActWorld) -> dict[str, Any]:
    """Return somebody whose account is closed."""
    return {"person": world.people["a closed account"]}


def a_proposal(world: ActWorld) -> Recipient:
    """Return a recipient that nobody has approved."""
    return Recipient.objects.create(
        name="Consulate",
        audience="AU_DIPLO",
        channel="Duty line",
        channel_verified_on="2026-01-02",
        entered_by=world.people["ana"],
    )


def approved_once(world: ActWorld) -> Recipient:
    """Return a recipient that ana approved as the first of two."""
    row = a_proposal(world)
    row.approved_by = world.people["ana"]
    row.save(update_fields=["approved_by"])
    return row


def a_day(ahead: int) -> dt.date:
    """Return a day of the office that is still to come."""
    return timezone.localdate() + dt.timedelta(days=ahead)


def from_outside(world: ActWorld) -> dict[str, Any]:
    """Return days with a deputy who reviews from outside."""
    return {"begins_on": a_day(1), "ends_on": a_day(2), "deputy": world.base.people["outside"]}


def an_absence(world: ActWorld) -> Absence:
    """Return days on which tomas is away and ana stands in."""
    tomas = a_person("tomas")
    span = {"begins_on": a_day(1), "ends_on": a_day(2)}
    return Absence.objects.create(user=tomas, deputy=world.people["ana"], written_by=tomas, **span)


PEOPLE = (
    Act(
        "accounts.actions.closing.deactivate",
        lambda w: {"person": w.people["ana"]},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_ONE,
        refuses={"whose account it is": lambda w: w.people["ana"]},
    ),
    Act(
        "accounts.actions.joining.invite",
        lambda w: {"username": "wanda", "name": "Wanda Lind", "email": "wanda@office.example"},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_ONE,
    ),
    Act(
        "accounts.actions.joining.withdraw_invitation",
        lambda w: {"invitation": w.row(Invitation, "invitation")},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_ONE,
    ),
    Act(
        "accounts.actions.roles.give_role",
        lambda w: tomas(w) | {"role": "auditor"},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_ONE,
    ),
    Act(
        "accounts.actions.roles.end_role",
        lambda w: {"held": w.row(PersonRole, "role")},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_ONE,
    ),
)
ABSENCES = (
    Act(
        "accounts.actions.absences.write_absence",
        lambda w: tomas(w) | {"begins_on": a_day(1), "ends_on": a_day(2), "deputy": w.people["ana"]},
        office=WRITERS,
        refusal=Refused,
        says=ONLY_WRITERS,
        allows={"who is away": lambda w: a_person("tomas")},
        never={"a deputy from outside": lambda w: tomas(w) | from_outside(w)},
    ),
    Act(
        "accounts.actions.absences.end_absence",
        lambda w: {"absence": Absence.objects.get(pk=w.ready.pk)},
        ready=an_absence,
        office=WRITERS,
        refusal=Refused,
        says=ONLY_WRITERS,
        allows={"who is away": lambda w: a_person("tomas")},
    ),
)
TWO_PEOPLE = (
    Act(
        "accounts.actions.four_eyes.propose_role",
        lambda w: tomas(w) | {"role": "director"},
        office=PROPOSERS,
        refusal=Refused,
        says=ONLY_PROPOSERS,
    ),
    Act(
        "accounts.actions.four_eyes.propose_reset",
        lambda w: tomas(w) | {"what": "reset_password"},
        office=PROPOSERS,
        refusal=Refused,
        says=ONLY_PROPOSERS,
    ),
    Act(
        "accounts.actions.four_eyes.propose_reactivation",
        closed,
        office=PROPOSERS,
        refusal=Refused,
        says=ONLY_PROPOSERS,
    ),
    *(
        Act(
            f"accounts.actions.four_eyes.{name}",
            act,
            ready=ready,
            office=SECONDERS,
            refusal=Refused,
            says=ONLY_SECONDERS,
            waits_a_day=True,
            refuses={
                "who proposed it": lambda w: w.people["ana"],
                "about whom it is": lambda w: a_person("tomas", roles=["reviewer"]),
            },
        )
        for name, ready in (("second", proposed), ("second_role", proposed), ("second_reset", reset))
    ),
    Act(
        "accounts.actions.four_eyes.withdraw_act",
        act,
        ready=proposed,
        office=PROPOSERS,
        refusal=Refused,
        says=ONLY_PROPOSERS,
        allows={"about whom it is": lambda w: a_person("tomas")},
    ),
)
RECIPIENTS = (
    Act(
        "directory.actions.recipients.enter",
        lambda w: {
            "name": "Consulate",
            "audience": "AU_DIPLO",
            "channel": "Duty line",
            "verified_on": w.row(Recipient, "recipient").channel_verified_on,
            "passes_name_on": False,
        },
        any_of=("dispatch",),
        office=SECONDERS,
        refusal=Refused,
        says="propose whom it trusts",
    ),
    Act(
        "directory.actions.recipients.approve",
        lambda w: {"recipient": Recipient.objects.get(pk=w.ready.pk)},
        ready=approved_once,
        office=SECONDERS,
        refusal=Refused,
        says=ONLY_SIGNERS,
        refuses={"who approved it first": lambda w: w.people["ana"]},
    ),
    Act(
        "directory.actions.recipients.end",
        lambda w: {"recipient": w.row(Recipient, "recipient")},
        office=SECONDERS,
        refusal=Refused,
        says=ONLY_SIGNERS,
    ),
)
TREATIES = (
    Act(
        "directory.actions.treaties.correct",
        lambda w: {
            "country": "XPR",
            "treaty": "CAT",
            "status": "not_party",
            "in_force_from": None,
            "ended_on": None,
            "as_of": w.row(Recipient, "recipient").channel_verified_on,
            "source": "the depositary",
            "reason": "It never acceded.",
        },
        any_of=("dispatch",),
        office=SECONDERS,
        refusal=Refused,
        says="correct how a State stands",
    ),
)
OFFICE = (
    Act(
        "directory.actions.office.change_identity",
        lambda w: {"name": "Tarn Watch", "address": "Quay 9", "reads": ("fr",)},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_MANAGERS,
    ),
    Act(
        "directory.actions.office.enter_contact",
        lambda w: {"name": "Teo Alder", "role": "liaison", "channel": "+999 1", "is_default": False},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_MANAGERS,
    ),
    Act(
        "directory.actions.logo.change_logo",
        lambda w: {"data": a_picture()},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_MANAGERS,
    ),
    Act(
        "directory.actions.logo.remove_logo",
        lambda w: {},
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_MANAGERS,
    ),
    *(
        Act(
            f"directory.actions.office.{verb}",
            lambda w: {"contact": w.row(OfficeContact, "office_contact")},
            office=ADMINISTRATOR,
            refusal=Refused,
            says=ONLY_MANAGERS,
        )
        for verb in ("let_sign", "end_contact")
    ),
    Act(
        "directory.actions.office.say_in_language",
        lambda w: {
            "contact": w.row(OfficeContact, "office_contact"),
            "language": "fr",
            "name": "Mina Quill",
            "role": "responsable",
            "channel": "desk@example.org",
        },
        office=ADMINISTRATOR,
        refusal=Refused,
        says=ONLY_MANAGERS,
    ),
)
WORK = (
    Act(
        "work.jobs.stop",
        lambda w: {"job": w.row(Job, "job")},
        is_own=True,
        refusal=Refused,
        says="Only who asked for this work",
        allows={"whose job it is": lambda w: w.people["ana"]},
    ),
)
ACTS = (*PEOPLE, *ABSENCES, *TWO_PEOPLE, *RECIPIENTS, *TREATIES, *OFFICE, *WORK)

UNASKED = (
    *reads(
        "it is the question itself",
        "accounts.actions.absences.may_write_for",
        "accounts.actions.four_eyes.why_not_second",
        "directory.actions.office.may_manage",
        "directory.actions.recipients.may_approve",
        "directory.actions.recipients.may_enter",
    ),
    *reads("it writes nothing", "accounts.actions.joining.link", "directory.actions.recipients.register_proposers"),
    part(
        "ends the sessions of who closes, resets or joins, and one's own",
        "accounts.actions.closing.end_sessions",
        "accounts.actions.closing",
        "accounts.actions.four_eyes",
        "accounts.actions.joining",
        "accounts.sign_in.receivers",
        "accounts.views.me",
    ),
    part(
        "makes and revokes an address of whoever asks, and of nobody else",
        "accounts.actions.calendar_address.make_calendar_address",
        "accounts.views.calendar_address",
    ),
    part(
        "makes and revokes an address of whoever asks, and of nobody else",
        "accounts.actions.calendar_address.revoke_calendar_address",
        "accounts.views.calendar_address",
    ),
    part(
        "ends what somebody has together with their sessions, or before they get another",
        "accounts.actions.calendar_address.revoke_addresses_of",
        "accounts.actions.calendar_address",
        "accounts.actions.closing",
    ),
    part(
        "whoever holds the secret of an address may: a calendar program is not signed in",
        "accounts.actions.calendar_address.address_opened_with",
        "advocacy.views.calendar",
    ),
    part(
        "there is nobody yet who could be asked; it refuses where anybody exists",
        "accounts.actions.founding.make_first_people",
        "accounts.management.commands.make_first_people",
    ),
    part(
        "whoever holds the secret of the invitation may: nobody is signed in yet",
        "accounts.actions.joining.accept_invitation",
        "accounts.views.sign_in",
    ),
    part(
        "makes the one-time door for a verb that asked",
        "accounts.actions.joining.open_door",
        "accounts.actions.founding",
        "accounts.actions.four_eyes",
        "accounts.actions.joining",
    ),
    part(
        "posts the one-time door for a verb that asked",
        "accounts.actions.joining.post_invitation",
        "accounts.actions.four_eyes",
        "accounts.actions.joining",
    ),
    part(
        "notes work that looks again at the rights of who asked for it when it runs",
        "work.jobs.queue",
        "materials.actions.dispatches",
    ),
    *reads(
        "the trail keeps what was done, by whomever: it judges nobody",
        "audit.trail.record",
        "audit.trail.record_each",
        "audit.trail.record_many",
    ),
)
