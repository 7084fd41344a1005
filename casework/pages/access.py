"""What the pages about who is on a case show: the list of roles, and the question before a role changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.second_person import who_agrees
from casework.access import who_may
from casework.actions.members import SECONDING_RIGHTS
from casework.models import Case, Membership
from sealing.queries import row_of, written_once

MOST_PAST = 50
OF_A_MEMBER = [
    *("case_id", "role", "granted_by_id", "is_opening", "seconded_at", "until", "ended_at"),
    *("user__name", "user__username"),
]
ROLE_MEANS = {
    "coordinator": _("sees and writes all, gives access, plans, writes materials, dispatches what is cleared"),
    "researcher": _("sees and writes the packet, writes risk assessments"),
    "communications": _("sees the case without names, writes materials"),
    "reviewer": _("reads all, signs or sends back, lifts holds; never their own text"),
    "director": _("reads all, signs, and alone signs a high risk"),
    "liaison": _("sees all, keeps consent and the contact with the family, adds people around and events"),
    "legal": _("sees and writes the packet"),
    "reader": _("sees the case without names"),
    "outside_reviewer": _("sees only what is sent for review"),
}


@dataclass(frozen=True)
class MembershipRow:
    """One role on the case, with what its reader may do about it and who else could agree."""

    row: Membership
    is_waiting: bool
    second_url: str
    end_url: str
    who: str = ""


@dataclass(frozen=True)
class TeamMember:
    """Somebody who works on the case, with their roles in words."""

    name: str
    roles: str
    is_lead: bool


@dataclass(frozen=True)
class AccessPage:
    """Who is on the case, who was, and what each role may do (casework/access.html)."""

    case: Case
    current: Sequence[MembershipRow]
    past: Sequence[Membership]
    may_add: bool
    meanings: Sequence[tuple[str | Promise, str | Promise]]
    tab: str = "packet"


@dataclass(frozen=True)
class DecidePage:
    """One question with a yes, and why it was refused when it was (casework/decide.html)."""

    case: Case
    title: str
    lead: str
    act: str
    refusals: Sequence[str]
    back_url: str
    tab: str = "packet"


def access_page(case: Case, reader: User, rights: frozenset[str]) -> AccessPage:
    """Return the roles on the case; who may agree to one that waits is asked once for all of them."""
    rows = list(
        Membership.objects.filter(case=case)
        .select_related("user", "granted_by", "seconded_by", "ended_by")
        .order_by("role", "user__name", "-granted_at")
    )
    past = [row for row in rows if row.ended_at]
    return AccessPage(
        case=case,
        current=_with_second_people(case, [_shown(row, reader, rights) for row in rows if row.ended_at is None]),
        past=sorted(past, key=lambda row: row.ended_at or row.granted_at, reverse=True)[:MOST_PAST],
        may_add="manage_access" in rights,
        meanings=[(label, ROLE_MEANS[code]) for code, label in Membership.Role.choices],
    )


def decide_page(row: Membership, *, title: str, lead: str, act: str, refusals: Sequence[str]) -> DecidePage:
    """Return the question about one role."""
    return DecidePage(
        case=row.case,
        title=title,
        lead=lead,
        act=act,
        refusals=refusals,
        back_url=reverse("casework:access", args=[row.case.reference]),
    )


def members_of(case: Case) -> list[Membership]:
    """Return the roles on the case that did not end, those that wait for a second person included; one query."""
    return _not_ended(case=case)


@written_once(case=row_of(Case))
def _not_ended(*, case: Case) -> QuerySet[Membership]:
    rows = Membership.objects.filter(case=case, ended_at=None).select_related("user").order_by("granted_at")
    return rows.only(*OF_A_MEMBER)


def team(case: Case, members: list[Membership]) -> list[TeamMember]:
    """Return the people whose role counts, with their roles; the lead first."""
    people: dict[User, list[str]] = {}
    for row in members:
        if row.is_in_force:
            people.setdefault(row.user, []).append(str(row.get_role_display()).lower())
    found = []
    for user, roles in people.items():
        is_lead = user.pk == case.lead_id
        found.append(TeamMember(str(user), ", ".join([*roles, *([gettext("lead")] if is_lead else [])]), is_lead))
    return sorted(found, key=lambda one: not one.is_lead)


def _with_second_people(case: Case, lines: list[MembershipRow]) -> list[MembershipRow]:
    """Say of each who waits who may agree; asked once for all of them."""
    people = who_may(case, *SECONDING_RIGHTS) if any(line.is_waiting for line in lines) else []
    return [
        replace(line, who=who_agrees(people, but=[line.row.user_id])) if line.is_waiting else line for line in lines
    ]


def _shown(row: Membership, reader: User, rights: frozenset[str]) -> MembershipRow:
    """Return one role with what this reader may do about it."""
    address = [row.case.reference, row.pk]
    may_second = not row.is_in_force and row.user_id != reader.pk and bool(rights & SECONDING_RIGHTS)
    may_end = "manage_access" in rights or row.user_id == reader.pk
    return MembershipRow(
        row=row,
        is_waiting=not row.is_in_force,
        second_url=reverse("casework:second_member", args=address) if may_second else "",
        end_url=reverse("casework:end_member", args=address) if may_end else "",
    )
