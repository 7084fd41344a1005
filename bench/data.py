"""Made-up cases, quickly: bulk inserts past the verbs, as many as asked for, all on one person's list."""

import datetime as dt
import random
import secrets
from typing import Any

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.factors import give_factor
from accounts.models import User
from advocacy.models import Milestone, Plan, Stage
from casework.models import Case, CaseKey, CaseUserObjectPermission, Claim, Detention, Membership, Name, NameTag, Person
from casework.roles import RIGHTS
from sealing import keys, tags

BATCH = 500
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
    """Make one coordinator and this many cases on their list, each with a name, a detention, claims and a milestone."""
    ana = User(
        username="bench",
        name="Bench",
        email="bench@practice.example",
        is_superuser=True,
        joined_at=timezone.now() - dt.timedelta(days=9),
    )
    ana.set_unusable_password()
    ana.save()
    give_factor(ana)
    for start in range(0, count, BATCH):
        more(start, min(BATCH, count - start), ana)
    return ana


def more(start: int, size: int, ana: User) -> None:
    """Make a further batch of cases for this coordinator, numbered from start."""
    rights = list(Permission.objects.filter(content_type__app_label="casework", codename__in=RIGHTS["coordinator"]))
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
    keys.forget()
    Membership.objects.bulk_create(
        [Membership(case=case, user=ana, role="coordinator", granted_by=ana, is_opening=True) for case in cases]
    )
    CaseUserObjectPermission.objects.bulk_create(
        [
            CaseUserObjectPermission(user=ana, permission=right, content_object=case)
            for case in cases
            for right in rights
        ],
        batch_size=2000,
    )
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
    Detention.objects.bulk_create(
        [Detention(case=case, started="2025-03-14~", authority="Prison service") for case in cases]
    )
    Claim.objects.bulk_create(
        [
            Claim(case=case, number=n, text="He was held without charge.", status="VS_DOC", credibility=1)
            for case in cases
            for n in (1, 2, 3)
        ]
    )
    _plans(start, cases, ana)


def _plans(start: int, cases: list[Case], ana: User) -> None:
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
                key="1",
                track="core",
                title="Talk",
                owner=ana,
                due_at=now + dt.timedelta(hours=start + n),
            )
            for n, stage in enumerate(stages)
        ]
    )


def a_reference(count: int) -> Any:
    """Return the reference of a case in the middle of the list."""
    return Case.objects.get(codename=f"Case {count // 2:06d}").reference
