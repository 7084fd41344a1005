"""Made-up cases, quickly: bulk inserts past the verbs, as many as asked for, all on one person's list.

Each case has what a case that is worked on has: a person, a name, a detention, sources, claims that cite them, events, a
consent, a posture, an assessment, a second member, and steps of a plan.
"""

import datetime as dt
import random
import secrets
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.sign_in.factors import give_factor
from advocacy.models import Milestone, Plan, Stage
from casework.access.roles import RIGHTS
from casework.models import (
    Case,
    CaseKey,
    CaseUserObjectPermission,
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
    Source,
    TimelineEvent,
)
from safety.models import Posture, RiskAssessment
from sealing import keys, tags
from sealing.fields import mark_of

BATCH = 500
LATE = 500
FIRST = [
    "Adan",
    "Bela",
    "Cyra",
    "Dov",
    "Esme",
    "Faro",
    "Gala",
    "Hale",
    "Ione",
    "Jaro",
    "Kira",
    "Levo",
    "Mira",
    "Nilo",
    "Orla",
    "Pavo",
    "Quil",
    "Rhea",
    "Sami",
    "Tova",
]
LAST = [
    "Arden",
    "Bramble",
    "Corrin",
    "Dunmore",
    "Ellery",
    "Farrow",
    "Garrick",
    "Hollin",
    "Ister",
    "Jessam",
    "Keldan",
    "Lorrin",
    "Marlow",
    "Norrin",
    "Orrick",
]
COUNTRIES = ("XPR", "ZAF", "CHN", "IRN")


def make(count: int) -> User:
    """Make one coordinator, a second person, and this many cases that both work on."""
    ana = _a_person("bench", is_superuser=True)
    _a_person("bench-second")
    give_factor(ana)
    for start in range(0, count, BATCH):
        more(start, min(BATCH, count - start), ana)
    return ana


def _a_person(username: str, **fields: Any) -> User:
    joined_at = timezone.now() - dt.timedelta(days=9)
    person = User(username=username, name=username.title(), joined_at=joined_at, **fields)
    person.set_unusable_password()
    person.save()
    return person


def more(start: int, size: int, ana: User) -> None:
    """Make a further batch of cases for this coordinator, numbered from start."""
    second = User.objects.get(username="bench-second")
    chance = random.Random(start)
    cases = [
        Case(
            codename=f"Case {start + n:06d}",
            country=chance.choice(COUNTRIES),
            status="DS_PRETRIAL",
            lead=ana,
            opened_by=ana,
            year_detained=2020 + n % 6,
        )
        for n in range(size)
    ]
    Case.objects.bulk_create(cases)
    CaseKey.objects.bulk_create([CaseKey(case=case, dek=secrets.token_hex(32)) for case in cases])
    keys.forget_keys()
    _people_at_work(cases, ana, second)
    _names(start, cases, chance)
    _facts(cases)
    _consents(start, cases, ana)
    _risks(start, cases, ana, second)
    _plans(start, cases, ana)


def _people_at_work(cases: list[Case], ana: User, second: User) -> None:
    """Put both on the cases, with the rights that the verbs would have given them."""
    Membership.objects.bulk_create(
        [Membership(case=case, user=ana, role="coordinator", granted_by=ana, is_opening=True) for case in cases]
        + [Membership(case=case, user=second, role="reviewer", granted_by=ana) for case in cases]
    )
    known = Permission.objects.filter(content_type__app_label="casework")
    for user, role in ((ana, "coordinator"), (second, "reviewer")):
        rights = list(known.filter(codename__in=RIGHTS[role]))
        CaseUserObjectPermission.objects.bulk_create(
            [
                CaseUserObjectPermission(user=user, permission=right, content_object=case)
                for case in cases
                for right in rights
            ],
            batch_size=2000,
        )


def _names(start: int, cases: list[Case], chance: random.Random) -> None:
    """Name a person on each case, with the tags by which the name is found."""
    people = [Person(case=case, occupation="editor") for case in cases]
    Person.objects.bulk_create(people)
    names = [
        Name(case=person.case, person=person, value=f"{chance.choice(FIRST)} {chance.choice(LAST)} {start + n}")
        for n, person in enumerate(people)
    ]
    Name.objects.bulk_create(names)
    NameTag.objects.bulk_create(
        [
            NameTag(case=name.case, row_id=name.pk, purpose="name", tag=tag)
            for name in names
            for tag in tags.name_tags(name.value)
        ],
        batch_size=2000,
    )


def _facts(cases: list[Case]) -> None:
    """Write a detention, two sources, three claims that cite one of them, and three events on each case."""
    Detention.objects.bulk_create(
        [Detention(case=case, started="2025-03-14~", authority="Prison service") for case in cases]
    )
    sources = [
        Source(
            case=case,
            kind="S_COURTDOC",
            title="Judgment",
            reliability="A",
            secrecy="AT_RECORD",
            attribution="the judgment",
        )
        for case in cases
        for _ in range(2)
    ]
    Source.objects.bulk_create(sources)
    claims = [
        Claim(case=case, number=n, text="He was held without charge.", status="VS_DOC", credibility=1)
        for case in cases
        for n in (1, 2, 3)
    ]
    Claim.objects.bulk_create(claims)
    ClaimItem.objects.bulk_create([ClaimItem(claim=claim, item="CI_BIO") for claim in claims])
    _mark(Claim.objects.filter(case__in=cases).prefetch_related("items"))
    first = {source.case_id: source for source in sources}
    Citation.objects.bulk_create(
        [Citation(case=claim.case, claim=claim, source=first[claim.case_id]) for claim in claims]
    )
    TimelineEvent.objects.bulk_create(
        [TimelineEvent(case=case, on=f"2025-0{n}", event="A hearing was put off.") for case in cases for n in (3, 4, 5)]
    )


def _mark(rows: QuerySet[Any]) -> None:
    """Mark rows anew whose marks bind further rows that were written in bulk after them."""
    found, mark = list(rows), mark_of(rows.model)
    for row in found if mark else ():
        row.mark = keys.gate_mac(mark.parts(row))
    rows.model.objects.bulk_update(found, ["mark"], batch_size=500)


def _consents(start: int, cases: list[Case], ana: User) -> None:
    """Record a consent on each case; one in a hundred ends on any one day."""
    began = timezone.now() - dt.timedelta(days=1)
    ends = [began + dt.timedelta(days=2 + (start + n) % 100) for n in range(len(cases))]
    consents = [
        Consent(
            case=case,
            giver="CG_SELF",
            method="CM_SIGNED",
            explained_by=ana,
            from_at=began,
            until_at=end,
            granted_until=end,
        )
        for case, end in zip(cases, ends, strict=True)
    ]
    Consent.objects.bulk_create(consents)
    ConsentGrant.objects.bulk_create(
        [
            ConsentGrant(consent=row, item=item, audience="AU_DIPLO")
            for row in consents
            for item in ("CI_NAME", "CI_BIO")
        ]
    )


def _risks(start: int, cases: list[Case], ana: User, second: User) -> None:
    """Assess each case and decide its posture; one in fifty waits for a signature, the others end within 90 days."""
    now = timezone.now()
    Posture.objects.bulk_create(
        [
            Posture(case=case, number=1, kind="PO_QUIET", decided_by=ana, review_on=now.date(), reason="Asked for")
            for case in cases
        ]
    )
    signed_at = now - dt.timedelta(days=40)
    rows = []
    for number, case in enumerate(cases, start):
        row = RiskAssessment(case=case, number=1, danger_now="some", level="RL_LOW", author=ana, written_at=signed_at)
        if number % 50:
            row.signed_by, row.signed_at, row.signed_with = second, signed_at, "totp"
            row.expires_at = row.granted_until = now + dt.timedelta(days=number % 120 - 30)
        rows.append(row)
    RiskAssessment.objects.bulk_create(rows)


def _plans(start: int, cases: list[Case], ana: User) -> None:
    """Plan two steps on each case: one done, one due, hour after hour; the first five hundred are late."""
    now = timezone.now()
    plans = [Plan(case=case, template="SIX_WEEK", starts_at=now, made_by=ana) for case in cases]
    Plan.objects.bulk_create(plans)
    stages = [Stage(plan=plan, case=plan.case, track="core", number=1) for plan in plans]
    Stage.objects.bulk_create(stages)
    Milestone.objects.bulk_create(
        [
            Milestone(
                plan=stage.plan,
                stage=stage,
                case=stage.case,
                key=key,
                track="core",
                title="Talk",
                owner=ana,
                due_at=now + dt.timedelta(hours=start + n - LATE),
                **done,
            )
            for n, stage in enumerate(stages)
            for key, done in (("1", {"done_at": now, "done_by": ana, "evidence": "Spoken."}), ("2", {}))
        ]
    )


def a_reference(count: int) -> Any:
    """Return the reference of a case in the middle of the list."""
    return Case.objects.get(codename=f"Case {count // 2:06d}").reference
