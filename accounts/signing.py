"""The first day: whoever is new, was reset, or has just been given the right to sign, does not sign yet."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import SIGNING_DELAY


@dataclass(frozen=True)
class NotYet:
    """Why somebody may not sign now, and from when they may (None: not by waiting)."""

    code: str
    sentence: str | Promise
    until: dt.datetime | None = None

    def __str__(self) -> str:
        return str(self.sentence)


NOT_A_SIGNER = NotYet(
    "no-signing-role",
    _("Only somebody with a signing role may sign. Two people can give it."),
)


def may_sign_now(user: User, at: dt.datetime | None = None) -> NotYet | None:
    """The reason why this person may not sign at this time; None when nothing stands against it.

    This is about the person alone. Whether they may sign on one case is asked of the case.
    """
    at = at or timezone.now()
    if not (user.is_authenticated and user.is_active):
        return NotYet("not-active", _("This account may not sign in."))
    roles = user.office_roles.live().signing()
    if not roles.exists():
        return NOT_A_SIGNER
    if not user.is_founder and at < user.joined_at + SIGNING_DELAY:
        sentence = _("This account is less than 24 hours old. It may sign after that.")
        return NotYet("account-is-new", sentence, user.joined_at + SIGNING_DELAY)
    if user.reset_at and at < user.reset_at + SIGNING_DELAY:
        sentence = _("The password or the second factor was reset less than 24 hours ago.")
        return NotYet("account-was-reset", sentence, user.reset_at + SIGNING_DELAY)
    if not roles.filter(effective_at__lte=at).exists():
        sentence = _("The right to sign was given less than 24 hours ago.")
        return NotYet("role-is-new", sentence, roles.order_by("effective_at")[0].effective_at)
    return None
