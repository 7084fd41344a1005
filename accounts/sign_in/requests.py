"""What a view receives behind LoginRequiredMiddleware: a request of somebody who is signed in."""

from django.http import HttpRequest

from accounts.models import User
from accounts.sign_in.freshness import Proof
from accounts.sign_in.session_store import SessionStore


class SignedInRequest(HttpRequest):
    """For annotations: `user` is a person, and behind fresh_second_factor there is a proof."""

    user: User  # type: ignore[assignment]
    session: SessionStore
    second_factor_proof: Proof
