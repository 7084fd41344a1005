"""The page of a row's history, newest first, read from the sealed before-and-after of the trail."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import Entry
from casework.models import Case, Claim
from web.pages.row_history.kinds import KINDS, HistoryKind
from web.pages.row_history.words import ChangeWords, FieldChange, claims_named, people_named

ROWS = 25


@dataclass(frozen=True)
class RowChange:
    """One thing that was done to the row: who, when, what, and each field that changed."""

    at: dt.datetime
    who: str
    words: str | Promise
    fields: Sequence[FieldChange]


@dataclass(frozen=True)
class RowHistoryPage:
    """The history of one row (web/history/row.html)."""

    case: Case
    title: str | Promise
    back_url: str
    rows: Sequence[RowChange]
    identity_shown: Sequence[str]
    """The fields of the identity whose values stand on this page; whoever draws it records the look."""
    next_url: str
    first_url: str
    tab: str


def row_history_page(case: Case, code: str, row: Any, rights: frozenset[str], *, before: str) -> RowHistoryPage:
    """Return what was done to a row, newest first, 25 a page by the numbers of the trail; queries do not grow with it."""
    kind = KINDS[code]
    entries = _entries(case, kind, row)
    if before.isdecimal():
        entries = entries.filter(sequence__lt=int(before))
    shown = list(entries[: ROWS + 1])
    page = shown[:ROWS]
    facts = [entry.facts() for entry in page]
    people = User.objects.in_bulk({entry.actor_id for entry in page if entry.actor_id} | people_named(facts))
    claims = {str(one.pk): one for one in Claim.objects.filter(case=case, pk__in=claims_named(facts)).only("number")}
    words = ChangeWords(kind, kind.forms(row), people, claims, "view_identity" in rights)
    rows = [_change(entry, told, words, people) for entry, told in zip(page, facts, strict=True)]
    here = reverse("web:history", args=[case.reference, code, row.pk])
    return RowHistoryPage(
        case=case,
        title=kind.title,
        back_url=kind.home(case, row),
        rows=rows,
        identity_shown=_identity_shown(code, kind, facts) if words.may_identify else [],
        next_url=f"{here}?before={page[-1].sequence}" if len(shown) > ROWS else "",
        first_url=here if before else "",
        tab=kind.tab,
    )


def _entries(case: Case, kind: HistoryKind, row: Any) -> Any:
    return Entry.objects.about_case(case.pk).changes_of([row, *kind.beside(row)])


def _change(entry: Entry, facts: Any, words: ChangeWords, people: dict[int, User]) -> RowChange:
    who = str(people[entry.actor_id]) if entry.actor_id in people else _("The system")
    model = apps.get_model(entry.target.partition(":")[0])
    return RowChange(entry.at, who, entry.sentence, list(words.of(model, facts)))


def _identity_shown(code: str, kind: HistoryKind, facts: Sequence[Any]) -> list[str]:
    changed = {name for told in facts for side in ("was", "now") for name in told.get(side) or {}}
    return sorted(f"{code}.{name}" for name in changed if kind.is_identity or name in kind.sealed)
