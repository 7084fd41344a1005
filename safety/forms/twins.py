"""Whether two cases are about one person, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import TwinRuling
from safety.forms.orders import CHOOSE, ReasonForm


class TwinRulingForm(ReasonForm):
    """The ruling and its reason. Nothing is chosen in advance."""

    verdict = forms.ChoiceField(
        label=_("Is it the same person?"),
        choices=TwinRuling.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    field_order = ("verdict", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("What tells them apart, or shows that they are one. It is sealed.")
