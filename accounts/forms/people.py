"""What administrators say of others: invitations, roles, resets."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actions.joining import ADDRESS_TAKEN, NAMED_ALIKE, SIGN_IN_NAME_TAKEN, address_is_taken
from accounts.models import PendingAct
from accounts.names import NOT_TYPED, SIGN_IN_NAME, reads_like_another, why_unreadable
from accounts.roles import OfficeRole


def refuse_unreadable(text: str) -> None:
    """Raise ValidationError for a name that nobody could read or tell apart."""
    if fault := why_unreadable(text):
        raise ValidationError(fault)


class InviteForm(forms.Form):
    """Whom an administrator invites."""

    username = forms.RegexField(
        SIGN_IN_NAME,
        label=_("Sign-in name"),
        max_length=60,
        help_text=_("Letters, figures and . @ + - _"),
        error_messages={"invalid": NOT_TYPED},
        validators=[refuse_unreadable],
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "off",
                "spellcheck": "false",
            }
        ),
    )
    name = forms.CharField(label=_("Name shown to colleagues"), max_length=120, validators=[refuse_unreadable])
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The link goes there and works for 72 hours, once."),
    )

    def clean_username(self) -> str:
        """Say next to the question that this sign-in name is taken, or reads like one that is."""
        if reads_like_another(self.cleaned_data["username"], field="username"):
            raise ValidationError(SIGN_IN_NAME_TAKEN)
        return str(self.cleaned_data["username"])

    def clean_name(self) -> str:
        """Say next to the question that somebody is called so."""
        if reads_like_another(self.cleaned_data["name"], field="name"):
            raise ValidationError(NAMED_ALIKE)
        return str(self.cleaned_data["name"])

    def clean_email(self) -> str:
        """Say next to the question that this address is taken; the page is for administrators alone."""
        if address_is_taken(self.cleaned_data["email"]):
            raise ValidationError(ADDRESS_TAKEN)
        return str(self.cleaned_data["email"])


class RoleForm(forms.Form):
    """An office role for one person."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *OfficeRole.choices])
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class CloseAccountForm(forms.Form):
    """Why an account is to be closed, for those who are asked to confirm it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Whoever is asked to confirm it reads this."),
    )


class ResetForm(forms.Form):
    """What of a person is to be reset, and why."""

    what = forms.ChoiceField(
        label=_("What is lost"),
        choices=[
            ("", _("Choose what is lost")),
            (PendingAct.Kind.RESET_FACTOR, _("The second factor")),
            (PendingAct.Kind.RESET_PASSWORD, _("The password")),
        ],
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("How you know that it is really this person who asks."),
    )
