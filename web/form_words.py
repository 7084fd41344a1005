"""What Django's own forms say of an answer that is missing or no answer, in the words of this house."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import EmailValidator, MaxLengthValidator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.forms.days import DAY, HOUR

LISTED = _("Choose one of the answers in the list.")
SENTENCES: Mapping[type[forms.Field], Mapping[str, Any]] = {
    forms.Field: {"required": _("An answer is needed here.")},
    forms.BooleanField: {"required": _("Tick this to go on.")},
    forms.ChoiceField: {"required": _("Choose one of the answers."), "invalid_choice": LISTED},
    forms.ModelChoiceField: {"required": _("Choose one of the answers."), "invalid_choice": LISTED},
    forms.MultipleChoiceField: {"required": _("Choose one answer at least."), "invalid_choice": LISTED},
    forms.DateField: {"invalid": DAY},
    forms.TimeField: {"invalid": HOUR},
    forms.IntegerField: {"invalid": _("Write a number in figures.")},
}


def set_default_messages() -> None:
    """Teach them, once, before any form is made. A field that has words of its own keeps them."""
    for kind, sentences in SENTENCES.items():
        kind.default_error_messages = {**kind.default_error_messages, **sentences}
    MaxLengthValidator.message = ngettext_lazy(
        "Write at most %(limit_value)d character; now it is %(show_value)d.",
        "Write at most %(limit_value)d characters; now it is %(show_value)d.",
        "limit_value",
    )
    # the list itself is the default that Django's fields hold
    BLANK_CHOICE_DASH[:] = [("", _("Not answered"))]  # type: ignore[list-item]
    EmailValidator.message = _("Write an e-mail address, for example name@example.org.")
