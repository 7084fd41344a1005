"""A picture for the letterhead."""

from django import forms
from django.utils.translation import gettext_lazy as _

CHOOSE = _("Choose a PNG or JPEG picture of one megabyte at most.")


class OfficeLogoForm(forms.Form):
    """The logo of the office."""

    picture = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
        help_text=_(
            "PNG or JPEG. It is drawn anew: place, camera and author that the file may tell are left out."
            " It stands on every paper with the letterhead, so choose one that may be known."
        ),
        error_messages={"required": CHOOSE, "invalid": CHOOSE, "missing": CHOOSE},
    )
