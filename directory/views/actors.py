"""The directory: who is written to, found by name, entered, changed and ended. To outside reviewers it does not exist."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.caching.open_forms import note_left, note_open
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from directory.actions import entries
from directory.forms.actors import ChangeEntryForm, NewEntryForm
from directory.models import Actor
from directory.pages.actors import directory_page, entry_page
from directory.pages.doubles import double_of_entry
from directory.pages.entry_forms import NewEntryPage, change_entry_page
from directory.pages.way_back import WayBack
from directory.views.of_the_office import of_the_office, who_writes

MOST_WORDS = 120


@leads_back_here
@require_http_methods(["GET", "POST"])
def actors(request: SignedInRequest) -> HttpResponse:
    """Show everybody in use, or, of what was sent, who is called so: a name stands in no address."""
    of_the_office(request)
    words = " ".join(request.POST.get("words", "").split())[:MOST_WORDS]
    page = directory_page(request.user, words=words, after=request.GET.get("after", ""))
    return render(request, "directory/actors/list.html", vars(page))


@leads_back_here
@require_GET
def entry(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one entry with its channels, and the copies it holds of cases that the reader may see."""
    of_the_office(request)
    row = get_object_or_404(Actor.objects.with_places().select_related("entered_by", "ended_by"), pk=pk)
    return render(request, "directory/actors/entry.html", vars(entry_page(row, request.user)))


@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest, pk: uuid.UUID | None = None) -> HttpResponse:
    """Write somebody into the directory, by itself or in an institution or office; then comes the channel."""
    who_writes(request)
    parent = get_object_or_404(Actor.objects.in_use().with_places(), pk=pk) if pk else None
    way = WayBack.read(request.POST or request.GET)
    is_begun = request.method == "POST" and "begin" in request.POST
    form = NewEntryForm(None if is_begun or request.method == "GET" else request.POST, parent=parent)
    page = NewEntryPage(form, parent, way, way.address(_leads_to(parent)))

    def draw(status: int) -> HttpResponse:
        return render(request, "directory/actors/enter.html", vars(page), status=status)

    if is_begun:
        return draw(200)
    return answer_form(
        request,
        form,
        act=lambda: entries.enter(
            actor=request.user, kind=form.cleaned_data["kind"], given=form.given(), parent=parent
        ),
        done=_("It stands in the directory. Now write down how it is reached."),
        back=lambda row: way.with_it(reverse("directory:channel_add", args=[row.pk])),
        draw=draw,
        offers_another=True,
        double=lambda: double_of_entry(form.given().name, form.cleaned_data["kind"], parent),
    )


@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Change an entry. Where somebody saved it meanwhile both are shown, and a second press saves over it."""
    who_writes(request)
    row = get_object_or_404(Actor.objects.with_places(), pk=pk)
    form = ChangeEntryForm(request.POST if request.method == "POST" else None, entry=row)
    opened = row.version

    def act() -> Actor:
        saved = entries.change(actor=request.user, entry=row, version=form.cleaned_data["version"], given=form.given())
        note_left(request.user, f"entry:{row.pk}")
        return saved

    def draw(status: int) -> HttpResponse:
        is_other = form.is_bound and form.data.get("version", "") != str(opened)
        if is_other:
            typed = request.POST.copy()
            typed["version"] = str(opened)
            form.data = typed
        page = change_entry_page(form, row, request.user, saved=entry_page(row, request.user) if is_other else None)
        others = note_open(request.user, f"entry:{row.pk}")
        return render(request, "directory/actors/change.html", vars(replace(page, others=others)), status=status)

    back = reverse("directory:entry", args=[row.pk])
    return answer_form(request, form, act=act, done=_("The entry is saved."), back=back, draw=draw)


@require_POST
def end(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """End an entry at once."""
    who_writes(request)
    row = get_object_or_404(Actor, pk=pk)
    try:
        entries.end(actor=request.user, entry=row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The entry is ended. Nothing goes there any more."))
    return redirect("directory:entry", row.pk)


def _leads_to(parent: Actor | None) -> str:
    return reverse("directory:entry", args=[parent.pk]) if parent else reverse("directory:actors")
