"""Loads the practice office through the same verbs that people use, so that it is as whole as their own cases."""

import datetime as dt
import re
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import write_absence
from accounts.models import User
from accounts.sign_in.freshness import Proof
from advocacy.actions import milestones
from advocacy.actions.plans import make_plan
from advocacy.models import Plan, Reminder
from advocacy.step_facts.registry import offers_for
from casework.actions import asks, cases, consent, detention, evidence, members, people, timeline
from casework.models import Case, Claim
from consents.actions.answers import save_answer
from consents.changes import ToldAnswer
from directory.actions import office
from directory.models import Recipient
from notes.actions.notes import answer_note, write_note
from safety.actions import HarmGiven, assessments, holds, posture
from safety.models import OfficeSafety
from safety.questions import rapid
from sealing.fields import save_each
from web.demo.answers import load_answers
from web.demo.directory import load_directory
from web.demo.packets import PACKETS
from web.demo.people import make_people
from web.demo.results import load_results
from web.demo.translations import translate_and_sign

DAYS_AGO = re.compile(r"\{days_ago:(\d+)\}")
TEAM = (("rui", "reviewer"), ("leila", "liaison"), ("tomas", "legal"), ("dara", "director"))
DONE = {
    "1": "Packet at the minimum set.",
    "3": "Six claims graded.",
}
CALM = {"RQ01": "yes", "RQ08": "yes", "RQ12": "yes"}
WARNED = {part: {"answer": "yes"} for part in ("family", "lawyer", "partners")}


@transaction.atomic
def load(password: str) -> dict[str, User]:
    """Make the practice people and three cases in different states; needs an empty database."""
    who = make_people(password)
    OfficeSafety.objects.get_or_create(pk=1, defaults={"contact_line": "Practice office, duty line +999 555 010 000"})
    _office(who["admin"])
    made = {packet["codename"]: _case(packet, who) for packet in PACKETS}
    translate_and_sign(made["Sorrel"], who)
    now = timezone.now()
    alarm = _plan_since(who["ana"], made["Marram"], "URGENT_72H", now - dt.timedelta(hours=20))
    weeks = _plan_since(who["ana"], made["Sorrel"], "SIX_WEEK", now - dt.timedelta(days=9))
    _done(who["ana"], alarm, {"1": "The sister called at 07:40; no double was found."})
    _done(who["ana"], weeks, DONE)
    _proved(who["ana"], weeks, "2")
    _notes(made["Sorrel"], weeks, who)
    load_results(made["Sorrel"], who)
    for codename in ("Sorrel", "Plover"):
        _assess(made[codename], who)
    holds.hold(actor=who["leila"], case=made["Plover"], reason="Her brother was summoned this morning.")
    _recipients(who)
    load_answers(made["Sorrel"], who, *load_directory(who))
    today = timezone.localdate(now)
    write_absence(
        actor=who["tomas"],
        person=who["tomas"],
        deputy=who["rui"],
        begins_on=today,
        ends_on=today + dt.timedelta(days=4),
    )
    other = cases.open_case(actor=who["sam"], codename="Bittern", country="XPR")
    members.add_member(actor=who["sam"], case=other, user=who["leila"], role="reader")
    return who


def _plan_since(ana: User, case: Case, template: str, began: dt.datetime) -> Plan:
    """Begin a plan some time ago, so that a step of it may be late; what it reminded of was read then."""
    now, plan = timezone.now(), make_plan(actor=ana, case=case, template=template, starts_at=began, now=began)
    Reminder.objects.filter(milestone__plan=plan, remind_at__lt=now).update(dropped_at=now)
    return plan


def _proved(ana: User, plan: Plan, key: str) -> None:
    """Close a step by the fact that proves it."""
    row = plan.milestones.select_related("plan").get(key=key)
    (found, *_others) = offers_for(plan.case, ana, [row])[row.pk]
    milestones.take_fact(actor=ana, milestone=row, version=row.version, fact=found.code, fact_row=found.row)


def _notes(case: Case, plan: Plan, who: dict[str, User]) -> None:
    """Leave two notes: one on a claim, which is answered and waits for another person, and one on a step."""
    claim = case.claims.order_by("number")[3]
    asked = write_note(
        actor=who["ana"],
        case=case,
        text="@leila, does the accountant agree that we cite him? @rui, please look at the source before you rule.",
        claim=claim,
    )
    answer_note(actor=who["leila"], note=asked, text="He agrees, under his own name. I rang him on Tuesday.")
    step = plan.milestones.open().order_by("due_at", "key")[0]
    write_note(
        actor=who["leila"],
        case=case,
        text="@ana, the sister travels this week. Ring her before noon, not in the evening.",
        milestone=step,
    )


CONTACTS = (
    ("Mina Harrow", "case officer", "mina", "مينا هارو", "مسؤولة القضية"),
    ("Teo Alder", "liaison with officials", "teo", "تيو ألدر", "منسق الاتصال بالمسؤولين"),
)


def _office(admin: User) -> None:
    """Give the invented office its letterhead and two contacts, of whom the first signs."""
    reads = ("en", "fr", "ar")
    office.change_identity(
        actor=admin, name="Practice Office", address="3 Harbour Lane\nPort Tarn", place="Port Tarn", reads=reads
    )
    for name, role, line, arabic_name, arabic_role in CONTACTS:
        channel = f"{line}@practice.example, +999 555 010 001"
        contact = office.enter_contact(actor=admin, name=name, role=role, channel=channel, is_default=False)
        office.say_in_language(
            actor=admin, contact=contact, language="ar", name=arabic_name, role=arabic_role, channel=channel
        )


def _case(packet: dict[str, Any], who: dict[str, User]) -> Case:
    ana = who["ana"]
    cover = {
        name: packet[name] for name in ("public_label", "activity", "authorities_say", "why_now") if name in packet
    }
    case = cases.open_case(
        actor=ana,
        codename=packet["codename"],
        country="XPR",
        names=packet["names"],
        status=packet["status"],
        **cover,
    )
    for username, role in TEAM:
        members.add_member(actor=ana, case=case, user=who[username], role=role)
    people.describe_person(actor=ana, case=case, version=1, values=packet["person"])
    for contact in packet["contacts"]:
        people.add_contact(actor=ana, case=case, values=contact)
    for spell in packet["detentions"]:
        row = detention.add_detention(actor=ana, case=case, values=_dated(spell["values"]))
        for place in spell["places"]:
            detention.add_place(actor=ana, detention=row, values=_dated(place))
        for charge in spell["charges"]:
            detention.add_charge(actor=ana, case=case, detention=row, values=charge)
    claims = _evidence(packet, case, ana)
    for event in packet["timeline"]:
        proof = {"claim": claims[event["claim"]]} if "claim" in event else {}
        timeline.add_event(actor=ana, case=case, values=_dated(event) | proof)
    _asks(packet, case, ana)
    _consents(packet, case, who)
    return case


def _evidence(packet: dict[str, Any], case: Case, ana: User) -> list[Claim]:
    """Write sources and claims, and rule on each claim; return the claims in their order."""
    claims = []
    sources = [evidence.add_source(actor=ana, case=case, values=source) for source in packet["sources"]]
    for told in packet["claims"]:
        values = {name: told[name] for name in ("text", "on") if name in told}
        values |= {"use": told.get("use", "fact"), "discloses_nothing": told.get("nothing", False)}
        claim = evidence.add_claim(
            actor=ana, case=case, values=values, items=told.get("items", ()), source=sources[told["source"]]
        )
        claim.refresh_from_db()
        evidence.verify_claim(
            actor=ana, claim=claim, version=claim.version, status=told["status"], credibility=told["credibility"]
        )
        claims.append(claim)
    return claims


def _asks(packet: dict[str, Any], case: Case, ana: User) -> None:
    for right in packet["rights"]:
        asks.add_right(actor=ana, case=case, values={"right": right})
    demands = [asks.add_demand(actor=ana, case=case, values=demand) for demand in packet["demands"]]
    for ask in packet["asks"]:
        asks.add_ask(actor=ana, case=case, values={**ask, "demand": demands[ask["demand"]]})


def _consents(packet: dict[str, Any], case: Case, who: dict[str, User]) -> None:
    for told in packet.get("consents", ()):
        pairs = frozenset((item, audience) for item in told["items"] for audience in told["audiences"])
        out = frozenset((item, audience) for item in told.get("taken_out", ()) for audience in told["audiences"])
        values = {
            "giver": "CG_SELF_LAWYER",
            "giver_name": "The person, through the lawyer",
            "method": "CM_LAWYER",
            "status": "CS_GIVEN",
            "language": "the family's own",
            "explained": "What it is for, who reads it, what may follow, and that it cannot be called back",
            "proof": "Letter in the safe",
            "limits": told.get("limits"),
            "from_at": timezone.now(),
        }
        save_answer(actor=who["leila"], case=case, told=ToldAnswer(values, pairs, out))
    consent.record_wish(
        actor=who["leila"],
        case=case,
        wants=packet.get("wish", "none_known"),
        told_by="Through the lawyer, who saw the person alone",
    )
    if "posture" in packet:
        on = timezone.localdate() + dt.timedelta(days=30)
        posture.decide_posture(
            actor=who["ana"],
            case=case,
            kind=packet["posture"],
            reason="Agreed with the lawyer and the family.",
            review_on=on,
        )


def _assess(case: Case, who: dict[str, User]) -> None:
    now = timezone.now()
    answers: dict[str, Any] = {
        "rapid": {question.code: {"answer": CALM.get(question.code, "no"), "note": ""} for question in rapid()}
    }
    not_theirs = {"answer": "not_applying", "because": "own national of the holding State"}
    answers["rapid"]["RQ11"]["parts"] = WARNED | {"embassy": not_theirs}
    answers["rapid"]["RQ12"]["note"] = "Ana stops it; the page can be taken down at once."
    answers["rapid"]["RQ03"]["note"] = "No day is set; the lawyer asks the registry every week."
    answers["worst_harm"] = "HC_FAMILY"
    row = assessments.write_assessment(
        actor=who["ana"],
        case=case,
        kind="rapid",
        danger_now="some",
        answers=answers,
        harms=[HarmGiven("HC_FAMILY", 2, 3, 2, 2, "The brother is told a day before.", who["leila"])],
        worst_case="The family is summoned. The brother is hit first. Ana stops it by a hold.",
        not_acting="The hearing passes without observers.",
        now=now - dt.timedelta(hours=30),
    )
    proof = Proof("totp", 0, now, dt.timedelta(0))
    assessments.sign_assessment(actor=who["rui"], assessment=row, proof=proof, now=now - dt.timedelta(hours=26))


def _done(ana: User, plan: Any, steps: dict[str, str]) -> None:
    for row in plan.milestones.filter(key__in=steps).order_by("due_at", "key"):
        milestones.complete(actor=ana, milestone=row, version=row.version, evidence=steps[row.key])


def _recipients(who: dict[str, User]) -> None:
    today = timezone.localdate()
    entered = (
        ("Human rights desk, Ministry of Foreign Affairs", "AU_OWNGOV", "Duty telephone +999 555 010 700", False),
        ("Consulate in Orlen", "AU_DIPLO", "Sealed line of the consulate", True),
    )
    for name, audience, channel, passes_on in entered:
        row = Recipient.objects.create(
            id=uuid.uuid4(),
            name=name,
            audience=audience,
            channel=channel,
            channel_verified_on=today,
            passes_name_on=passes_on,
            entered_by=who["ana"],
        )
        save_each([row], approved_by=who["dara"], seconded_by=who["rui"])


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with {days_ago:N} written as a date."""
    today = timezone.localdate()

    def on(match: re.Match[str]) -> str:
        return (today - dt.timedelta(days=int(match.group(1)))).isoformat()

    return {name: DAYS_AGO.sub(on, value) if isinstance(value, str) else value for name, value in values.items()}
