"""Questions about people that safety asks: who is on a case, and may this person sign on it now."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import SIGNING_DELAY, OfficeRole, holds
from accounts.signing import NotYet, may_sign_now
from casework.access import may, who_may
from casework.access.roles import RIGHTS
from casework.models import Case, CaseUserObjectPermission, Membership
from casework.models.case import not_over

IN_FORCE = Q(ended_at=None) & (~Q(user=F("granted_by")) | Q(is_opening=True) | Q(seconded_at__isnull=False))


def memberships_in_force(*, at: datetime | None = None) -> QuerySet[Membership]:
    """Return the roles that count now: not ended, not past their term, seconded where somebody asked for it themself."""
    return Membership.objects.filter(IN_FORCE).filter(Q(until=None) | Q(until__gt=at or timezone.now()))


def cases_of(user: User | AnonymousUser | None) -> QuerySet[Case]:
    """Return the cases this person is on in any role, also one that lets them see nothing (an outside reviewer)."""
    if user is None or not (user.is_authenticated and user.is_active):
        return Case.objects.none()
    by_right = CaseUserObjectPermission.objects.filter(not_over(), user_id=user.pk).values("content_object_id")
    by_role = memberships_in_force().filter(user_id=user.pk).values("case_id")
    return Case.objects.filter(Q(pk__in=by_right) | Q(pk__in=by_role))


def people_on(case: Case, *, but: User | None = None) -> list[User]:
    """Return the active people on the case, without one of them."""
    on_it = memberships_in_force().filter(case=case).values("user_id")
    found = User.objects.filter(pk__in=on_it, is_active=True).order_by("name")
    return [person for person in found if but is None or person.pk != but.pk]


def people_with(right: str, case: Case) -> list[User]:
    """Return the active people who were given this right on the case, by name."""
    given = CaseUserObjectPermission.objects.filter(not_over(), content_object=case, permission__codename=right)
    return list(User.objects.filter(pk__in=given.values("user_id"), is_active=True).order_by("name"))


def why_not_sign(user: User, case: Case, *, right: str, at: datetime | None = None) -> NotYet | None:
    """Return why this person may not sign on this case now; None when nothing about the person stands against it.

    Whoever was put on the case at their own request waits for a day after the second person agreed. A right of
    directors asks for the office's director role, in effect. The right on the case itself is asked by `require`.
    """
    at = at or timezone.now()
    reason = may_sign_now(user, at)
    if reason:
        return reason
    if right == "sign_high" and not holds(user, OfficeRole.DIRECTOR, at=at):
        return NotYet("not-a-director", _("Only a director, for a day at least, signs a high risk."))
    giving = [role for role, rights in RIGHTS.items() if right in rights]
    rows = [row for row in memberships_in_force(at=at).filter(case=case, user=user, role__in=giving)]
    own = [row.seconded_at + SIGNING_DELAY for row in rows if row.is_at_own_request and row.seconded_at]
    if rows and len(own) == len(rows) and at < min(own):
        return NotYet(
            "own-request", _("You were put on this case at your own request less than 24 hours ago."), min(own)
        )
    return None


def signers_of(case: Case, right: str) -> list[User]:
    """Return who was given this right on the case and may use it today, by name."""
    return [person for person in who_may(case, right) if why_not_sign(person, case, right=right) is None]


def names_of(keys: Mapping[str, int]) -> dict[str, str]:
    """Return the same names of things with the name of the person in place of their key."""
    people = User.objects.in_bulk(set(keys.values()))
    return {thing: str(people[pk]) for thing, pk in keys.items() if pk in people}


def may_sign_high(user: User, case: Case, *, at: datetime | None = None) -> bool:
    """Say whether this person may sign a high risk on this case now."""
    return may(user, "sign_high", case) and why_not_sign(user, case, right="sign_high", at=at) is None


def may_read_content(rights: frozenset[str]) -> bool:
    """Say whether these rights on a case let somebody read what an assessment says, not only its level and dates."""
    return bool(rights & {"view_identity", "assess_risk", "sign_risk", "sign_high"})
