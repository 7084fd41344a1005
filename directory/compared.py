"""What somebody saved beside what another person typed, question by question, in the words of the form: the one place.

Every form that two people may have open is compared here. A label is the one that the form shows, a choice is told by its
label, a date in words, a row by what it says; a code, a key or the name of a model never stands on a page.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.dates.shown import day_in
from directory.dates.told import is_other

SAID_IN = ("title", "text", "name", "value", "event", "place", "law")


@dataclass(frozen=True)
class ComparedAnswer:
    """One question: what is stored now, what was typed, and of a list what the typed one adds and takes away."""

    label: str
    value: str
    typed: str
    is_different: bool
    added: Sequence[str] = ()
    taken_away: Sequence[str] = ()
    is_typed: bool = True

    @property
    def note(self) -> str:
        """Return what stands beside what is stored, for the list of everything that is stored."""
        return _("differs from yours") if self.is_different else ""


def compared(form: forms.BaseForm, stored: Mapping[str, Any], typed: Mapping[str, Any]) -> list[ComparedAnswer]:
    """Return the questions of a form that are stored, in its order; hidden ones are nobody's words."""
    return [
        answer_to(form, name, stored[name], typed.get(name))
        for name, field in form.fields.items()
        if name in stored and not field.widget.is_hidden
    ]


def answer_to(form: forms.BaseForm, name: str, stored: Any, typed: Any) -> ComparedAnswer:
    """Return one question of a form with what is stored and what was typed for it."""
    field, label = form.fields[name], str(form[name].label)
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField) and not hasattr(field, "in_words"):
        return of_lists(label, words_of_each(field, stored), words_of_each(field, typed))
    words = [words_of(field, value) for value in (stored, typed)]
    return ComparedAnswer(label, words[0] or _not_written(), words[1] or _not_written(), is_other(stored, typed))


def differing(rows: Iterable[ComparedAnswer]) -> list[ComparedAnswer]:
    """Return the questions whose answers differ."""
    return [row for row in rows if row.is_different]


def of_lists(label: str, stored: Iterable[str], typed: Iterable[str]) -> ComparedAnswer:
    """Return two lists of words, and what the typed one adds and takes away."""
    old, new = list(stored), list(typed)
    added, gone = [one for one in new if one not in old], [one for one in old if one not in new]
    return ComparedAnswer(label, _listed(old), _listed(new), bool(added or gone), added, gone)


def words_of_each(field: Any, values: Any) -> list[str]:
    """Return each of several values in words, in the order of the choices."""
    chosen = {_key(one) for one in values or ()}
    return [words for key, words in _choices(field) if key in chosen]


def words_of(field: Any, value: Any) -> str:
    """Return a value as the form and its page say it; empty for none."""
    if value is None or value == "":
        return ""
    if own := getattr(field, "in_words", None):
        return str(own(value))
    if isinstance(field, forms.ChoiceField) or hasattr(field, "queryset"):
        found = next((words for key, words in _choices(field) if key == _key(value)), "")
        return found or (
            row_in_words(value) if isinstance(value, Model) else _("an answer that is not offered any more")
        )
    return plain_words(value)


def plain_words(value: Any) -> str:
    """Return a value without a form in words: yes and no, a moment, a day, a row, and else the text itself."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return date_format(local, pgettext("an instant, as Django's date filter", "j F Y, H:i"))
    if isinstance(value, dt.date):
        return day_in(value, pgettext("a day, as Django's date filter", "j F Y"))
    if isinstance(value, dt.time):
        return str(time_format(value, "H:i"))
    return row_in_words(value) if isinstance(value, Model) else str(value)


def row_in_words(row: Model) -> str:
    """Return what a row says of itself; a row without words of its own is not told by its key."""
    if type(row).__str__ is not Model.__str__:
        return str(row)
    said = next((str(getattr(row, name)) for name in SAID_IN if getattr(row, name, None)), "")
    number = getattr(row, "number", None)
    return f"{number}. {said}" if number and said else said or _("a row of the packet")


def _choices(field: Any) -> Iterator[tuple[str, str]]:
    for key, words in field.choices:
        if isinstance(words, list | tuple):
            yield from ((_key(inner), str(named)) for inner, named in words)
        else:
            yield _key(key), str(words)


def _key(value: Any) -> str:
    return str(getattr(value, "pk", getattr(value, "value", value)))


def differences(rows: Iterable[ComparedAnswer]) -> str:
    """Return what differs in sentences, for a fault that stands at one row of a page."""
    said = _("%(label)s: “%(stored)s” is stored, “%(typed)s” is yours.")
    return " ".join(said % {"label": row.label, "stored": row.value, "typed": row.typed} for row in differing(rows))


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words) or _not_written()


def _not_written() -> str:
    return _("Not written down")
