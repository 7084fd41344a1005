"""What the pages about the second factor show."""

from dataclasses import dataclass

import segno
from allauth.mfa.adapter import get_adapter

from accounts.forms.sign_in import FactorForm, ProveAgainForm
from accounts.models import User


@dataclass(frozen=True)
class ProveAgainPage:
    """The code that renews the proof, and where to go afterwards (mfa/reauthenticate.html)."""

    form: ProveAgainForm
    next: str


@dataclass(frozen=True)
class FactorPage:
    """The secret as picture and as text; this page alone may show data: images (mfa/totp/activate_form.html)."""

    form: FactorForm
    picture: str
    groups: list[str]


@dataclass(frozen=True)
class RecoveryCodesPage:
    """The recovery codes that are left (mfa/recovery_codes/index.html)."""

    codes: list[str]


def factor_page(person: User, secret: str, form: FactorForm) -> FactorPage:
    """Return the secret of a new authenticator, to be read by a camera or typed."""
    address = get_adapter().build_totp_url(person, secret)
    return FactorPage(
        form=form,
        picture=segno.make(address, error="m").png_data_uri(scale=5, border=4),
        groups=[secret[start : start + 4] for start in range(0, len(secret), 4)],
    )
