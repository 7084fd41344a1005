"""Asking for the one exception at a critical risk."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExceptionForm(forms.Form):
    """What the lawyer said, and why not acting is worse."""

    lawyer_view = forms.CharField(
        label=_("The lawyer's view: who said what, and when"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Record the lawyer's view: who said what, and when.")},
    )
    reason = forms.CharField(
        label=_("Why not acting is worse"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why not acting is worse.")},
    )
