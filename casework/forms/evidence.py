"""The form of who a source is, which stands on a page of its own."""

from django import forms

from casework.forms.scripts import ScriptsField
from casework.forms.versioned import RowForm
from casework.models import Source

LINES = forms.Textarea(attrs={"rows": 3})


class SourceIdentityForm(RowForm):
    """Who the source is."""

    formless_in = ScriptsField()

    class Meta:
        model = Source
        fields = ["identity", "formless_in"]
        widgets = {"identity": LINES}
