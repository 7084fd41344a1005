"""Made-up cases that are worked on, as many as asked for, all on one coordinator's list.

Each has a person with a name, a detention, a place and a charge, sources, claims that cite them, events, a consent, a
posture, an assessment, two people at work, and two steps of a plan: 49 rows, of which some thirty values are sealed.
A further kind of row is a sheet in `Sheets` and a line in the function that writes its subject.
"""

import datetime as dt
import gc
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from advocacy.models import Milestone, Plan, Stage
from bench.rows import people
from bench.rows.sheet import Sheet, write
from bench.rows.unguarded import unguarded
from casework.codenames import quiet_words
from casework.models import (
    Case,
    CaseKey,
    CaseUserObjectPermission,
    Charge,
    Citation,
    Claim,
    ClaimItem,
    Consent,
    ConsentGrant,
    Detention,
    Membership,
    Name,
    NameTag,
    Person,
    Place,
    Source,
    TimelineEvent,
)
from casework.models.case import new_reference
from casework.twins import same_name
from safety.models import Posture, RiskAssessment
from sealing import keys, tags

BATCH = 1000
LATE = 500
FIRST = [*("Adan", "Bela", "Cyra", "Dov", "Esme", "Faro", "Gala", "Hale", "Ione", "Jaro")]
FIRST += [*("Kira", "Levo", "Mira", "Nilo", "Orla", "Pavo", "Quil", "Rhea", "Sami", "Tova")]
LAST = [*("Arden", "Bramble", "Corrin", "Dunmore", "Ellery", "Farrow", "Garrick", "Hollin")]
LAST += [*("Ister", "Jessam", "Keldan", "Lorrin", "Marlow", "Norrin", "Orrick")]
COMMON = 20
COUNTRIES = ("ZAF", "NOR", "PER", "NPL")
GRANTED = ("CI_NAME", "CI_BIO")
SUMMARY = "He was taken from his flat at night by men who showed no warrant. His family was told after nine days."


def codename(number: int) -> str:
    """Return the codename of this case: the words are drawn first, as they would be, then one in twenty share their first."""
    words = quiet_words()
    return words[number] if number < len(words) else f"{words[number % COMMON]} {number:06d}"


def common_word() -> str:
    """Return the word with which one in twenty codenames begins."""
    return quiet_words()[0]


def name_of(number: int) -> str:
    """Return the whole name of the person of this case; one in twenty has the same first name."""
    return f"{FIRST[number * 7 % len(FIRST)]} {LAST[number % len(LAST)]} {number}"


def make(count: int, *, start: int = 0) -> User:
    """Write so many cases, numbered from start, and return the coordinator of all of them."""
    ana, second = people.the_two()
    with unguarded(Sheets.MODELS), without_collecting():
        for first in range(start, start + count, BATCH):
            sheets = Sheets(ana, second)
            for number in range(first, min(first + BATCH, start + count)):
                _one(sheets, number)
            with transaction.atomic():
                write(sheets.all)
            keys.forget_keys()
    return ana


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let Python's collector rest: it would go through the same thousands of rows again and again, and find nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Sheets:
    """A sheet for each table, in an order in which no row comes before what it leads to."""

    MODELS = (
        *(Case, CaseKey, Membership, CaseUserObjectPermission, Person, Name, NameTag, Detention, Place, Charge),
        *(Source, Claim, ClaimItem, Citation, TimelineEvent, Consent, ConsentGrant, Posture, RiskAssessment),
        *(Plan, Stage, Milestone),
    )

    def __init__(self, ana: User, second: User) -> None:
        """Say what all rows of a table have in common."""
        self.ana, self.second, self.now = ana, second, timezone.now()
        self.rights = [(ana.pk, right) for right in people.rights_of("coordinator")]
        self.rights += [(second.pk, right) for right in people.rights_of("reviewer")]
        self.began = self.now - dt.timedelta(days=1)
        written_at = self.now - dt.timedelta(days=40)
        self.case = Sheet(Case, status="DS_PRETRIAL", lead=ana, opened_by=ana, summary=SUMMARY, activity="He writes.")
        self.key = Sheet(CaseKey, dek="")
        self.member = Sheet(Membership, user=ana, role="coordinator", granted_by=ana)
        self.right = Sheet(CaseUserObjectPermission)
        self.person = Sheet(Person, occupation="editor", nationality="Norland", residence="12 Mill Lane", born="1979~")
        self.name = Sheet(Name)
        self.tag = Sheet(NameTag)
        self.detention = Sheet(Detention, started="2025-03-14~", authority="Prison service", taken_by="Four men")
        self.place = Sheet(Place, since="2025-03-15", place="Prison number four")
        self.charge = Sheet(Charge, law="Article 12", court="District court", charged_on="2025-04-01")
        graded = {"kind": "S_COURTDOC", "reliability": "A", "secrecy": "AT_RECORD"}
        self.source = Sheet(Source, title="Judgment", attribution="the judgment", **graded)
        told = {"items": [ClaimItem(item="CI_BIO")]}
        judged = {"status": "VS_DOC", "credibility": 1}
        self.claim = Sheet(Claim, told, number=1, text="He was held without charge.", **judged)
        self.item = Sheet(ClaimItem, item="CI_BIO")
        self.citation = Sheet(Citation)
        self.event = Sheet(TimelineEvent, event="A hearing was put off.")
        self.consent = Sheet(Consent, giver="CG_SELF", method="CM_SIGNED", explained_by=ana, from_at=self.began)
        self.grant = Sheet(ConsentGrant, audience="AU_DIPLO")
        decided = {"decided_by": ana, "review_on": self.now.date(), "reason": "Asked for"}
        self.posture = Sheet(Posture, number=1, kind="PO_QUIET", **decided)
        assessed = {"danger_now": "some", "level": "RL_LOW", "author": ana, "written_at": written_at}
        self.risk = Sheet(RiskAssessment, number=1, worst_case="The visits are stopped.", **assessed)
        self.plan = Sheet(Plan, template="SIX_WEEK", starts_at=self.now, made_by=ana)
        self.stage = Sheet(Stage, track="core", number=1)
        self.step = Sheet(Milestone, track="core", title="Talk", owner=ana)
        self.all = [sheet for sheet in vars(self).values() if isinstance(sheet, Sheet)]


def _one(to: Sheets, number: int) -> None:
    """Add every row of one case."""
    key = os.urandom(keys.DATA_KEY_BYTES)
    case = Case._meta.pk.get_default()
    keys.hold_key("case", case, keys.VERSIONS.start, key)
    to.case.add(
        id=case,
        reference=new_reference(),
        codename=codename(number),
        country=COUNTRIES[random.Random(number).randrange(len(COUNTRIES))],
        year_detained=2020 + number % 6,
    )
    to.key.add(case_id=case, dek=key.hex())
    _access(to, case)
    _person(to, case, name_of(number))
    _evidence(to, case)
    _consent(to, case, number)
    _risk(to, case, number)
    _plan(to, case, number)


def _access(to: Sheets, case: Any) -> None:
    """Put both on the case, with the rights that the verbs would have given them."""
    to.member.add(case_id=case, is_opening=True)
    to.member.add(case_id=case, user_id=to.second.pk, role="reviewer")
    for user, right in to.rights:
        to.right.add(user_id=user, permission_id=right, content_object_id=case)


def _person(to: Sheets, case: Any, value: str) -> None:
    """Name a person, with the tags by which the name is found, who is held, moved and charged."""
    person = to.person.add(case_id=case)
    name = to.name.add(case_id=case, person_id=person, value=value)
    for purpose, tag in tags_of(value):
        to.tag.add(case_id=case, row_id=name, purpose=purpose, tag=tag)
    detention = to.detention.add(case_id=case)
    to.place.add(case_id=case, detention_id=detention)
    to.charge.add(case_id=case, detention_id=detention)


def tags_of(value: str) -> Iterator[tuple[str, bytes]]:
    """Return the tags that casework.search.retag would make of this name."""
    yield from ((tags.NAME, tag) for tag in tags.name_tags(value))
    yield from same_name.tags_to_keep(Name(value=value))


def _evidence(to: Sheets, case: Any) -> None:
    """Add two sources, three claims that cite the second, and three events."""
    _unused, source = (to.source.add(case_id=case) for _ in range(2))
    for number in (1, 2, 3):
        claim = to.claim.add(case_id=case, number=number)
        to.item.add(claim_id=claim)
        to.citation.add(case_id=case, claim_id=claim, source_id=source)
    for month in (3, 4, 5):
        to.event.add(case_id=case, on=f"2025-0{month}")


def _consent(to: Sheets, case: Any, number: int) -> None:
    """Record a consent; one in a hundred ends on any one day."""
    end = to.began + dt.timedelta(days=2 + number % 100)
    consent = to.consent.add(case_id=case, until_at=end, granted_until=end)
    for item in GRANTED:
        to.grant.add(consent_id=consent, item=item)


def _risk(to: Sheets, case: Any, number: int) -> None:
    """Decide a posture and assess the case; one in fifty waits for a signature, the others end within 90 days."""
    to.posture.add(case_id=case)
    if number % 50 == 0:
        to.risk.add(case_id=case)
        return
    end = to.now + dt.timedelta(days=number % 120 - 30)
    signed = {"signed_by_id": to.second.pk, "signed_at": to.now - dt.timedelta(days=40), "signed_with": "totp"}
    to.risk.add(case_id=case, expires_at=end, granted_until=end, **signed)


def _plan(to: Sheets, case: Any, number: int) -> None:
    """Plan two steps: one done, one due, hour after hour; those of the first five hundred cases are late."""
    plan = to.plan.add(case_id=case)
    stage = to.stage.add(plan_id=plan, case_id=case)
    where = {"plan_id": plan, "stage_id": stage, "case_id": case}
    due_at = to.now + dt.timedelta(hours=number - LATE)
    to.step.add(key="1", due_at=due_at, done_at=to.now, done_by_id=to.ana.pk, evidence="Spoken.", **where)
    to.step.add(key="2", due_at=due_at, **where)
