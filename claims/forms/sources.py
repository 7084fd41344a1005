"""Forms for sources: beside the table of claims, and beneath a row of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.widgets import QuickSelect, QuickText, QuickTick
from casework.evidence.naming import NAMED_BY_ITS_WORDS
from casework.forms.dates import WordedDateField
from casework.models import Source
from claims.forms.touched import TableRowForm


class SourceForm(TableRowForm):
    """A source beside the claims, without who it is: that stands on a page of its own."""

    on = WordedDateField(label=_("Date of the source"), required=False)
    link = forms.URLField(
        label=_("Address on the web"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Printed only for a source on the record. Without a name of somebody who must be protected in it."),
        error_messages={"invalid": _("Write a whole address, such as https://example.org/report.")},
    )
    seen_on = WordedDateField(label=_("Day on which it was seen there"), required=False)

    class Meta:
        model = Source
        fields = [
            "reliability",
            "reliability_reason",
            "secrecy",
            "attribution",
            "title",
            "kind",
            "on",
            "link",
            "seen_on",
            "is_general",
        ]
        labels = {"reliability_reason": _("Why this grade"), "attribution": _("Words for outside")}
        widgets = {
            "is_general": QuickTick,
            **{name: QuickSelect for name in ("reliability", "secrecy", "kind")},
            **{name: QuickText for name in ("title", "reliability_reason", "attribution")},
        }
        help_texts = {
            "title": _("No name of somebody who must be protected. That stands apart, under “who the source is”."),
            "reliability": _("A new source starts at F. Grade the source, not what it says."),
            "attribution": _(
                "For example “a witness”: what the list of sources prints, and who a weak claim is according to. On the"
                " record or as background it is needed; the title above is never printed."
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("secrecy") in NAMED_BY_ITS_WORDS and not cleaned.get("attribution"):
            self.add_error("attribution", _("Write by which words it may be named outside, or leave it not decided."))
        if cleaned.get("seen_on") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("link", _("A day is given on which it was seen. Write where."))
        return cleaned


class NewSourceForm(SourceForm):
    """A new source, typed beneath the claim that stands on it; what else is known of it follows beside the table."""

    on = link = seen_on = None  # type: ignore[assignment]  # Django's way to leave out a field of the class above

    class Meta(SourceForm.Meta):
        fields = ["title", "kind", "reliability", "reliability_reason", "secrecy", "attribution"]
        labels = {**SourceForm.Meta.labels, "title": _("What it is")}
        help_texts: dict[str, Any] = {}
