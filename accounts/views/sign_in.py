"""Coming in and going out."""

from allauth.account import views as allauth_account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as allauth_mfa
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.drafts import keeps_no_draft
from accounts.forms.sign_in import NewPasswordForm
from accounts.models import Invitation, User
from accounts.models.invitation import token_digest
from accounts.pages.joining import AcceptPage
from accounts.refusals import Refused
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.middleware import open_without_factor

CHOSEN = "accounts.invitation"

# Open: strangers sign in here.
sign_in = login_not_required(keeps_no_draft(allauth_account.login))
# Open: the second page of a sign-in, reached with a right password only.
sign_in_code = login_not_required(keeps_no_draft(allauth_mfa.authenticate))
# Open: where allauth leads a person whose account was closed.
closed = login_not_required(allauth_account.account_inactive)
change_password = keeps_no_draft(fresh_second_factor(allauth_account.password_change))


@login_not_required  # Leaving must work when the session has ended already.
@keeps_no_draft
@open_without_factor
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest) -> HttpResponseBase:
    """End this session and wipe what the browser kept. A GET only asks."""
    if request.method == "GET" and request.user.is_authenticated:
        return render(request, "account/logout.html")
    get_adapter().logout(request)
    response = redirect("account_login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required  # Open: whoever was invited has no account yet. The secret leaves the address at once.
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the one-time secret out of the address; the next page asks for a password."""
    found = Invitation.objects.open().filter(token_sha256=token_digest(token)).first()
    request.session[CHOSEN] = found.pk if found else None
    return redirect("accounts:accept_invitation")  # also when it is closed: no log line of a refusal holds the secret


@login_not_required  # Open: whoever was invited has no account yet. The session knows which invitation was opened.
@keeps_no_draft
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Choose a password, once."""
    found = Invitation.objects.open().filter(pk=request.session.get(CHOSEN) or 0).first()
    if found is None:
        return render(request, "accounts/invitation_closed.html", status=410)
    person = found.person or User(username=found.username, name=found.name, email=found.email)
    form = NewPasswordForm(request.POST or None, user=person)
    if form.is_valid():
        try:
            actions.accept_invitation(invitation=found, password=form.cleaned_data["password1"])
        except Refused:
            return render(request, "accounts/invitation_closed.html", status=410)
        request.session.flush()
        messages.success(
            request,
            _("The password is set. Sign in with it, then set up your second factor."),
        )
        return redirect("account_login")
    return render(request, "accounts/accept_invitation.html", vars(AcceptPage(form, found)))
