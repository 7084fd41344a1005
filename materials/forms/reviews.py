"""What a reviewer answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NumberField


class SignRevisionForm(forms.Form):
    """Which text was read, and that the reader is free to judge it."""

    revision = NumberField(widget=forms.HiddenInput)
    mac = forms.CharField(widget=forms.HiddenInput, max_length=64)
    is_free = forms.BooleanField(
        label=_("I did not write or edit this, and have no interest of my own in the case."),
        error_messages={"required": _("Say that you are free to judge this, or leave it to somebody else.")},
    )


class SendBackForm(forms.Form):
    """What the author is to change."""

    note = forms.CharField(
        label=_("Note to the author"),
        help_text=_("Needed when you send back. Name the place and what to change."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Name the place and what to change.")},
    )


class PassForm(forms.Form):
    """Why words that the scan found may stand."""

    reason = forms.CharField(
        label=_("Why may these words stand?"),
        help_text=_("It is kept with your name."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say why these words may stand.")},
    )
