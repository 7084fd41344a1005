"""The trail, for auditors alone."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from audit import cases
from audit.forms import FilterForm
from audit.models import Entry, EntryQuerySet
from sealing.errors import DecryptionError

PAGE = 50


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The newest entries, or those before one; to everybody but an auditor this page does not exist."""
    if not getattr(request.user, "may_read_trail", lambda: False)():
        raise Http404
    form = FilterForm(request.GET or None)
    found = Entry.objects.order_by("-sequence")
    if form.is_valid():
        found = narrowed(found, form.cleaned_data)
    elif form.is_bound:
        found = found.none()
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(sequence__lt=int(before))
    page = list(found[: PAGE + 1])
    return render(
        request,
        "audit/entries.html",
        {"form": form, "rows": rows(page[:PAGE]), **way_on(request, page)},
    )


def narrowed(found: EntryQuerySet, wanted: dict[str, Any]) -> EntryQuerySet:
    """Only what the auditor asked for."""
    if wanted["verb"]:
        found = found.filter(verb=wanted["verb"])
    if wanted["person"]:
        found = found.by(wanted["person"].pk)
    if wanted["case"]:
        found = found.filter(case_id=wanted["case"])
    return found


def way_on(request: HttpRequest, page: Sequence[Entry]) -> dict[str, str]:
    """Addresses of the first and of the next page, with the same filters."""
    query = request.GET.copy()
    query.pop("before", None)
    first = f"?{query.urlencode()}"
    if len(page) <= PAGE:
        return {"first_url": first, "next_url": ""}
    query["before"] = str(page[PAGE - 1].sequence)
    return {"first_url": first, "next_url": f"?{query.urlencode()}"}


def rows(page: Sequence[Entry]) -> list[dict[str, Any]]:
    """What stands on one line each: who, what, when, which case by reference, and codes."""
    names = get_user_model()._default_manager.in_bulk({entry.actor_id for entry in page if entry.actor_id})
    references = cases.references(entry.case_id for entry in page if entry.case_id)
    return [
        {
            "entry": entry,
            "who": names.get(entry.actor_id) if entry.actor_id else None,
            "reference": references.get(entry.case_id) if entry.case_id else "",
            "facts": facts(entry),
        }
        for entry in page
    ]


def facts(entry: Entry) -> str:
    """The codes and ids of an entry; for a case, whose detail may quote it, only that there are some."""
    if entry.case_id is not None:
        return _("under the key of the case") if entry.__dict__.get("detail") is not None else ""
    try:
        return ", ".join(f"{name}: {value}" for name, value in entry.facts().items())
    except DecryptionError:
        return _("cannot be read any more")
