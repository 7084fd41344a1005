"""Making and revoking one's own private calendar address, and finding whose a secret is."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import CalendarAddress, User
from accounts.models.invitation import token_digest
from audit.trail import record

TOKEN_BYTES = 32


@transaction.atomic
def make_calendar_address(*, actor: User) -> str:
    """Make a new private address of one's own and return its secret, which is kept nowhere; the one before stops working."""
    User.objects.select_for_update().get(pk=actor.pk)
    revoke_addresses_of(actor)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = CalendarAddress.objects.create(user=actor, token_sha256=token_digest(token))
    record(actor=actor, verb="accounts.calendar_address.made", about=row)
    return token


@transaction.atomic
def revoke_calendar_address(*, actor: User) -> None:
    """Revoke one's own private address; where there is none, nothing happens."""
    if revoke_addresses_of(actor):
        record(actor=actor, verb="accounts.calendar_address.revoked")


def revoke_addresses_of(person: User) -> int:
    """Revoke whatever address a person has and return how many that were; with a closed account or a reset it ends, too."""
    return CalendarAddress.objects.filter(user_id=person.pk, revoked_at=None).update(revoked_at=timezone.now())


def address_opened_with(token: str) -> CalendarAddress | None:
    """Return the live address that this secret opens, and note on which day it was used last; None for any other text.

    It is found by the hash of 256 random bits: how long that takes tells nothing about a secret that is nearly right.
    """
    row = CalendarAddress.objects.live().select_related("user").filter(token_sha256=token_digest(token)).first()
    today = timezone.localdate()
    if row and row.last_used_on != today:
        CalendarAddress.objects.filter(pk=row.pk).update(last_used_on=today)
        row.last_used_on = today
    return row
