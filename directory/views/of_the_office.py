"""To outside reviewers the directory does not exist: it says whom the office writes to and whom it trusts."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.roles import is_of_the_office
from accounts.sign_in.requests import SignedInRequest
from directory.actions.entries import MAY_NOT_WRITE
from directory.actions.recipients import may_enter


def of_the_office(request: SignedInRequest) -> None:
    """Answer 404 to who is of another organisation."""
    if not is_of_the_office(request.user):
        raise Http404


def who_writes(request: SignedInRequest) -> None:
    """Answer 404 to who is of another organisation, and 403 to who may not write in the directory."""
    of_the_office(request)
    if not may_enter(request.user):
        raise PermissionDenied(MAY_NOT_WRITE)
