"""The one place that says whether a person may do something on a case, and that changes who may."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.access.roles import ALL_RIGHTS, RIGHTS, rights_of
from casework.models import Case, CaseUserObjectPermission, Membership, PossibleTwin
from casework.models.case import not_over, permission_ids
from sealing.queries import PERSON, TEXT, row_of, several, written_once

MANY = 1000

NOT_GIVEN = {
    "view_case": _("You were not given the right to see this case."),
    "view_identity": _("You were not given the right to see who this case is about."),
    "change_case": _("You were not given the right to change the case."),
    "add_to_packet": _("You were not given the right to add people around and events to this case."),
    "manage_access": _("You were not given the right to say who works on this case."),
    "plan": _("You were not given the right to plan on this case."),
    "write_material": _("You were not given the right to write materials of this case."),
    "assess_risk": _("You were not given the right to assess the risk of this case."),
    "dispatch": _("You were not given the right to dispatch what is cleared on this case."),
    "sign_review": _("You were not given the right to sign or send back materials of this case."),
    "sign_risk": _("You were not given the right to sign risk assessments of this case."),
    "sign_high": _("You were not given the right to sign a high risk on this case."),
    "lift_hold": _("You were not given the right to lift a hold of this case."),
    "keep_consent": _("You were not given the right to keep the consents of this case."),
}


@written_once(actor=PERSON, right=TEXT, case=row_of(Case))
def _with_right(*, actor: User, right: str, case: Case) -> QuerySet[Case, uuid.UUID]:
    return Case.objects.where(actor, may=right).filter(pk=case.pk).order_by().values_list("pk", flat=True)[:1]


@written_once(actor=PERSON)
def _one_too_many(*, actor: User) -> QuerySet[CaseUserObjectPermission, int]:
    held = CaseUserObjectPermission.objects.filter(user_id=actor.pk, permission_id__in=permission_ids("view_case"))
    return held.filter(not_over()).order_by().values_list("pk", flat=True)[MANY : MANY + 1]


@written_once(actor=PERSON, case=row_of(Case))
def _rights(*, actor: User, case: Case) -> QuerySet[CaseUserObjectPermission, str]:
    rows = CaseUserObjectPermission.objects.filter(not_over(), user_id=actor.pk, content_object_id=case.pk)
    return rows.values_list("permission__codename", flat=True)


class NotAllowed(PermissionDenied):
    """The person may see the case but was not given this right on it; the text says which, in words."""

    def __init__(self, right: str, case: Case) -> None:
        self.right, self.case_reference = right, case.reference
        super().__init__(str(NOT_GIVEN.get(right, right)))


def require(actor: User, right: str, case: Case) -> None:
    """Let the act go on when the actor has the right on the case; raise NotAllowed when not."""
    if not may(actor, right, case):
        raise NotAllowed(right, case)


def may(actor: User, right: str, case: Case) -> bool:
    """Say whether the actor was given this right on the case."""
    return bool(_with_right(actor=actor, right=right, case=case))


def who_may(case: Case, *rights: str) -> list[User]:
    """Return the active people who were given one of these rights on the case, by name, in one query."""
    return list(_who_may(case=case, rights=sorted(rights))) if rights else []


@written_once(case=row_of(Case), rights=several(TEXT))
def _who_may(*, case: Case, rights: list[str]) -> QuerySet[User]:
    held = CaseUserObjectPermission.objects.filter(
        not_over(), content_object_id=case.pk, permission__codename__in=rights
    )
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("name")


def sees_many(actor: User) -> bool:
    """Say whether the actor may see more than a thousand cases: then a long list is asked for row by row."""
    return bool(_one_too_many(actor=actor))


def rights_on(actor: User, case: Case) -> frozenset[str]:
    """Return every right the actor has on the case, in one query; nobody has none."""
    return frozenset(_rights(actor=actor, case=case))


def lock(*cases: Any) -> list[Case]:
    """Lock these cases (rows or keys) in key order until the transaction ends, and return them fresh."""
    wanted = {getattr(case, "pk", case) for case in cases}
    return list(Case.objects.filter(pk__in=wanted).order_by("pk").select_for_update())


def lock_with_twins(*cases: Any) -> list[Case]:
    """Lock these cases as `lock` does, and with them those that may be about the same person; return these cases alone.

    Whatever is asked of the gate locks so: a hold or a wish on the other case counts here too.
    """
    wanted = {getattr(case, "pk", case) for case in cases}
    pairs = PossibleTwin.objects.of(*wanted).values_list("one_id", "other_id")
    return [case for case in lock(*wanted, *(key for pair in pairs for key in pair)) if case.pk in wanted]


def settle_rights(case: Case, user: User) -> set[str]:
    """Make the person's rights on the case exactly those of the roles in force; return them.

    A right lasts as long as the longest role that gives it, and counts for nothing afterwards, at once.
    """
    rows = [row for row in _open_memberships(case=case, user=user) if row.is_in_force]
    wanted = {right: _lasts(right, rows) for right in rights_of({row.role for row in rows})}
    have = {right: (pk, until) for pk, right, until in _given(case=case, user=user, rights=sorted(ALL_RIGHTS))}
    wrong = {right: pk for right, (pk, until) in have.items() if right not in wanted or until != wanted[right]}
    if wrong:
        CaseUserObjectPermission.objects.filter(pk__in=list(wrong.values())).delete()
    missing = sorted(wanted.keys() - (have.keys() - wrong.keys()))
    CaseUserObjectPermission.objects.bulk_create(
        [
            CaseUserObjectPermission(user=user, permission_id=pk, content_object=case, until=wanted[right])
            for pk, right in (_permissions(rights=missing) if missing else ())
        ]
    )
    return set(wanted)


def rights_of_opener(cases: Iterable[Case], user: User) -> list[CaseUserObjectPermission]:
    """Return the rights, not yet stored, of who coordinates these new cases from their first moment and without an end.

    What settle_rights would give for that one role, for many cases at once; only for cases on which nobody is yet.
    """
    ids = [pk for pk, _right in _permissions(rights=sorted(RIGHTS[Membership.Role.COORDINATOR]))]
    return [CaseUserObjectPermission(user=user, permission_id=pk, content_object=case) for case in cases for pk in ids]


@written_once(case=row_of(Case), user=row_of(User))
def _open_memberships(*, case: Case, user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(case=case, user=user, ended_at=None)


@written_once(case=row_of(Case), user=row_of(User), rights=several(TEXT))
def _given(*, case: Case, user: User, rights: list[str]) -> QuerySet[CaseUserObjectPermission, tuple[Any, ...]]:
    held = CaseUserObjectPermission.objects.filter(user=user, content_object=case, permission__codename__in=rights)
    return held.values_list("pk", "permission__codename", "until")


@written_once(rights=several(TEXT))
def _permissions(*, rights: list[str]) -> QuerySet[Permission, tuple[int, str]]:
    of_cases = Permission.objects.filter(content_type__app_label="casework", content_type__model="case")
    return of_cases.filter(codename__in=rights).order_by("pk").values_list("pk", "codename")


def _lasts(right: str, rows: list[Membership]) -> dt.datetime | None:
    """Return until when these roles give the right; None for ever."""
    ends = [row.until for row in rows if right in RIGHTS[row.role]]
    return None if None in ends else max(end for end in ends if end)
