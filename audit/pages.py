"""What the page of the trail shows: who did what and when, never what a case holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import QueryDict
from django.utils.translation import gettext as _

from audit import cases
from audit.forms import FilterForm
from audit.models import Entry, EntryQuerySet
from sealing.errors import DecryptionError

PAGE = 50


@dataclass(frozen=True)
class EntryRow:
    """One line: who, what, when, which case by reference, and codes."""

    entry: Entry
    who: AbstractBaseUser | None
    reference: str
    facts: str


@dataclass(frozen=True)
class EntriesPage:
    """The newest entries that fit the filters, or those before one (audit/entries.html)."""

    form: FilterForm
    rows: list[EntryRow]
    first_url: str
    next_url: str


def entries_page(asked: QueryDict) -> EntriesPage:
    """Return the page of the trail that the address asks for; filters that make no sense find nothing."""
    form = FilterForm(asked or None)
    found = Entry.objects.order_by("-sequence")
    if form.is_valid():
        found = _narrowed(found, form)
    elif form.is_bound:
        found = found.none()
    before = asked.get("before", "")
    if before.isdecimal():
        found = found.filter(sequence__lt=int(before))
    page = list(found[: PAGE + 1])
    first_url, next_url = _way_on(asked, page)
    return EntriesPage(form=form, rows=_rows(page[:PAGE]), first_url=first_url, next_url=next_url)


def _narrowed(found: EntryQuerySet, form: FilterForm) -> EntryQuerySet:
    """Return only what the auditor asked for."""
    wanted = form.cleaned_data
    if wanted["verb"]:
        found = found.filter(verb=wanted["verb"])
    if wanted["person"]:
        found = found.by(wanted["person"].pk)
    if wanted["case"]:
        found = found.filter(case_id=wanted["case"])
    return found


def _way_on(asked: QueryDict, page: Sequence[Entry]) -> tuple[str, str]:
    """Return the addresses of the first and of the next page, with the same filters."""
    query = asked.copy()
    query.pop("before", None)
    first = f"?{query.urlencode()}"
    if len(page) <= PAGE:
        return first, ""
    query["before"] = str(page[PAGE - 1].sequence)
    return first, f"?{query.urlencode()}"


def _rows(page: Sequence[Entry]) -> list[EntryRow]:
    names = get_user_model()._default_manager.in_bulk({entry.actor_id for entry in page if entry.actor_id})
    references = cases.references(entry.case_id for entry in page if entry.case_id)
    return [
        EntryRow(
            entry=entry,
            who=names.get(entry.actor_id) if entry.actor_id else None,
            reference=references.get(entry.case_id, "") if entry.case_id else "",
            facts=_facts(entry),
        )
        for entry in page
    ]


def _facts(entry: Entry) -> str:
    """Return the codes and ids of an entry; for a case, whose detail may quote it, only that there are some."""
    if entry.case_id is not None:
        return _("under the key of the case") if entry.__dict__.get("detail") is not None else ""
    try:
        return ", ".join(f"{name}: {value}" for name, value in entry.facts().items())
    except DecryptionError:
        return _("cannot be read any more")
