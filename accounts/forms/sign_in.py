"""Signing in: name and password, the second factor, and a new password."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import CodeField
from accounts.models import User
from accounts.sign_in.devices import counter_of
from accounts.sign_in.freshness import METHODS

CODE_ATTRS = {
    "autocomplete": "one-time-code",
    "inputmode": "text",
    "autocapitalize": "off",
    "spellcheck": "false",
}


def code_field() -> CodeField:
    """The one question of a second factor."""
    return CodeField(
        label=_("Code"),
        help_text=_("Six figures from your authenticator application, or one of your recovery codes."),
        max_length=40,
        widget=forms.TextInput(attrs=CODE_ATTRS),
    )


class SignInForm(LoginForm):
    """Sign-in name and password; the second factor follows on the next page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


TOO_MANY_CODES = _("Too many wrong codes. Wait a few minutes, then use the newest code.")


def is_slowed(action: str, person: Any) -> bool:
    """Count an attempt of this person here, and say whether it is one too many: at a known device it counts apart."""
    return not ratelimit.consume(context.request, action=action, key=counter_of(context.request, person))


class Slowed:
    """Codes are counted by us: allauth counts them on the account alone, and a stranger could keep its owner out."""

    user: User

    def clean_code(self) -> str:
        """Return the code when an authenticator of this person takes it: each code once."""
        if is_slowed("second_factor", self.user):
            raise ValidationError(TOO_MANY_CODES)
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]
        held = list(Authenticator.objects.filter(user_id=self.user.pk, type__in=METHODS).order_by("-type"))
        for authenticator in held:
            if authenticator.wrap().validate_code(code):
                authenticator.user = self.user
                self.authenticator = authenticator
                ratelimit.clear(context.request, action="second_factor", key=counter_of(context.request, self.user))
                return code
        if held:
            self._emit_authentication_failed(held[0])  # type: ignore[attr-defined]
        raise get_adapter().validation_error("incorrect_code")


class SignInCodeForm(Slowed, AuthenticateForm):
    """The code of a sign-in."""

    code = code_field()


class ProveAgainForm(Slowed, ReauthenticateForm):
    """The code that renews the proof of a second factor."""

    code = code_field()


class FactorForm(forms.Form):
    """The first code of a new authenticator, which shows that the secret arrived."""

    code = CodeField(
        label=_("Code that the application shows now"),
        help_text=_("Six figures."),
        max_length=40,
        widget=forms.TextInput(attrs={**CODE_ATTRS, "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, secret: str, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret, self.user = secret, user

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if is_slowed("second_factor", self.user):
            raise ValidationError(TOO_MANY_CODES)
        if not validate_totp_code(self.secret, code):
            raise ValidationError(_("This code does not fit. Check the clock of the device, and use the newest code."))
        return code


class NewPasswordForm(forms.Form):
    """A password, twice."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        first, again = cleaned.get("password1"), cleaned.get("password2")
        if first and again and first != again:
            self.add_error("password2", _("The two passwords differ."))
        return cleaned


class ChangePasswordForm(AllauthChangePasswordForm):
    """The old password and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("The same password again")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean_oldpassword(self) -> str:
        """Take the present password, a few times a minute at most."""
        if is_slowed("present_password", self.user):
            raise ValidationError(_("That was tried too often. Wait one minute, then try again."))
        return str(super().clean_oldpassword())
