"""Forms of replies: what came back, whether a promise was kept, and why something is withdrawn."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField, PastDayField, asked_where_needed
from advocacy.actions.replies import NewReply
from advocacy.models import Reply
from advocacy.models.approaches import NO_REPLY
from directory.vocabulary import terms

KEPT, BROKEN = Reply.Promise.KEPT, Reply.Promise.BROKEN


class ReplyForm(forms.Form):
    """What came back, on which day, in whose words, and what it does for the person."""

    kind = forms.ChoiceField(
        label=_("What came back?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what came back. Silence is counted by itself.")},
    )
    promised = forms.CharField(
        label=_("What was promised"), max_length=400, widget=forms.TextInput({"dir": "auto", "autocomplete": "off"})
    )
    due_on = DayField(label=_("By when"), help_text=_("If they named no day, write the day on which you ask again."))
    effect = forms.ChoiceField(
        label=_("What does it do for the person?"),
        widget=forms.RadioSelect,
        choices=Reply.Effect.choices,
        error_messages={"required": _("Say what it does, or that it is not known yet.")},
    )
    received_on = PastDayField(
        label=_("Received on"),
        to_come=_("This day is still to come."),
        error_messages={"required": _("Say on which day it came.")},
    )
    words = forms.CharField(
        label=_("Their words"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("promised", "due_on"):
            asked_where_needed(self.fields[name])
        said = [(code, term.label) for code, term in terms("response_type").items() if code != NO_REPLY]
        self.fields["kind"].choices = said  # type: ignore[attr-defined]
        self.fields["received_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        has_words, has_day = bool(said.get("promised")), bool(said.get("due_on"))
        if said.get("kind") == "RS_PLEDGED" or has_words or has_day:
            if not has_words:
                self.add_error("promised", gettext("Write what was promised."))
            if not has_day and "due_on" not in self.errors:
                self.add_error("due_on", gettext("Write by which day."))
        return said

    def new(self) -> NewReply:
        """Return the reply for the verb."""
        said = self.cleaned_data
        return NewReply(
            kind=said["kind"],
            effect=said["effect"],
            received_on=said["received_on"],
            words=said["words"],
            promised=said["promised"],
            due_on=said["due_on"],
        )


class PromiseForm(forms.Form):
    """Whether a promise was kept, and since when that is known."""

    state = forms.ChoiceField(
        label=_("Was it kept?"),
        widget=forms.RadioSelect,
        choices=[(KEPT, _("It was kept")), (BROKEN, _("It was broken"))],
        error_messages={"required": _("Say whether it was kept or broken.")},
    )
    on = PastDayField(
        label=_("On which day"),
        to_come=_("This day is still to come."),
        error_messages={"required": _("Say on which day.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class WithdrawRecordForm(forms.Form):
    """Why something that was recorded is withdrawn."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=400,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("The row stays readable, with these words."),
        error_messages={"required": _("Say why it is withdrawn.")},
    )
