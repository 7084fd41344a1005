"""A form over one row of a packet: it remembers which version of the row was opened."""

from typing import Any

from django import forms

from accounts.forms.fields import NumberField
from casework.forms.dates import offer_calendars
from casework.forms.marked import MarkedForm
from casework.models import Case


class RowForm(MarkedForm, forms.ModelForm):  # type: ignore[type-arg]
    """Shape of what was typed; `values()` goes to the verb, `version` says what the person had before them."""

    version = NumberField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        self.case = case
        super().__init__(*args, **options)
        self.fields["version"].initial = self.instance.version
        offer_calendars(self, case)

    def column_of(self, name: str) -> str:
        """Return the column that a field fills: of the model of the row, where the form does not say another."""
        return self.columns.get(name) or f"{self._meta.model._meta.model_name}.{name}"

    @property
    def opened_version(self) -> int:
        """Return the version that was opened; nothing sent counts as a version nobody has."""
        return self.cleaned_data.get("version") or 0

    def version_over(self, saved: Any) -> str:
        """Return the version that the form is sent with when it is sent again over what is saved now."""
        return str(saved.version)

    def values(self) -> dict[str, Any]:
        """Return what was typed for the row's own fields."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data}  # type: ignore[union-attr]
