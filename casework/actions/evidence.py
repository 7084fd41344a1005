"""Sources, claims and the citations between: written, checked, and tied to what they would disclose."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.actions.rows import write_change, write_new
from casework.actions.timeline import change_event
from casework.actions.versions import claim_version
from casework.models import Case, Citation, Claim, ClaimItem, Source, TimelineEvent
from sealing.fields import renewing

CHECKED = frozenset({Claim.Status.SINGLE, Claim.Status.CORROBORATED, Claim.Status.DOCUMENTED})


def add_source(*, actor: User, case: Case, values: Mapping[str, Any]) -> Source:
    """Add a source to the case. Refused without the right to change it."""
    return write_new(actor=actor, row=Source(case=case, **values), verb="casework.source.added")


def change_source(*, actor: User, source: Source, version: int, values: Mapping[str, Any]) -> Source:
    """Change a source; refused when somebody saved it meanwhile."""
    return write_change(actor=actor, row=source, version=version, values=values, verb="casework.source.changed")


@transaction.atomic
def add_claim(
    *,
    actor: User,
    case: Case,
    values: Mapping[str, Any],
    items: Iterable[str] = (),
    source: Source | None = None,
    event: TimelineEvent | None = None,
) -> Claim:
    """Add one sentence as the next number of the case, with the items it discloses and, when given, its first source.

    An event of the timeline that it proves names it from now on. Refused where that event is of another case.
    """
    case = lock(case)[0]
    require(actor, "change_case", case)
    last = Claim.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    claim = write_new(actor=actor, row=Claim(case=case, number=last + 1, **values), verb="casework.claim.added")
    _set_items(claim, items)
    if source is not None:
        cite(actor=actor, claim=claim, values={"source": source})
    if event is not None:
        change_event(actor=actor, row=event, version=event.version, values={"claim": claim})
    return claim


@transaction.atomic
def change_claim(*, actor: User, claim: Claim, version: int, values: Mapping[str, Any], items: Iterable[str]) -> Claim:
    """Change a claim and its items. A sentence whose words change loses its verification: it needs a new check."""
    case = lock(claim.case_id)[0]
    require(actor, "change_case", case)
    stored = Claim.objects.select_for_update().get(pk=claim.pk)
    values = dict(values)
    if (stored.text or "") != (values.get("text") or "") and stored.status != Claim.Status.NEW:
        values |= {"status": Claim.Status.STALE, "verified_by": None, "verified_at": None}
    held = set(stored.items.values_list("item", flat=True))
    has_other_items = set(items) != held
    changed = write_change(actor=actor, row=claim, version=version, values=values, verb="casework.claim.changed")
    if has_other_items:
        if changed.version == stored.version:
            claim_version(changed, version)
        _set_items(changed, items)
        was, now = {"items": sorted(held)}, {"items": sorted(set(items))}
        record(actor=actor, verb="casework.claim.items_named", case=case, about=changed, was=was, now=now)
    return changed


@transaction.atomic
def verify_claim(*, actor: User, claim: Claim, version: int, status: str, credibility: int | None) -> Claim:
    """Rule how far a claim was checked. Refused where the sources under it do not bear the ruling out."""
    require(actor, "change_case", lock(claim.case_id)[0])
    if reason := unfounded(claim, status, credibility):
        raise ValidationError(reason)
    is_ruled = status not in {Claim.Status.NEW, Claim.Status.STALE}
    values = {
        "status": status,
        "credibility": credibility,
        "verified_by": actor if is_ruled else None,
        "verified_at": timezone.now() if is_ruled else None,
    }
    if (claim.status, claim.credibility) == (status, credibility) and claim.version == version:
        values["verified_at"] = timezone.now() if is_ruled else None
    return write_change(actor=actor, row=claim, version=version, values=values, verb="casework.claim.verified")


def unfounded(claim: Claim, status: str, credibility: int | None) -> str:
    """Return why this ruling cannot stand on the sources that are cited, or nothing."""
    cited = list(claim.citations.present().filter(source__removed_at=None).values_list("kind", flat=True))
    supports, against = cited.count("supports"), cited.count("contradicts")
    if status in {Claim.Status.SINGLE, Claim.Status.DOCUMENTED} and not supports:
        return _("No source supports this claim yet. Cite one first.")
    if status == Claim.Status.CORROBORATED and supports < 2:
        return _("Corroborated needs two sources that do not depend on each other. Cite another one first.")
    if status == Claim.Status.CONFLICT and not against and supports < 2:
        return _("A conflict needs two sources. Cite the other one first.")
    if status in CHECKED and credibility is None:
        return _("Grade the credibility of the claim from 1 to 6.")
    return ""


@transaction.atomic
def cite(*, actor: User, claim: Claim, values: Mapping[str, Any]) -> Citation:
    """Put a source of the same case under a claim, once. One that contradicts opens the conflict until somebody rules."""
    case = lock(claim.case_id)[0]
    require(actor, "change_case", case)
    if values["source"].case_id != claim.case_id:
        raise ValidationError(_("This source belongs to another case."))
    row = Citation(case=case, claim=claim, **values)
    cited = write_new(actor=actor, row=row, verb="casework.citation.added")
    _open_conflict(actor, cited)
    return cited


@transaction.atomic
def change_citation(*, actor: User, citation: Citation, version: int, values: Mapping[str, Any]) -> Citation:
    """Change how a source bears on its claim, or the place in it."""
    values = {name: value for name, value in values.items() if name != "source"}
    cited = write_change(actor=actor, row=citation, version=version, values=values, verb="casework.citation.changed")
    _open_conflict(actor, cited)
    return cited


def _open_conflict(actor: User, cited: Citation) -> None:
    """A claim that counted as checked stops doing so when a source speaks against it."""
    claim = Claim.objects.get(pk=cited.claim_id)
    if cited.kind != Citation.Kind.CONTRADICTS or claim.status not in CHECKED:
        return
    values = {"status": Claim.Status.CONFLICT}
    write_change(actor=actor, row=claim, version=claim.version, values=values, verb="casework.claim.contradicted")


def _set_items(claim: Claim, items: Iterable[str]) -> None:
    """Make the claim's items exactly these."""
    wanted = set(items)
    have = set(claim.items.values_list("item", flat=True))
    with renewing(claim):
        claim.items.filter(item__in=have - wanted).delete()
        ClaimItem.objects.bulk_create([ClaimItem(claim=claim, item=item) for item in sorted(wanted - have)])
