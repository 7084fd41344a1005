"""Publishing a cleared supporters' page at an address that asks the gate at each request, and taking it down."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import record
from casework.access import NotAllowed, lock, may
from casework.models import Case, FamilyTold
from materials.actions.dispatches import clearance_of, frozen, is_authentic, leave
from materials.actions.materials import locked
from materials.audiences import PUBLISHED_AUDIENCES
from materials.leaving import page_expiry
from materials.leaving.scanning import renew_scan, scans_first
from materials.models import Dispatch, Material, PageShortening, PublicPage
from materials.notify import SENDERS, SIGNERS, tell
from safety import gate
from safety.people import why_not_sign

LOOKED_AT_WITHIN = dt.timedelta(hours=24)


@dataclass(frozen=True)
class FamilyAnswer:
    """Who of the family was told and when, or why there is nobody to tell."""

    who: str
    told_at: Any
    is_nobody_to_tell: bool = False


def told_of(material: Any) -> dict[Any, FamilyTold]:
    """Return by case the newest note that the family was told of this material."""
    rows = FamilyTold.objects.filter(material_id=material.pk).select_related("told_by").order_by("told_at")
    return {row.case_id: row for row in rows}


@transaction.atomic
def note_family(*, actor: User, material: Material, case: Case, answer: FamilyAnswer) -> FamilyTold:
    """Note that the family was told, or why nobody can be. Needs the right to dispatch or to keep consent on the case."""
    (case,) = lock(case)
    if not (may(actor, "dispatch", case) or may(actor, "keep_consent", case)):
        raise NotAllowed("dispatch", case)
    if not answer.who.strip():
        raise ValidationError(_("Say who was told and how, or why nobody can be told."))
    row = FamilyTold(
        case=case,
        material_id=material.pk,
        told_by=actor,
        told_at=answer.told_at,
        is_nobody_to_tell=answer.is_nobody_to_tell,
        who=answer.who.strip(),
    )
    row.save(force_insert=True)
    record(actor=actor, verb="materials.family.told", case=case, about=material, is_nobody=answer.is_nobody_to_tell)
    return row


@scans_first("dispatch")
@transaction.atomic
def publish(*, actor: User, material: Material, family: Mapping[Any, FamilyAnswer]) -> PublicPage:
    """Publish the cleared revision at a random address. Raises GateClosed with every reason, and changes nothing then."""
    cases = locked(actor, material, "dispatch")
    stored = Material.objects.select_for_update().get(pk=material.pk)
    if stored.audience not in PUBLISHED_AUDIENCES or stored.level != "full":
        raise ValidationError(_("Only a text for supporters or the public is published."))
    for case in cases:
        if case.pk in family:
            note_family(actor=actor, material=stored, case=case, answer=family[case.pk])
    if Dispatch.objects.filter(material=stored, revision=stored.revision, kind=Dispatch.Kind.PUBLISHED).exists():
        raise ValidationError(
            _("This revision was published before. Publishing again needs a new revision and a new review.")
        )
    row = frozen(actor, stored, clearance_of(stored), Dispatch.Kind.PUBLISHED)
    leave(actor=actor, row=row)
    row.refresh_from_db(fields=["dispatched_at"])
    page = PublicPage(dispatch=row, address=secrets.token_urlsafe(16))
    page.save(force_insert=True)
    page_expiry.store_end(page)
    stored.status = Material.Status.PUBLISHED
    stored.save(update_fields=["status"])
    for case in cases:
        record(actor=actor, verb="materials.page.published", case=case, about=stored, revision=stored.revision)
    tell(verb="materials.page.published", material=stored, cases=cases, actor=actor, next_readers=[SIGNERS, SENDERS])
    return page


@transaction.atomic
def take_down(*, actor: User, page: PublicPage) -> PublicPage:
    """Take a public page down at once; one person with the right to dispatch is enough, and another looks at it after."""
    material = page.dispatch.material
    cases = locked(actor, material, "dispatch")
    stored = PublicPage.objects.select_for_update().get(pk=page.pk)
    if stored.taken_down_at is None:
        stored.taken_down_at, stored.taken_down_by = timezone.now(), actor
        stored.down_review_due_at = stored.taken_down_at + LOOKED_AT_WITHIN
        stored.save(update_fields=["taken_down_at", "taken_down_by", "down_review_due_at"])
        for case in cases:
            record(actor=actor, verb="materials.page.taken_down", case=case, about=material)
        tell(
            verb="materials.page.taken_down",
            material=material,
            cases=cases,
            actor=actor,
            next_readers=[SIGNERS, SENDERS],
        )
    return stored


@transaction.atomic
def look_at_taking_down(*, actor: User, material: Material, note: str) -> list[PublicPage]:
    """Record that a second person looked at what one took down or shortened. Refused to that one, and to who may not sign now."""
    cases = locked(actor, material, "sign_review")
    rows = list(PublicPage.objects.select_for_update().filter(pk__in=waits_for_a_look(material)))
    short = list(
        PageShortening.objects.select_for_update().filter(pk__in=shortened(material)).exclude(shortened_by=actor)
    )
    is_own = not rows and not short and shortened(material).exists()
    refuse_if(
        (not rows and not short and not is_own, _("Nothing that was taken down waits for a second look here.")),
        (is_own, _("You shortened it. Somebody else looks at it.")),
        (any(row.taken_down_by_id == actor.pk for row in rows), _("You took it down. Somebody else looks at it.")),
        *[(True, str(why)) for case in cases if (why := why_not_sign(actor, case, right="sign_review"))],
    )
    for row in rows:
        row.down_reviewed_by, row.down_reviewed_at = actor, timezone.now()
        row.save(update_fields=["down_reviewed_by", "down_reviewed_at"])
    for act in short:
        act.reviewed_by, act.reviewed_at = actor, timezone.now()
        act.save(update_fields=["reviewed_by", "reviewed_at"])
    for case in cases:
        record(actor=actor, verb="materials.page.looked_at", case=case, about=material, note=note.strip())
    tell(verb="materials.page.looked_at", material=material, cases=cases, actor=actor, next_readers=[SENDERS])
    return rows


def waits_for_a_look(material: Material) -> QuerySet[PublicPage]:
    """Return the pages of a material that one person took down and nobody else has looked at."""
    rows = PublicPage.objects.filter(dispatch__material=material, down_review_due_at__isnull=False)
    return rows.filter(down_reviewed_at=None).order_by("taken_down_at")


def shortened(material: Material) -> QuerySet[PageShortening]:
    """Return what shortened the pages of a material by one person's act and nobody else has looked at."""
    return PageShortening.objects.unseen().filter(page__dispatch__material=material).order_by("shortened_at")


def may_be_read(page: PublicPage) -> bool:
    """Say whether a stranger may read this page now; asked at each request, and every doubt means no."""
    if page.taken_down_at is not None or page.dispatch.dispatched_at is None:
        return False
    renew_scan(page.dispatch)
    return bool(gate.still_open(page.dispatch, grace=page_expiry.grace_of(page))) and is_authentic(page.dispatch)
