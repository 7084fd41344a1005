"""The scripts in which somebody's name has no form: said by somebody who looked, so that the leak scan need not ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sealing.letters.scripts import WORDS, in_words


class ScriptsField(forms.MultipleChoiceField):
    """Several scripts, kept as their codes with spaces between."""

    def __init__(self, **options: Any) -> None:
        told = {
            "label": _("No form of the name in these scripts"),
            "help_text": _(
                "Choose a script only if the name is never written in it. The leak scan then trusts that there is nothing"
                " to look for; for every other script without a stored name it says that it cannot check."
            ),
            "widget": forms.SelectMultiple({"size": 6}),
            "choices": list(WORDS.items()),
            "required": False,
        }
        super().__init__(**{**told, **options})

    def prepare_value(self, value: Any) -> Any:
        """Return the codes as the list that the widget shows."""
        return value.split() if isinstance(value, str) else value

    def in_words(self, value: str) -> str:
        """Return kept codes as a reader knows the scripts, for a comparison."""
        return scripts_in_words(value)

    def clean(self, value: Any) -> Any:
        """Return the chosen codes as they are kept."""
        return " ".join(sorted(super().clean(value)))


def scripts_in_words(codes: str) -> str:
    """Return kept codes as a reader knows the scripts."""
    return ", ".join(in_words(code) for code in codes.split())
