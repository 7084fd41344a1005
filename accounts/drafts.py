"""Forms that came after the session's limit: kept for their writer, offered after signing in."""

import datetime as dt
import json
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

from accounts.models import Draft, User
from audit.trail import record

View = TypeVar("View", bound=Callable[..., object])
Door = Callable[[User, ResolverMatch], bool]

_doors: list[Door] = []

MOST_KEPT = 20
MOST_CHARACTERS = 400_000
SECRET_FIELDS = frozenset({"csrfmiddlewaretoken", "code", "next", "token", "secret"})
SECRET_STARTS = ("password", "oldpassword", "new_password")
SIGN_IN_NAMES = ("account_", "mfa_")


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
    kept = [(name, value) for name, value in fields if not is_secret(name)]
    if not any(value.strip() for _name, value in kept):
        return None
    if sum(len(name) + len(value) for name, value in kept) > MOST_CHARACTERS:
        return None
    sweep(now)
    draft = Draft.objects.create(
        user=person,
        path=request_path[:500],
        body=json.dumps(kept),
        created_at=now,
        expires_at=now + dt.timedelta(days=7),
    )
    older = Draft.objects.of(person, now)[MOST_KEPT:]
    Draft.objects.filter(pk__in=[row.pk for row in older]).delete()
    record(actor=person, verb="accounts.draft.kept", about=draft)
    return draft


def keep_latest(*, person: User, request_path: str, fields: list[tuple[str, str]], now: dt.datetime) -> None:
    """Keep what was typed into a page that could not take it yet, in place of what was kept of the same page before."""
    before = set(Draft.objects.of(person, now).filter(path=request_path).values_list("pk", flat=True))
    if keep_draft(person=person, request_path=request_path, fields=fields, now=now):
        Draft.objects.filter(pk__in=before).delete()


def latest_draft(*, person: User, request_path: str, now: dt.datetime) -> dict[str, str]:
    """Return what this person typed into this page last and could not send, by field; empty when nothing is kept."""
    draft = Draft.objects.of(person, now).filter(path=request_path).first()
    return dict(draft.fields()) if draft and may_reopen(person, draft) else {}


def forget_draft(*, person: User, request_path: str) -> None:
    """Forget what was kept of a page that has taken it now."""
    Draft.objects.filter(user_id=person.pk, path=request_path).delete()


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
