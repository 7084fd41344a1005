"""One's own account: language and colours, sessions, kept forms."""

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import drafts
from accounts.actions import end_sessions
from accounts.forms import AccountForm
from accounts.models import Draft, PersonRole
from accounts.roles import SECONDING_ROLES, OfficeRole, holds
from accounts.sign_in import browsers, factors
from accounts.sign_in.freshness import has_fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.signing import may_sign_now
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
    context = {
        "form": form,
        "roles": PersonRole.objects.live().filter(user=request.user).order_by("role"),
        "not_yet": may_sign_now(request.user),
        "has_factor": factors.has_factor(request.user),
        "codes_left": len(factors.recovery_codes_left(request.user)),
        "proof": has_fresh_second_factor(request.session),
        "drafts": [kept for kept in Draft.objects.of(request.user) if drafts.is_open(request.user, kept)],
        "may_confirm": holds(request.user, OfficeRole.ADMINISTRATOR, *SECONDING_ROLES),
        "unread": request.user.notices.filter(read_at=None, case_id=None).count(),
    }
    return render(request, "accounts/me.html", context)


@require_http_methods(["GET", "POST"])
def sessions(request: SignedInRequest) -> HttpResponse:
    """Where I am signed in; a POST ends every other session."""
    if request.method == "POST":
        ended = end_sessions(request.user, but=request.session.session_key)
        request.session[HASH_SESSION_KEY] = request.user.get_session_auth_hash()
        record(actor=request.user, verb="accounts.sessions.others_ended", number=ended)
        words = ngettext("%(n)d other session ended.", "%(n)d other sessions ended.", ended) % {"n": ended}
        messages.success(request, words)
        return redirect("accounts:sessions")
    rows = UserSession.objects.purge_and_list(request.user)
    rows.sort(key=lambda row: row.created_at, reverse=True)
    for row in rows:
        row.browser = browsers.in_words(row.user_agent)
    return render(request, "usersessions/usersession_list.html", {"sessions": rows})


@never_cache
def draft(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A form of mine that came too late, to read and to send again."""
    kept = get_object_or_404(Draft.objects.of(request.user), pk=pk)
    if not drafts.is_open(request.user, kept):
        raise Http404
    is_ours = kept.path.startswith("/") and url_has_allowed_host_and_scheme(kept.path, allowed_hosts=None)
    context = {
        "draft": kept,
        "fields": kept.fields(),
        "target": kept.path if is_ours else settings.LOGIN_REDIRECT_URL,
    }
    return render(request, "accounts/draft.html", context)


@require_POST
def delete_draft(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Forget one kept form of mine."""
    get_object_or_404(Draft.objects.of(request.user), pk=pk).delete()
    messages.success(request, _("The kept form is deleted."))
    return redirect("accounts:me")
