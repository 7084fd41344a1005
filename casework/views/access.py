"""Who is on a case: the list for everybody on it, putting on and taking off with a fresh second factor."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from casework.access import NotAllowed, rights_on
from casework.actions import members as member_actions
from casework.forms.access import MemberForm
from casework.models import Case, Membership
from casework.pages.access import access_page, decide_page
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form
from casework.views.lookup import case_or_404, row_or_404


@leads_back_here
@require_GET
def access(request: SignedInRequest, reference: str) -> HttpResponse:
    """List the people on the case, who waits for a second person, and who was on it before."""
    case = case_or_404(request, reference)
    page = access_page(case, request.user, rights_on(request.user, case))
    return render(request, "casework/access.html", vars(page))


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def add_member(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put somebody on the case; for oneself it only asks."""
    case = case_or_404(request, reference, may="manage_access")
    form = MemberForm(request.POST or None)
    home = reverse("casework:access", args=[case.reference])
    page = FormPage(case, form, _("Put somebody on the case"), _("Put on the case"), home, offers_another=True)
    return answer_case_form(
        request,
        page,
        act=lambda: member_actions.add_member(
            actor=request.user,
            case=case,
            user=form.cleaned_data["user"],
            role=form.cleaned_data["role"],
            until=form.until,
        ),
        done=_who_joined,
    )


def _who_joined(row: Membership) -> str:
    if row.is_at_own_request:
        return _("Asked. A second person must agree before it counts.")
    return _("%(name)s is on the case.") % {"name": row.user}


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def second_member(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Agree that somebody who asked for it joins the case."""
    row = _open_row(request, reference, pk)
    if not member_actions.may_second(request.user, row.case):
        raise NotAllowed("manage_access", row.case)
    lead = _("%(name)s asked to join this case as %(role)s. Agree only if you know why: you answer for it together.")
    return _decide(
        request,
        row,
        member_actions.second_member,
        _("Agree that somebody joins"),
        lead,
        _("Agree"),
        _("%(name)s is on the case."),
    )


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def end_member(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Take a role away at once."""
    row = _open_row(request, reference, pk)
    if row.user_id != request.user.pk and "manage_access" not in rights_on(request.user, row.case):
        raise NotAllowed("manage_access", row.case)
    lead = _("%(name)s loses the role of %(role)s on this case at once. Drafts and entries of the trail stay.")
    return _decide(
        request,
        row,
        member_actions.end_member,
        _("Take somebody off the case"),
        lead,
        _("Take off the case"),
        _("%(name)s has lost this role."),
    )


def _decide(
    request: SignedInRequest,
    row: Membership,
    verb: Callable[..., Membership],
    title: str,
    lead: str,
    act: str,
    done: str,
) -> HttpResponse:
    """Ask once and do it; a refusal stands on the page."""
    words = {"name": row.user, "role": str(row.get_role_display()).lower()}
    refusals: list[str] = []
    if request.method == "POST":
        try:
            verb(actor=request.user, membership=row)
        except ValidationError as refused:
            refusals = refused.messages
        else:
            messages.success(request, done % words)
            is_still_seen = Case.objects.visible_to(request.user).filter(pk=row.case_id).exists()
            return redirect("casework:access", row.case.reference) if is_still_seen else redirect("casework:cases")
    page = decide_page(row, title=title, lead=lead % words, act=act, refusals=refusals)
    return render(request, "casework/decide.html", vars(page), status=409 if refusals else 200)


def _open_row(request: SignedInRequest, reference: str, pk: uuid.UUID) -> Membership:
    row = row_or_404(Membership, request, reference, pk)
    if row.ended_at is not None:
        raise Http404
    return row
