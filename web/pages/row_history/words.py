"""What an entry of the trail says that changed, in the words of the page on which it is changed."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Claim
from directory.compared import of_lists, plain_words, words_of, words_of_each
from directory.vocabulary import label
from web.pages.row_history.kinds import HistoryKind

# What follows from an act and says nothing that the entry does not say: who ruled, and when.
FOLLOWS = frozenset({"verified_by", "verified_at", "status_on"})
PAIRED = frozenset({"grants", "ended"})


@dataclass(frozen=True)
class FieldChange:
    """One field: what it is called, what stood there and what stands there now; or that it is sealed for this reader."""

    label: str
    was: str = ""
    now: str = ""
    is_sealed: bool = False
    added: Sequence[str] = ()
    taken_away: Sequence[str] = ()


@dataclass(frozen=True)
class ChangeWords:
    """Words one kind of row for one reader: people and claims are looked up once for a page."""

    kind: HistoryKind
    forms: Sequence[forms.BaseForm]
    people: Mapping[int, User]
    claims: Mapping[str, Claim]
    may_identify: bool

    def of(self, model: type[models.Model], facts: Mapping[str, Any]) -> Iterator[FieldChange]:
        """Return what changed in one entry, field by field."""
        was, now = facts.get("was") or {}, facts.get("now") or {}
        order = {name: place for place, name in enumerate(name for form in self.forms for name in form.fields)}
        for name in sorted({**now, **was}, key=lambda one: (order.get(one, len(order)), one)):
            if name not in FOLLOWS:
                yield self._change(model, name, was.get(name), now.get(name), has_was=name in was)
        for name in PAIRED & set(facts):
            yield FieldChange(str(self.kind.labels.get(name, "")), now=", ".join(_pair(pair) for pair in facts[name]))

    def _change(self, model: type[models.Model], name: str, was: Any, now: Any, *, has_was: bool) -> FieldChange:
        words = self._label(model, name)
        if name in self.kind.sealed and not self.may_identify:
            return FieldChange(words, is_sealed=True)
        asked = self._asked(name)
        if isinstance(asked, forms.MultipleChoiceField) and not hasattr(asked, "in_words"):
            compared = of_lists(words, words_of_each(asked, was), words_of_each(asked, now))
            return FieldChange(words, compared.value, compared.typed, False, compared.added, compared.taken_away)
        before = (self._words(model, name, was) or _("Not written down")) if has_was else ""
        return FieldChange(words, before, self._words(model, name, now) or _("Not written down"))

    def _asked(self, name: str) -> Any:
        return next((form.fields[name] for form in self.forms if name in form.fields), None)

    def _label(self, model: type[models.Model], name: str) -> str:
        if name in self.kind.labels:
            return str(self.kind.labels[name])
        if form := next((form for form in self.forms if name in form.fields), None):
            return str(form[name].label)
        column = _column(model, name)
        return str(capfirst(column.verbose_name)) if column is not None else _("Something else")

    def _words(self, model: type[models.Model], name: str, value: Any) -> str:
        if value in (None, "", []):
            return ""
        column, asked = _column(model, name), self._asked(name)
        if isinstance(column, models.ForeignKey):
            return self._row(column, value, asked)
        if isinstance(column, models.DateTimeField) and (at := parse_datetime(str(value))):
            return plain_words(at)
        if isinstance(column, models.DateField) and (day := parse_date(str(value))):
            return plain_words(day)
        if column is not None and column.flatchoices:
            return str(dict(column.flatchoices).get(value, "")) or _("an answer that is not offered any more")
        return words_of(asked, value) if asked else plain_words(value)

    def _row(self, column: Any, value: Any, asked: Any) -> str:
        if column.related_model is User:
            return str(self.people.get(value) or _("somebody who has no account any more"))
        if column.related_model is Claim:
            claim = self.claims.get(str(value))
            return _("Claim %(number)s") % {"number": claim.number} if claim else _("a claim of another time")
        return words_of(asked, str(value)) if asked else _("another row of the packet")


def people_named(facts: Sequence[Mapping[str, Any]]) -> set[int]:
    """Return the keys of the people whom changes name: a lead, an owner."""
    told = [
        side.get(name)
        for entry in facts
        for side in (entry.get("was") or {}, entry.get("now") or {})
        for name in ("lead", "owner")
    ]
    return {key for key in told if isinstance(key, int)}


def claims_named(facts: Sequence[Mapping[str, Any]]) -> set[uuid.UUID]:
    """Return the keys of the claims that changes name."""
    told = [
        value
        for entry in facts
        for side in (entry.get("was") or {}, entry.get("now") or {})
        for name, value in side.items()
        if name.endswith("claim") and value
    ]
    return {uuid.UUID(str(key)) for key in told}


def _column(model: type[models.Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _pair(pair: str) -> str:
    item, _sign, audience = pair.partition(":")
    words = {"item": label("consent_item", item), "audience": label("consent_audience", audience)}
    return _("%(item)s (%(audience)s)") % words
