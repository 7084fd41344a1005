"""One's own account: language and colours, sessions, kept forms."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import drafts
from accounts.actions import end_sessions
from accounts.forms.me import AccountForm
from accounts.models import Draft
from accounts.pages.me import draft_page, me_page, sessions_page
from accounts.sign_in.devices import digest_of, forget_devices
from accounts.sign_in.own_sessions import sessions_of
from accounts.sign_in.requests import SignedInRequest
from audit.trail import record


@require_http_methods(["GET", "POST"])
def me(request: SignedInRequest) -> HttpResponse:
    """My account."""
    form = AccountForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        record(
            actor=request.user,
            verb="accounts.account.changed",
            fields=sorted(form.changed_data),
        )
        messages.success(request, _("Your account is saved."))
        return redirect("accounts:me")
    return render(request, "accounts/me.html", vars(me_page(request.user, form)))


@require_http_methods(["GET", "POST"])
def sessions(request: SignedInRequest) -> HttpResponse:
    """Where I am signed in; a POST ends every other session."""
    if request.method == "POST":
        ended = end_sessions(request.user, but=request.session.row_key, but_device=digest_of(request))
        request.session[HASH_SESSION_KEY] = request.user.get_session_auth_hash()
        record(actor=request.user, verb="accounts.sessions.others_ended", number=ended)
        words = ngettext("%(n)d other session ended.", "%(n)d other sessions ended.", ended) % {"n": ended}
        messages.success(request, words)
        return redirect("accounts:sessions")
    devices = request.user.known_devices.known().count()
    page = sessions_page(sessions_of(request.user), here=request.session.row_key, devices=devices)
    return render(request, "usersessions/usersession_list.html", vars(page))


@require_POST
def forget_my_devices(request: SignedInRequest) -> HttpResponse:
    """Forget every device of mine, and take the mark out of this browser."""
    forget_devices(request.user)
    record(actor=request.user, verb="accounts.devices.forgotten")
    messages.success(request, _("No device is known to your account any more."))
    response = redirect("accounts:sessions")
    response.delete_cookie(settings.DEVICE_COOKIE_NAME, samesite="Strict")
    return response


@never_cache
def draft(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A form of mine that came too late, to read and to send again."""
    kept = get_object_or_404(Draft.objects.of(request.user), pk=pk)
    if not drafts.may_reopen(request.user, kept):
        raise Http404
    return render(request, "accounts/draft.html", vars(draft_page(kept)))


@require_POST
def delete_draft(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Forget one kept form of mine."""
    get_object_or_404(Draft.objects.of(request.user), pk=pk).delete()
    messages.success(request, _("The kept form is deleted."))
    return redirect("accounts:me")
