"""Setting up the second factor, showing it again, and the recovery codes."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.drafts import keeps_no_draft
from accounts.forms.sign_in import FactorForm, ProveAgainForm
from accounts.pages.second_factor import ProveAgainPage, RecoveryCodesPage, factor_page
from accounts.sign_in import factors
from accounts.sign_in.freshness import fresh_second_factor, has_fresh_second_factor
from accounts.sign_in.middleware import open_without_factor
from accounts.sign_in.own_sessions import renew_session
from accounts.sign_in.requests import SignedInRequest
from audit.trail import record

NEW_FACTOR = "accounts.new_factor"


@keeps_no_draft
@never_cache
@require_http_methods(["GET", "POST"])
def prove_again(request: SignedInRequest) -> HttpResponseBase:
    """Ask for the second factor again, then lead back to where one came from."""
    then = safe_next(request)
    form = ProveAgainForm(request.POST or None, user=request.user)
    if form.is_valid():
        form.save()
        renew_session(request)
        return redirect(then)
    return render(request, "mfa/reauthenticate.html", vars(ProveAgainPage(form, then)))


def safe_next(request: SignedInRequest) -> str:
    """Where to go afterwards: a page of this site, else the first page."""
    then = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(then, allowed_hosts=None) and then.startswith("/")
    return then if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)


@keeps_no_draft
@open_without_factor
@never_cache
@require_http_methods(["GET", "POST"])
def factor(request: SignedInRequest) -> HttpResponseBase:
    """Set up the second factor. Whoever has one already shows it first."""
    is_replaced = factors.has_factor(request.user)
    if is_replaced and has_fresh_second_factor(request.session) is None:
        return replace(request)
    if request.method == "GET" or NEW_FACTOR not in request.session:
        request.session[NEW_FACTOR] = encrypt(generate_totp_secret())
    secret = decrypt(request.session[NEW_FACTOR])
    form = FactorForm(request.POST or None, secret=secret, user=request.user)
    if form.is_valid():
        return set_up(request, secret, form.cleaned_data["code"], is_replaced=is_replaced)
    return render(request, "mfa/totp/activate_form.html", vars(factor_page(request.user, secret, form)))


@fresh_second_factor
def replace(request: SignedInRequest) -> HttpResponseBase:
    """Reached by those who have a factor and did not show it again: the decorator asks for it."""
    return redirect("accounts:factor")


def set_up(request: SignedInRequest, secret: str, code: str, *, is_replaced: bool) -> HttpResponse:
    """Activate the new authenticator; its first code counts as used and as shown."""
    held = factors.give_factor(request.user, secret)
    held.wrap().validate_code(code)
    del request.session[NEW_FACTOR]
    record_authentication(request, request.user, "mfa", id=held.pk, type=held.type, reauthenticated=True)
    renew_session(request)
    record(
        actor=request.user,
        verb="accounts.factor.replaced" if is_replaced else "accounts.factor.set_up",
    )
    messages.success(request, _("The second factor is set up. Write down the recovery codes now."))
    return redirect("accounts:recovery_codes")


@keeps_no_draft
@fresh_second_factor
@never_cache
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """The recovery codes that are left. Looking at them is recorded."""
    record(actor=request.user, verb="accounts.recovery_codes.seen")
    page = RecoveryCodesPage(factors.recovery_codes_left(request.user))
    return render(request, "mfa/recovery_codes/index.html", vars(page))


@keeps_no_draft
@fresh_second_factor
@require_POST
def new_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Make new recovery codes; those before stop working."""
    factors.new_recovery_codes(request.user)
    record(actor=request.user, verb="accounts.recovery_codes.made")
    messages.success(
        request,
        _("These are your new recovery codes. The ones before do not work any more."),
    )
    return redirect("accounts:recovery_codes")
