"""What left last about a case for an audience, and what changed in the packet since: handed to those who compose."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from casework.models import Case, Charge, Claim, Detention, Place
from materials.facts_used import as_it_is
from materials.models import Dispatch, MaterialFact
from papers.composing.last_left import LastLeft
from papers.kinds import registry
from papers.kinds.kind import Kind

Fact = MaterialFact.Kind
OTHER_ROWS: dict[str, Any] = {Fact.CHARGE: Charge, Fact.PLACE: Place, Fact.SPELL: Detention}


def last_left(cases: Iterable[Case], kind: Kind, audience: str, *, actor: User) -> dict[uuid.UUID, LastLeft]:
    """Return, by case, the paper that left last for this audience, of those that the person may know of.

    Nothing for a kind that follows no other, and for a case about which nothing left. A stop notice is followed by none.
    """
    found = {}
    stops = [known.code for known in registry.ALL if known.is_stop_notice]
    for case in cases if kind.follows else ():
        rows = Dispatch.objects.visible_to(actor).filter(
            material__cases=case, audience=audience, dispatched_at__isnull=False
        )
        rows = (
            rows.filter(material__kind=kind.code) if kind.follows == "own" else rows.exclude(material__kind__in=stops)
        )
        if newest := rows.select_related("material").order_by("-dispatched_at").first():
            found[case.pk] = _told(newest, case)
    return found


def _told(left: Dispatch, case: Case) -> LastLeft:
    """Return the paper and the rows that it used and that are otherwise now, with those that came after it."""
    at = left.dispatched_at or left.created_at
    facts = MaterialFact.objects.filter(material=left.material_id, revision=left.revision, case=case, number=1)
    used = list(facts.select_related("material", "case"))
    changed = [fact for fact in used if _differs(fact, as_it_is(fact))]
    newer = Q(created_at__gt=at)
    claims = Claim.objects.present().filter(newer | Q(verified_at__gt=at), case=case)
    claims = claims.exclude(pk__in=[fact.row_id for fact in used if fact.kind == Fact.CLAIM])
    rows = {fact.row_id for fact in changed if fact.kind in OTHER_ROWS and fact.row_id}
    for model in OTHER_ROWS.values():
        rows.update(model.objects.present().filter(newer, case=case).values_list("pk", flat=True))
    changed_claims = {fact.row_id for fact in changed if fact.kind == Fact.CLAIM and fact.row_id}
    return LastLeft(
        kind=left.material.kind,
        revision=left.revision,
        on=timezone.localdate(at).isoformat(),
        claims=tuple(sorted(map(str, {*claims.values_list("pk", flat=True), *changed_claims}))),
        rows=tuple(sorted(map(str, rows))),
    )


def _differs(before: MaterialFact, now: MaterialFact) -> bool:
    return (before.code, before.words, bytes(before.row_mac or b"")) != (
        now.code,
        now.words,
        bytes(now.row_mac or b""),
    )
