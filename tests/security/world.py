"""One case with a row behind every address, the nine persons of the table, and what no stranger may read of it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import Absence, CalendarAddress, Draft, Invitation, PendingAct, User
from accounts.models.invitation import token_digest
from advocacy.actions.approaches import NewApproach, record_approach
from advocacy.actions.plans import make_plan
from advocacy.actions.replies import NewReply, record_reply
from advocacy.actions.results import record_outcome, set_target
from advocacy.models import OfficeTarget, OfficeTargetFigure
from casework.models import (
    Ask,
    Case,
    CaseGroup,
    Citation,
    Claim,
    Demand,
    Detention,
    Membership,
    PossibleTwin,
    RightImplicated,
    TimelineEvent,
)
from directory.models import OfficeIdentity
from materials.models import Copy, Dispatch, Material, PublicPage
from notes.actions.notes import write_note
from safety.models import Hold, LeakFinding, RiskEvent
from sealing.fields import save_each
from tests.factories import (
    a_case,
    a_contact,
    a_date_of_the_office,
    a_detention,
    a_logo,
    a_prisoner,
    a_source,
    a_twin,
    an_office,
    on_case,
)
from tests.gate.ready import Ready, a_clean_scan, make_ready
from tests.people import a_person, give_office_role
from tests.safety.answers import an_assessment
from work.models import Job, Notice

CODENAME = "Quetzalmoor"
GROUP = "Grouseholm"
NAME = "Wilhelmina Sturdivant"
CONTACT = "Barnabas Thistlewood"
SOURCE = "Cornelius Underhay"
IDENTITY = (NAME, CONTACT, SOURCE)
PERSONS = (
    "stranger",
    "sam",
    "reader",
    "coordinator",
    "reviewer",
    "outside",
    "auditor",
    "administrator",
    "superuser",
)
SEES_CASE = frozenset({"reader", "coordinator", "reviewer"})
SEES_IDENTITY = frozenset({"coordinator", "reviewer"})
A_MEETING = NewApproach(
    kind="meeting",
    to_name="The desk of the Minister",
    met_name="Her secretary",
    told="He was moved to the infirmary",
    told_items=("CI_HEALTH",),
)
A_PROMISE = NewReply(
    kind="RS_PLEDGED", words="We shall ask for a visit", promised="A visit", due_on=dt.date(2099, 1, 1)
)
PASSWORD = "long words that nobody would guess"
CALENDAR_TOKEN = "the-private-address-of-sam"
TOKEN = "a-token-that-was-sent-by-mail"


@dataclass
class World:
    """The case, the persons by the name of their column, and the part of an address by its key."""

    case: Case
    other: Case
    people: dict[str, User]
    parts: dict[str, Any]

    def args(self, keys: tuple[str, ...]) -> list[Any]:
        """Return the parts of an address of this case."""
        return [self.parts[key] for key in keys]

    def missing(self, keys: tuple[str, ...]) -> list[Any]:
        """Return an address of the same shape behind which there has never been anything."""
        return [self._nothing(self.parts[key]) for key in keys]

    def through_the_other_case(self, keys: tuple[str, ...]) -> list[Any]:
        """Return the address of a row of this case, reached through the reference of another."""
        return [self.other.reference if key == "ref" else self.parts[key] for key in keys]

    def _nothing(self, part: Any) -> Any:
        if isinstance(part, uuid.UUID):
            return uuid.UUID(int=part.int ^ 1)
        if isinstance(part, int):
            return 999_999_999
        return "ZZZZ-ZZZZ" if part == self.case.reference else part


def make_world() -> World:
    """Insert everything, past the verbs: this is about who may look, not about what is right."""
    ana = a_person("ana")
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    case = ready.cases[0]
    group = CaseGroup.objects.create(codename=GROUP)
    save_each(Case.objects.filter(pk=case.pk), codename=CODENAME, group=group)
    case.refresh_from_db()
    people = _people(case)
    other = a_case(codename="Somebody Else", lead=people["sam"])
    parts = {
        "ref": case.reference,
        "field": "arr_date",
        "kind": "claim",
        "token": TOKEN,
        "calendar_token": CALENDAR_TOKEN,
        "language": "ar",
    }
    parts |= (
        _packet(case, ready) | _papers(case, ready, ana) | _safety(case, ana) | _work(case, ana) | _office(ana, people)
    )
    return World(case, other, people, parts)


def _people(case: Case) -> dict[str, User]:
    on_case(case, "leila", "reader")
    on_case(case, "omar", "outside_reviewer")
    root = a_person("root", is_superuser=True)
    names = {
        "sam": "sam",
        "reader": "leila",
        "coordinator": "ana",
        "reviewer": "rui",
        "outside": "omar",
        "auditor": "noor",
        "administrator": "admin",
    }
    people = {key: a_person(name) for key, name in names.items()} | {"superuser": root}
    for user in people.values():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return people


def _packet(case: Case, ready: Ready) -> dict[str, Any]:
    person = a_prisoner(case, NAME)
    contact = a_contact(case, CONTACT)
    detention: Detention = a_detention(case, place="Colony no. 4", charge="Article 214")
    demand = Demand.objects.create(case=case, text="Let a doctor see her", aim="doctor")
    claim: Claim = ready.claims[0]
    return {
        "name": person.names.get().pk,
        "contact": contact.pk,
        "detention": detention.pk,
        "place": detention.places.get().pk,
        "charge": detention.charges.get().pk,
        "claim": claim.pk,
        "citation": Citation.objects.get(claim=claim).pk,
        "source": a_source(case, "Talk with a colleague", identity=SOURCE).pk,
        "demand": demand.pk,
        "ask": Ask.objects.create(case=case, demand=demand, to="the Minister", text="Let a doctor see her").pk,
        "right": RightImplicated.objects.create(case=case, right="R_LIBERTY").pk,
        "event": TimelineEvent.objects.create(case=case, on="2025-03-14", event="Taken from home").pk,
        "consent": case.consents.first().pk,
        "member": Membership.objects.get(case=case, user__username="leila").pk,
    }


def _safety(case: Case, ana: User) -> dict[str, Any]:
    assessment = an_assessment(case, ana)
    hold = Hold.objects.create(
        case=case,
        scope="case",
        kind="precaution",
        held_by=ana,
        reason="A call from the family",
        ends_at=timezone.now() + dt.timedelta(hours=20),
    )
    happened = RiskEvent.objects.create(
        case=case, code="TR_HEALTH", event_class="note", noted_by=ana, what="A brother was questioned"
    )
    a_twin(case)
    twin = PossibleTwin.objects.of(case).get()
    return {"assessment": assessment.pk, "hold": hold.pk, "risk_event": happened.pk, "twin": twin.pk}


def _work(case: Case, ana: User) -> dict[str, Any]:
    plan = make_plan(actor=ana, case=case, template="SIX_WEEK", starts_at=timezone.now())
    hoped = {"what": "OU_INQUIRY", "wanted": 3, "by": timezone.localdate() + dt.timedelta(days=90)}
    target = set_target(actor=ana, case=case, counts_from=timezone.localdate(), **hoped)
    came = {"what": "OU_INQUIRY", "on": "2025-05", "words": "The ombudsperson opened an inquiry", "effect": "IM_P1"}
    approach = record_approach(actor=ana, case=case, new=A_MEETING)
    reply = record_reply(actor=ana, case=case, approach=approach, new=A_PROMISE)
    return {
        "plan": plan.pk,
        "target": target.pk,
        "office_target": _an_office_target(ana).pk,
        "outcome": record_outcome(actor=ana, case=case, values=came).pk,
        "approach": approach.pk,
        "reply": reply.pk,
        "step": plan.milestones.first().pk,
        "note": write_note(actor=ana, case=case, text="Ring the ministry before noon").pk,
        "job": Job.objects.create(kind="materials.copy", about_id=case.pk, owner=ana).pk,
        "notice": Notice.objects.create(user=ana, kind="casework.case.opened", case_id=case.pk, dedup="one").pk,
        "draft": Draft.objects.create(user=ana, path=f"/cases/{case.reference}/claims/add/", body="[]").pk,
    }


def _an_office_target(ana: User) -> OfficeTarget:
    row = OfficeTarget.objects.create(country="XPR", year=2026, what="OU_PARDON", set_by=ana)
    OfficeTargetFigure.objects.create(target=row, number=1, wanted=3, said_by=ana)
    return row


def _papers(case: Case, ready: Ready, ana: User) -> dict[str, Any]:
    """Return a briefing in review of which one copy has left, a published page, and a protective notice."""
    now = timezone.now()
    scan = a_clean_scan(ready.material, [case])  # of the packet as it is by now
    dispatch = ready.a_dispatch()
    dispatch.save(force_insert=True)
    copy = ready.a_copy(dispatch)
    copy.save(force_insert=True)
    handed = ready.a_copy(dispatch, 2)
    handed.save(force_insert=True)
    Copy.objects.filter(pk__in=[copy.pk, handed.pk]).update(dispatched_at=now)
    Copy.objects.filter(pk=handed.pk).update(handed_over_at=now, handed_over_by=ana)
    Material.objects.filter(pk=ready.material.pk).update(status="in_review", sent_to_review_at=now)
    finding = LeakFinding(
        material_id=ready.material.pk,
        scan=scan,
        case_id=case.pk,
        field="name",
        part="title",
        start=0,
        end=2,
        words="An",
    )
    finding.save(force_insert=True)
    public = make_ready("SUPPORTER", "AU_SUPPORT")  # of a case beside this one, on which nothing is held
    Case.objects.filter(pk=public.cases[0].pk).update(codename=f"{CODENAME} the second")
    page = public.a_dispatch()
    page.save(force_insert=True)
    Dispatch.objects.filter(pk=page.pk).update(dispatched_at=now)
    notice = make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", about=[case])
    assert notice.recipient
    assert copy.sent_to
    return {
        "entry": copy.sent_to.entry_id,
        "channel": copy.sent_to_id,
        "material": ready.material.pk,
        "copy": copy.pk,
        "handed_copy": handed.pk,
        "finding": finding.pk,
        "page_material": public.material.pk,
        "address": PublicPage.objects.create(dispatch=page, address="an-address-nobody-guesses").address,
        "notice_material": notice.material.pk,
        "recipient": notice.recipient.pk,
        "office_contact": an_office().pk,
        "office_date": a_date_of_the_office().pk,
        "logo": a_logo().pk,
        "state": "XPR",
        "treaty": "CAT",
        "key_date": "NOWRUZ",
    }


def _office(ana: User, people: dict[str, User]) -> dict[str, Any]:
    OfficeIdentity.objects.create(
        name="Tarn Watch", address="3 Harbour Lane", place="Port Tarn", made_by=people["administrator"]
    )
    invitation = Invitation.objects.create(
        username="new", name="Newcomer", token_sha256=token_digest(TOKEN), invited_by=people["administrator"]
    )
    CalendarAddress.objects.create(user=people["sam"], token_sha256=token_digest(CALENDAR_TOKEN))
    act = PendingAct.objects.create(
        kind="reset_password", beneficiary=ana, proposed_by=people["administrator"], reason="Lost"
    )
    today, root = timezone.localdate(), people["superuser"]
    absence = Absence.objects.create(
        user=root, deputy=people["administrator"], begins_on=today, ends_on=today, written_by=root
    )
    Notice.objects.create(user=ana, kind="accounts.role.given", person=people["reviewer"], dedup="two")
    return {
        "person": ana.pk,
        "invitation": invitation.pk,
        "act": act.pk,
        "absence": absence.pk,
        "role": give_office_role(people["auditor"], "auditor").pk,
    }
