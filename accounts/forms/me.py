"""What a person says about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actions.joining import NAMED_ALIKE
from accounts.models import User
from accounts.names import reads_like_another, why_unreadable
from sealing.letters.languages import READ, read_choices


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes no arguments
    """Name, language, colours and keys of one's own account."""

    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)

    reads = forms.MultipleChoiceField(
        label=_("Languages that I read"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=read_choices,
        help_text=_(
            "Tick a language only if you can say whether a translation says the same: with it you may sign one."
        ),
    )

    class Meta:
        model = User
        fields = ("name", "language", "theme", "without_keys", "without_digest", "reads")
        help_texts = {
            "without_keys": _("Help lists them. They work where the browser runs scripts, and no page needs them."),
            "without_digest": _(
                "On the first working day of a week it says how much is late, due and waiting: numbers, and no case."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["reads"] = [code for code in self.instance.reads.split(",") if code]

    def clean_reads(self) -> str:
        """Return the codes as they are kept."""
        return ",".join(code for code in READ if code in self.cleaned_data["reads"])

    def clean_name(self) -> str:
        """Nobody takes the name of a colleague: it stands under signatures and proposals."""
        name: str = self.cleaned_data["name"]
        if fault := why_unreadable(name):
            raise ValidationError(fault)
        if reads_like_another(name, field="name", but=self.instance):
            raise ValidationError(NAMED_ALIKE)
        return name
