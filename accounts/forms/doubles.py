"""What is there already is asked about once: a form that would make a double is shown again, and a second press saves."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _

SEEN = "seen_double"


@dataclass(frozen=True)
class Double:
    """A row that says the same: a whole sentence about it, the page on which it stands, and its key.

    Whoever makes one has looked only at what the person who is asked may see.
    """

    words: str
    url: str
    key: str
    link: str = ""
    says: str = ""
    """Other words for the way to that page and for what a second press does, where it is no second row."""


def question(double: Double) -> str:
    """Return what is asked: what is there, the way to it, and that a second press saves all the same."""
    said = double.says or _("To save this one beside it, send it once more.")
    return format_html('{} <a href="{}">{}</a> {}', double.words, double.url, double.link or _("Open it."), said)


def keep_what_was_asked(form: Any) -> None:
    """Leave the hidden box in a form that is shown again for another reason: nobody is asked the same twice."""
    main = getattr(form, "main", form)
    if main.is_bound and main.data.get(main.add_prefix(SEEN)):
        main.fields[SEEN] = forms.CharField(required=False, widget=forms.HiddenInput)


def ask_about(form: Any, double: Double) -> None:
    """Put the question above the form, with a hidden box by which the next press says that it was read."""
    main = getattr(form, "main", form)
    main.fields[SEEN] = forms.CharField(required=False, widget=forms.HiddenInput)
    sent = main.data.copy()
    sent[main.add_prefix(SEEN)] = double.key
    main.data = sent
    main.add_error(None, ValidationError(question(double)))
