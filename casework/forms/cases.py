"""Opening a case, its cover, and the search of the case list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField, PastDayField, asked_where_needed
from accounts.models import User
from casework.actions.cases import STATUS_TO_COME
from casework.forms.marked import MarkedForm
from casework.forms.versioned import RowForm
from casework.models import Case, CaseUserObjectPermission
from casework.models.case import not_over
from directory.countries import country_choices, name_of
from directory.vocabulary import terms
from sealing.letters.languages import paper_languages

ROWS = {"rows": 3}


def status_choices() -> list[tuple[str, str]]:
    """Return the statuses in the reader's language."""
    return [(code, term.label) for code, term in terms("detention_status").items()]


class OpenCaseForm(MarkedForm, forms.Form):
    """What a case needs to exist: a State and a status. Its codename is drawn; all else can wait."""

    table = "case"

    country = forms.ChoiceField(label=_("State that holds the person"))
    status = forms.ChoiceField(label=_("Status"), initial="DS_UNKNOWN")
    status_on = PastDayField(
        to_come=STATUS_TO_COME,
        label=_("Status as of"),
        required=False,
        help_text=_("Leave empty for today."),
    )
    public_label = forms.CharField(
        label=_("Safe public label"),
        required=False,
        max_length=200,
        help_text=_("How the person is called outside while the name stays sealed: “a newspaper editor”."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"].choices = [("", _("Choose a State")), *country_choices()]  # type: ignore[attr-defined]
        self.fields["status"].choices = status_choices()  # type: ignore[attr-defined]
        self.fields["country"].error_messages["required"] = _("Choose the State that holds the person.")


class CoverForm(RowForm):
    """What stands on the cover of a case and in its public words."""

    country = forms.ChoiceField(label=_("State that holds the person"))
    status = forms.ChoiceField(label=_("Status"))
    language = forms.ChoiceField(
        label=_("Language of the packet"),
        choices=paper_languages,
        help_text=_("In which the packet is written. A paper in another language prints signed translations of it."),
    )

    class Meta:
        model = Case
        fields = [
            "country", "status", "status_on", "lead", "language", "public_label", "activity", "authorities_say", "why_now", "summary"
        ]  # fmt: skip
        field_classes = {"status_on": DayField}
        widgets = {
            "activity": forms.Textarea(ROWS),
            "authorities_say": forms.Textarea(ROWS),
            "why_now": forms.Textarea(ROWS),
            "summary": forms.Textarea(ROWS),
        }
        help_texts = {
            "public_label": _("How the person is called outside while the name stays sealed."),
            "authorities_say": _("In their own words where possible. Every briefing says it, always."),
            "why_now": _("What makes this week the right one to ask: a hearing, a visit, a term that ends."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked_where_needed(self.fields["language"])
        code = self.instance.country
        shown = country_choices()
        known = {value for value, _label in shown}
        self.fields["country"].choices = shown if code in known else [*shown, (code, name_of(code))]  # type: ignore[attr-defined]
        self.fields["status"].choices = status_choices()  # type: ignore[attr-defined]
        changing = CaseUserObjectPermission.objects.filter(
            not_over(), content_object=self.case, permission__codename="change_case"
        )
        people = User.objects.filter(pk__in=changing.values("user_id"), is_active=True).order_by("name")
        self.fields["lead"].queryset = people  # type: ignore[attr-defined]

    def clean_language(self) -> str:
        """Return the language; a form that came without one leaves the packet in its own."""
        return self.cleaned_data["language"] or str(self.instance.language)
