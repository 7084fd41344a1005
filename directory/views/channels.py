"""Channels of the directory: written down, replaced, verified by a second person with a second factor, ended."""

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from directory.actions import channels
from directory.forms.actors import ChannelForm, VerifyChannelForm
from directory.models import Actor, Channel
from directory.pages.entry_forms import ChannelPage, VerifyChannelPage
from directory.pages.way_back import WayBack
from directory.views.of_the_office import who_writes


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down how an entry is reached."""
    who_writes(request)
    entry = get_object_or_404(Actor.objects.in_use().with_places(), pk=pk)
    return _write(request, entry, None)


@require_http_methods(["GET", "POST"])
def replace(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down a new address in the place of one; the old one ends, and the new one begins unverified."""
    who_writes(request)
    old = get_object_or_404(Channel.objects.in_use().select_related("entry__parent__parent"), pk=pk)
    return _write(request, old.entry, old)


def _write(request: SignedInRequest, entry: Actor, old: Channel | None) -> HttpResponse:
    way = WayBack.read(request.POST or request.GET)
    initial = {"kind": old.kind, "address": old.address} if old else {}
    form = ChannelForm(request.POST if request.method == "POST" else None, initial=initial)
    back_url = way.address(reverse("directory:entry", args=[entry.pk]))
    page = ChannelPage(form, entry, old, way, back_url)
    return answer_form(
        request,
        form,
        act=lambda: channels.add_channel(actor=request.user, entry=entry, instead_of=old, **form.cleaned_data),
        done=_("The channel is written down. A second person verifies it before a copy goes there."),
        back=back_url,
        draw=lambda status: render(request, "directory/actors/channel.html", vars(page), status=status),
    )


def verify(request: SignedInRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Record that the channel was tried through a second way, with a second factor shown a moment ago."""
    who_writes(request)
    return _verify(request, pk)


@fresh_second_factor
@require_http_methods(["GET", "POST"])
def _verify(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    row = get_object_or_404(Channel.objects.select_related("entry__parent__parent", "entered_by"), pk=pk)
    form = VerifyChannelForm(request.POST if request.method == "POST" else None)
    page = VerifyChannelPage(form, row, row.entry)
    return answer_form(
        request,
        form,
        act=lambda: channels.verify(actor=request.user, channel=row, **form.cleaned_data),
        done=_("The channel is verified. Copies may go there for 180 days from that day."),
        back=reverse("directory:entry", args=[row.entry_id]),
        draw=lambda status: render(request, "directory/actors/verify.html", vars(page), status=status),
    )


@require_POST
def end(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """End a channel at once."""
    who_writes(request)
    row = get_object_or_404(Channel, pk=pk)
    channels.end_channel(actor=request.user, channel=row)
    return redirect("directory:entry", row.entry_id)
