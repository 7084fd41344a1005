"""What the pages about inviting and coming in show."""

from dataclasses import dataclass

from accounts.forms.people import InviteForm
from accounts.forms.sign_in import NewPasswordForm
from accounts.models import Invitation


@dataclass(frozen=True)
class InvitePage:
    """Whom an administrator invites (accounts/invite.html)."""

    form: InviteForm


@dataclass(frozen=True)
class AcceptPage:
    """Choosing a password through an open door (accounts/accept_invitation.html)."""

    form: NewPasswordForm
    invitation: Invitation
