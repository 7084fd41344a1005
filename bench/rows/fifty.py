"""Fifty people with a session each, coordinators of 400 cases (fewer where there are fewer). Called through bench.started."""

import random

from django.db import transaction

from advocacy.models import Milestone
from bench.pages.browser import Browser
from bench.row import Row
from bench.rows import people
from bench.rows.sheet import Sheet, write
from bench.rows.unguarded import unguarded
from casework.models import Case, CaseUserObjectPermission, Membership

PEOPLE, CASES, STEPS, ASKED = 50, 400, 60, 40


def main() -> list[Row]:
    """Put them to work, and return for each the cookies of a session and the references that are asked for."""
    ana, _second = people.the_two()
    cases = list(Case.objects.filter(plans__made_by=ana).order_by("codename").values_list("pk", "reference"))
    rights = people.rights_of("coordinator")
    member = Sheet(Membership, role="coordinator", granted_by=ana)
    right = Sheet(CaseUserObjectPermission)
    found = []
    for number in range(PEOPLE):
        user = people.a_person(f"bench-{number}")
        mine = random.Random(number).sample(cases, min(CASES, len(cases)))
        for case, _reference in mine:
            member.add(case_id=case, user_id=user.pk)
            for each in rights:
                right.add(user_id=user.pk, permission_id=each, content_object_id=case)
        found.append((user, mine))
    with unguarded([Membership, CaseUserObjectPermission]), transaction.atomic():
        write([member, right])
    for user, mine in found:
        first = [case for case, _reference in mine[:STEPS]]
        Milestone.objects.filter(case_id__in=first, done_at=None).update(owner=user)
    return [
        {"cookies": Browser(user).cookies, "references": [reference for _case, reference in mine[:ASKED]]}
        for user, mine in found
    ]
