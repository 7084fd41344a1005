"""Forms that came after the session's limit, or are being written: kept for their writer, and offered to them again."""

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

from accounts.models import Draft, User
from audit.trail import record

View = TypeVar("View", bound=Callable[..., object])
Door = Callable[[User, ResolverMatch], bool]

_doors: list[Door] = []

MOST_KEPT = 20
MOST_OF_A_SESSION = 5
MOST_CHARACTERS = 400_000
SOONEST = dt.timedelta(seconds=5)
KEPT, KEPT_AT, GO_ON = "kept_form", "kept_at", "go_on"  # of a page: what is kept of it, where; show it, do nothing
SECRET_FIELDS = frozenset(
    {
        "csrfmiddlewaretoken",
        "code",
        "next",
        "token",
        "secret",
        "return_to",
        "another",
        "seen_double",
        KEPT,
        KEPT_AT,
        GO_ON,
    }
)
SECRET_STARTS = ("password", "oldpassword", "new_password")
SIGN_IN_NAMES = ("account_", "mfa_")


class NotKeptNow(Exception):
    """A page that is being written was not kept; `status` says why to its script."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"not kept: {status}")


def keeps_no_draft(view: View) -> View:
    """Say of a view that what is sent to it is never kept: passwords, codes, keys."""
    view.keeps_no_draft = True  # type: ignore[attr-defined]
    return view


def may_keep(request: HttpRequest, view: Callable[..., object]) -> bool:
    """Whether what was sent may be kept: a form, to a page that is not about signing in."""
    if request.method != "POST" or getattr(view, "keeps_no_draft", False):
        return False
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    return not name.startswith(SIGN_IN_NAMES)


def keep_draft(*, person: User, request_path: str, fields: list[tuple[str, str]], now: dt.datetime) -> Draft | None:
    """Keep the fields of one form for one person for a week, sealed; nothing when there is nothing to keep."""
    kept = _worth_keeping(fields)
    return _keep(person, request_path, kept, now) if kept else None


def _keep(person: User, request_path: str, kept: list[tuple[str, str]], now: dt.datetime, **marks: Any) -> Draft:
    sweep(now)
    draft = _write(person, request_path, kept, now, **marks)
    older = Draft.objects.of(person, now).filter(is_confirmed=True)[MOST_KEPT:]
    Draft.objects.filter(pk__in=[row.pk for row in older]).delete()
    record(actor=person, verb="accounts.draft.kept", about=draft)
    return draft


@transaction.atomic
def keep_for(
    *, person: User, ended_session: str, request_path: str, fields: list[tuple[str, str]], now: dt.datetime
) -> Draft | None:
    """Keep a form for somebody whose session had ended when it came: not confirmed, and not as an act of theirs.

    A session keeps a few, and all ended ones together not many: what comes after that is not kept, and pushes out nothing.
    """
    kept = _worth_keeping(fields)
    sweep(now)
    User.objects.select_for_update().filter(pk=person.pk).first()
    waiting = Draft.objects.of(person, now).filter(is_confirmed=False)
    is_full = waiting.filter(ended_session=ended_session).count() >= MOST_OF_A_SESSION or waiting.count() >= MOST_KEPT
    if not kept or is_full:
        return None
    draft = _write(person, request_path, kept, now, is_confirmed=False, ended_session=ended_session)
    record(actor=None, verb="accounts.draft.kept_for", about=draft, person=person.pk)
    return draft


def _worth_keeping(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the fields that are kept; none where they are empty, or longer than any form of ours."""
    kept = [(name, value) for name, value in fields if not is_secret(name)]
    is_too_long = sum(len(name) + len(value) for name, value in kept) > MOST_CHARACTERS
    return [] if is_too_long or not any(value.strip() for _name, value in kept) else kept


def _write(person: User, path: str, kept: list[tuple[str, str]], now: dt.datetime, **marks: Any) -> Draft:
    expires_at = now + dt.timedelta(days=7)
    body = json.dumps(kept)
    return Draft.objects.create(user=person, path=path[:500], body=body, created_at=now, expires_at=expires_at, **marks)


def keep_latest(*, person: User, request_path: str, fields: list[tuple[str, str]], now: dt.datetime) -> None:
    """Keep what was typed into a page that could not take it yet, in place of what was kept of the same page before."""
    own = Draft.objects.of(person, now).filter(is_confirmed=True, path=request_path)
    before = set(own.values_list("pk", flat=True))
    if keep_draft(person=person, request_path=request_path, fields=fields, now=now):
        Draft.objects.filter(pk__in=before).delete()


@transaction.atomic
def keep_typed(
    *, person: User, request_path: str, fields: list[tuple[str, str]], replaces: uuid.UUID | None, now: dt.datetime
) -> Draft:
    """Keep what stands in a page that is being written, in place of what was kept from this very page before.

    Raises NotKeptNow: 404 for a page whose forms this person has no way to, 422 where nothing is worth keeping, 429 within
    five seconds of the last one, 409 where something else is kept of the page, which nobody has looked at yet.
    """
    kept = _worth_keeping(fields)
    User.objects.select_for_update().filter(pk=person.pk).first()
    own = Draft.objects.of(person, now).filter(is_confirmed=True)
    there = own.filter(path=request_path[:500]).first()
    why_not = (
        (404, not _may_keep_typed(person, request_path)),
        (422, not kept),
        (429, own.filter(created_at__gt=now - SOONEST).exists()),
        (409, there is not None and there.pk != replaces),
    )
    for status, is_so in why_not:
        if is_so:
            raise NotKeptNow(status)
    if there is None:
        return _keep(person, request_path, kept, now, is_begun=True)
    there.body, there.created_at, there.expires_at = json.dumps(kept), now, now + dt.timedelta(days=7)
    there.save(update_fields=["body", "created_at", "expires_at"])
    return there


def _may_keep_typed(person: User, address: str) -> bool:
    """Say whether this is a page of ours that may keep a form, and that every door opens to this person."""
    try:
        parts = urlsplit(address)
        page = resolve(parts.path)
    except (Resolver404, ValueError):
        return False
    if parts.scheme or parts.netloc:
        return False
    is_secret_page = getattr(page.func, "keeps_no_draft", False) or (page.url_name or "").startswith(SIGN_IN_NAMES)
    return not is_secret_page and all(door(person, page) for door in _doors)


def kept_of_page(person: User, request_path: str, now: dt.datetime) -> Draft | None:
    """Return what is kept of this page for this person, the newest; None where nothing is."""
    return Draft.objects.of(person, now).filter(path=request_path, is_confirmed=True).first()


def forget_sent(*, person: User, named: str) -> None:
    """Forget the kept form that a page names, which is saved now; nothing where it names none of this person."""
    key = as_key(named)
    if key:
        Draft.objects.filter(user_id=person.pk, pk=key).delete()


def as_key(named: str) -> uuid.UUID | None:
    """Return the key that a page sent; None for anything else."""
    try:
        return uuid.UUID(named)
    except ValueError:
        return None


def latest_draft(*, person: User, request_path: str, now: dt.datetime) -> dict[str, str]:
    """Return what this person typed into this page last and could not send, by field; empty when nothing is kept."""
    draft = Draft.objects.of(person, now).filter(path=request_path, is_confirmed=True).first()
    return dict(draft.fields()) if draft and may_reopen(person, draft) else {}


def forget_draft(*, person: User, request_path: str) -> None:
    """Forget what was kept of a page that has taken it now."""
    Draft.objects.filter(user_id=person.pk, path=request_path, is_confirmed=True).delete()


def register_door(door: Door) -> None:
    """Have `door(person, page)` asked before a kept form is shown; the apps above know whose pages theirs are."""
    if door not in _doors:
        _doors.append(door)


def may_reopen(person: User, draft: Draft) -> bool:
    """Whether this person may still see what the form was about: their rights of now count, not those of then."""
    try:
        page = resolve(urlsplit(draft.path).path)
    except Resolver404:
        return True
    return all(door(person, page) for door in _doors)


def is_secret(name: str) -> bool:
    """Fields that are never kept, by name."""
    return name in SECRET_FIELDS or name.startswith(SECRET_STARTS)


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The text fields of a form as they were sent; files are left out."""
    return [(name, value) for name, values in request.POST.lists() for value in values]


def sweep(now: dt.datetime) -> int:
    """Forget the drafts that nobody sent within a week."""
    return Draft.objects.expired(now).delete()[0]
