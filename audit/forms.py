"""What an auditor looks for."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audit import cases, labels


class FilterForm(forms.Form):
    """Which entries of the trail to show."""

    case = forms.CharField(label=_("Case reference"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(((verb, str(words)) for verb, words in labels.known().items()), key=lambda pair: pair[1])
        self.fields["verb"] = forms.ChoiceField(
            label=_("What was done"), required=False, choices=[("", _("Everything")), *known]
        )
        self.fields["person"] = forms.ModelChoiceField(
            get_user_model()._default_manager.order_by("name"),
            label=_("Who"),
            required=False,
            empty_label=_("Everybody"),
        )
        self.order_fields(["verb", "person", "case"])

    def clean_case(self) -> uuid.UUID | None:
        """The id of the case, found by its reference."""
        text = self.cleaned_data["case"].strip()
        if not text:
            return None
        found = cases.case_id_of(text)
        if found is None:
            raise ValidationError(_("No case of this reference stands in the trail."))
        return found
