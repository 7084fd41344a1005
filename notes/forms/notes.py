"""Forms of notes: the words, and ticks for whom they ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.forms.versioned import RowForm
from casework.models import Case
from notes.models import Note
from notes.readers import readers_of

LONGEST = 4000
TOO_LONG = _("A note has 4,000 letters at most. Write what is known into the packet, and point at it.")


class TellField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Ticks for the colleagues who read a case, without whoever writes."""

    def __init__(self) -> None:
        super().__init__(
            queryset=User.objects.none(),
            label=_("Tell"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Or write @name in the words. It waits on their Today until they answer or it is done."),
            error_messages={
                "invalid_choice": _("Choose people who read this case."),
                "invalid_pk_value": _("Choose people who read this case."),
                "invalid_list": _("Choose people who read this case."),
            },
        )


def offer_readers(form: forms.BaseForm, case: Case, but: User) -> None:
    """Offer the people who read a case, or take the question away where nobody else does."""
    readers = [person.pk for person in readers_of(case) if person.pk != but.pk]
    if readers:
        form.fields["tell"].queryset = User.objects.filter(pk__in=readers).order_by("name")  # type: ignore[attr-defined]
    else:
        del form.fields["tell"]


class ColleagueNoteForm(RowForm):
    """The words of a note, and whom it asks."""

    tell = TellField()

    class Meta:
        model = Note
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}
        help_texts = {"text": _("For colleagues who see this case. It prints nowhere and is in no export.")}

    def __init__(self, *args: Any, writer: User, **options: Any) -> None:
        super().__init__(*args, **options)
        words = self.fields["text"]
        words.required = True
        words.error_messages |= {"required": _("Write the words of the note."), "max_length": TOO_LONG}
        offer_readers(self, self.case, writer)
        if "tell" in self.fields and not self.instance._state.adding:
            self.initial["tell"] = list(self.instance.mentions.filter(ended_at=None).values_list("user_id", flat=True))

    def told(self) -> list[User]:
        """Return who was ticked."""
        return list(self.cleaned_data.get("tell", ()))


class NoteAnswerForm(forms.Form):
    """The words of an answer, and whom it asks."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write the words of the note."), "max_length": TOO_LONG},
    )
    tell = TellField()

    def __init__(self, *args: Any, case: Case, writer: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tell"].help_text = _("Who wrote the note, and whom it asks, hear of your answer anyway.")
        offer_readers(self, case, writer)

    def told(self) -> list[User]:
        """Return who was ticked."""
        return list(self.cleaned_data.get("tell", ()))
