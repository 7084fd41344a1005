"""What the pages about one's own account show."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import drafts
from accounts.forms.me import AccountForm
from accounts.models import Absence, Draft, PersonRole, User
from accounts.roles import SECONDING_ROLES, OfficeRole, holds
from accounts.sign_in import browsers, factors
from accounts.signing import NotYet, may_sign_now


@dataclass(frozen=True)
class MePage:
    """My account (accounts/me.html)."""

    form: AccountForm
    roles: list[PersonRole]
    not_yet: NotYet | None
    has_factor: bool
    codes_left: int
    drafts: list[Draft]
    may_confirm: bool
    unread: int
    away: Absence | None


@dataclass(frozen=True)
class SessionRow:
    """One session: in which browser, since when, and whether it is this one."""

    browser: str
    created_at: dt.datetime
    is_current: bool


@dataclass(frozen=True)
class SessionsPage:
    """Where I am signed in (usersessions/usersession_list.html)."""

    sessions: list[SessionRow]
    devices: int


@dataclass(frozen=True)
class CalendarAddressPage:
    """My private calendar address (accounts/calendar_address.html); `address` is there once, when it was just made."""

    made_at: dt.datetime | None
    last_used_on: dt.date | None
    address: str


@dataclass(frozen=True)
class DraftPage:
    """A form of mine that came too late, and where it is sent again (accounts/draft.html)."""

    draft: Draft
    fields: list[tuple[str, str]]
    target: str


def me_page(person: User, form: AccountForm) -> MePage:
    """Return what somebody sees of their own account; only kept forms that they may still see."""
    coming = Absence.objects.standing().filter(ends_on__gte=timezone.localdate())
    return MePage(
        form=form,
        roles=list(PersonRole.objects.live().filter(user=person).order_by("role")),
        not_yet=may_sign_now(person),
        has_factor=factors.has_factor(person),
        codes_left=len(factors.recovery_codes_left(person)),
        drafts=[kept for kept in Draft.objects.of(person) if drafts.may_reopen(person, kept)],
        may_confirm=holds(person, OfficeRole.ADMINISTRATOR, *SECONDING_ROLES),
        unread=person.notices.filter(read_at=None, case_id=None).count(),
        away=coming.filter(user=person).select_related("deputy").order_by("begins_on").first(),
    )


def sessions_page(rows: Iterable[UserSession], *, here: str, devices: int) -> SessionsPage:
    """Return these sessions, the newest first; `here` is what the row of this one is called. And how many devices are
    known to the account.
    """
    newest_first = sorted(rows, key=lambda row: row.created_at, reverse=True)
    return SessionsPage(
        [
            SessionRow(browsers.browser_in_words(row.user_agent), row.created_at, row.session_key == here)
            for row in newest_first
        ],
        devices,
    )


def calendar_address_page(person: User, *, address: str = "") -> CalendarAddressPage:
    """Return since when a person has an address and when it was used last; the address itself only where it is given."""
    row = person.calendar_addresses.live().first()
    return CalendarAddressPage(row.made_at if row else None, row.last_used_on if row else None, address)


def draft_page(kept: Draft) -> DraftPage:
    """Return a kept form; it is sent again to an address of this site and to no other."""
    is_ours = kept.path.startswith("/") and url_has_allowed_host_and_scheme(kept.path, allowed_hosts=None)
    return DraftPage(kept, list(kept.fields()), target=kept.path if is_ours else settings.LOGIN_REDIRECT_URL)
