"""Where a person is signed in. The rows hold the HMAC of each session's key, so allauth's own ways with them are not used."""

from collections.abc import Collection

from allauth.core.internal.sessionkit import get_session_user
from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.sign_in.requests import SignedInRequest
from accounts.sign_in.session_store import SessionStore, row_key

LONGEST_NAME = 200


def note_session(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Note that this session is this person's, and in which browser. No address is kept."""
    if not request.session.session_key:
        request.session.save()
    browser = request.META.get("HTTP_USER_AGENT", "")[:LONGEST_NAME]
    facts = {"user": user, "ip": "0.0.0.0", "user_agent": browser}  # noqa: S104 -- allauth's table asks for one
    UserSession.objects.update_or_create(session_key=row_key(str(request.session.session_key)), defaults=facts)


def renew_session(request: SignedInRequest) -> None:
    """Give this session a new key, and let the one before open nothing: whoever had copied it is left outside."""
    before = request.session.row_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.row_key)


def sessions_of(person: User) -> list[UserSession]:
    """Return the sessions in which this person is signed in now; rows of those that ended go."""
    rows = list(UserSession.objects.filter(user_id=person.pk))
    keys = [row.session_key for row in rows]
    live = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    known = {session.session_key for session in live if is_of(session, person)}
    UserSession.objects.filter(pk__in=[row.pk for row in rows if row.session_key not in known]).delete()
    return [row for row in rows if row.session_key in known]


def is_of(session: Session, person: User) -> bool:
    """Whether a request with this session would be this person's: neither password nor epoch changed since."""
    opened = SessionStore()
    opened.update(session.get_decoded())
    return bool(get_session_user(opened) == person)


def end_rows(keys: Collection[str]) -> None:
    """End the sessions whose rows are called so."""
    Session.objects.filter(session_key__in=keys).delete()
