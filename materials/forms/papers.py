"""The number that somebody reads off a paper."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from materials.models.paper_number import paper_number_in


class PaperForm(forms.Form):
    """One number. It is sent in the body of a POST: an address would keep it in histories and logs."""

    number = forms.CharField(
        label=_("Number of the paper"),
        help_text=_("It stands at the foot of every page, such as K7QFA-29MDT."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}),
        error_messages={"required": _("Write the number that stands at the foot of the paper.")},
    )

    def clean_number(self) -> str:
        """Return the number as it is stored; anything of another form is no number of a paper."""
        number = paper_number_in(str(self.cleaned_data["number"]))
        if not number:
            raise ValidationError(
                _(
                    "A paper has a number of two groups of five letters and figures, without I, O, 0 and 1."
                    " A draft has none."
                )
            )
        return number
