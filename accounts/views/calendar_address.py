"""One's own private calendar address: made, shown once, revoked."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.actions.calendar_address import make_calendar_address, revoke_calendar_address
from accounts.drafts import keeps_no_draft
from accounts.pages.me import calendar_address_page
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.once import act_once, button_once

PAGE, TEMPLATE = "accounts:calendar_address", "accounts/calendar_address.html"


@keeps_no_draft
@fresh_second_factor
@never_cache
@require_GET
def calendar_address(request: SignedInRequest) -> HttpResponse:
    """Say whether I have an address, since when, and when it was used last. The address itself is never shown again."""
    return render(request, TEMPLATE, vars(calendar_address_page(request.user)))


@keeps_no_draft
@fresh_second_factor
@never_cache
@require_POST
@button_once
def new_calendar_address(request: SignedInRequest) -> HttpResponse:
    """Make an address and show it, this once; a second press shows nothing and changes nothing."""
    token = act_once(request, lambda: make_calendar_address(actor=request.user), leads_to=lambda _made: reverse(PAGE))
    address = settings.SITE.url + reverse("advocacy:calendar_feed", args=[token])
    return render(request, TEMPLATE, vars(calendar_address_page(request.user, address=address)))


@keeps_no_draft
@require_POST
def revoke_my_calendar_address(request: SignedInRequest) -> HttpResponse:
    """Revoke it at once."""
    revoke_calendar_address(actor=request.user)
    messages.success(request, _("The address is revoked. Whoever has it reads nothing any more."))
    return redirect(PAGE)
