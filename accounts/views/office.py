"""People of the office: for administrators; and acts that wait, for those who may confirm them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.forms.people import CloseAccountForm, InviteForm, ResetForm, RoleForm
from accounts.models import Invitation, PendingAct, PersonRole, User
from accounts.pages.joining import InvitePage
from accounts.pages.people import ActsPage, act_page, people_page, person_page, with_who
from accounts.pages.refused import RefusedActPage, reasons_in_rows
from accounts.refusals import Refused
from accounts.roles import GIVEN_BY_TWO, SECONDING_ROLES, OfficeRole, holds
from accounts.second_person import may_confirm, who_confirms, would_shut_the_office
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from accounts.views.outcome import done_or_refused

View = Callable[..., HttpResponseBase]


def only_for(*roles: str) -> Callable[[View], View]:
    """Show a page to holders of these roles alone; to everybody else it does not exist."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not holds(request.user, *roles):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


administrators = only_for(OfficeRole.ADMINISTRATOR)
confirmers = only_for(OfficeRole.ADMINISTRATOR, *SECONDING_ROLES)


@leads_back_here
@administrators
def people(request: SignedInRequest) -> HttpResponse:
    """Who is here, with which roles; who is invited; what waits for a second person."""
    return render(request, "accounts/people.html", vars(people_page()))


@administrators
@fresh_second_factor
@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """Invite somebody."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    return answer_form(
        request,
        form,
        act=lambda: actions.invite(actor=request.user, **form.cleaned_data),
        done=_("The invitation is on its way. It works once, within 72 hours."),
        back=reverse("accounts:people"),
        draw=lambda status: render(request, "accounts/invite.html", vars(InvitePage(form)), status=status),
    )


@administrators
@fresh_second_factor
@require_POST
def withdraw_invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an invitation that nobody used."""
    actions.withdraw_invitation(actor=request.user, invitation=get_object_or_404(Invitation, pk=pk))
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:people")


@leads_back_here
@administrators
@fresh_second_factor
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: roles, and what can be done. Asks for the second factor, since what follows changes rights."""
    page = person_page(get_object_or_404(User, pk=pk), request.user)
    return render(request, "accounts/person.html", vars(page))


@administrators
@fresh_second_factor
@require_POST
def give_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a role, or propose it where it needs a second person."""
    whom, form = get_object_or_404(User, pk=pk), RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role from the list."))
        return redirect("accounts:person", pk=pk)
    role, reason = form.cleaned_data["role"], form.cleaned_data["reason"]

    def act() -> None:
        if role in GIVEN_BY_TWO:
            actions.propose_role(actor=request.user, person=whom, role=role, reason=reason)
        else:
            actions.give_role(actor=request.user, person=whom, role=role)

    return done(request, act, whom, _proposed(request, whom) if role in GIVEN_BY_TWO else _("The role is given."))


@administrators
@fresh_second_factor
@require_POST
def end_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a role at once, or propose it where too few would be left who confirm."""
    held = get_object_or_404(PersonRole.objects.live().select_related("user"), pk=pk)
    if would_shut_the_office(held.user, held=held):
        return wait_for_a_second(
            request, lambda: actions.propose_role_end(actor=request.user, held=held, reason=_reason(request)), held.user
        )
    return done(
        request,
        lambda: actions.end_role(actor=request.user, held=held),
        held.user,
        _("The role is ended."),
    )


@administrators
@fresh_second_factor
@require_http_methods(["POST"])
def reset(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose to reset a password or a second factor."""
    whom, form = get_object_or_404(User, pk=pk), ResetForm(request.POST)
    if not form.is_valid():
        messages.error(
            request,
            _("Say what is lost, and how you know that it is this person who asks."),
        )
        return redirect("accounts:person", pk=pk)
    return done(
        request,
        lambda: actions.propose_reset(actor=request.user, person=whom, **form.cleaned_data),
        whom,
        _proposed(request, whom),
    )


@administrators
@fresh_second_factor
@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an account at once, or propose it where too few would be left who confirm."""
    whom = get_object_or_404(User, pk=pk)
    if would_shut_the_office(whom):
        return wait_for_a_second(
            request,
            lambda: actions.propose_deactivation(actor=request.user, person=whom, reason=_reason(request)),
            whom,
        )
    return done(
        request,
        lambda: actions.deactivate(actor=request.user, person=whom),
        whom,
        _("The account is closed."),
    )


@administrators
@fresh_second_factor
@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose that a closed account opens again."""
    whom = get_object_or_404(User, pk=pk)
    return done(
        request,
        lambda: actions.propose_reactivation(actor=request.user, person=whom),
        whom,
        _proposed(request, whom),
    )


def wait_for_a_second(request: SignedInRequest, act: Callable[[], PendingAct], whom: User) -> HttpResponse:
    """Propose what would leave too few who confirm, and lead to the page that says why it waits and until when."""
    try:
        proposed = act()
    except Refused as refused:
        page = RefusedActPage(reasons_in_rows(refused.reasons), reverse("accounts:person", args=[whom.pk]))
        return render(request, "accounts/refused.html", vars(page), status=409)
    messages.warning(request, _("This is not done yet: it waits. Everybody was told."))
    return redirect("accounts:act", pk=proposed.pk)


def _reason(request: SignedInRequest) -> str:
    form = CloseAccountForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""


def _proposed(request: SignedInRequest, whom: User) -> str:
    """Return who may confirm what was proposed just now about this person."""
    who = who_confirms(may_confirm(), but=[request.user.pk, whom.pk])
    return _("Proposed. %(who)s After a week it counts for nothing.") % {"who": who}


def done(request: SignedInRequest, act: Callable[[], object], whom: User, words: str) -> HttpResponse:
    """Do one act on a person, and go back to that person's page, or say every reason why not."""
    page = reverse("accounts:person", args=[whom.pk])
    return done_or_refused(request, act, done=words, then=page, back=page)


@leads_back_here
@confirmers
def acts(request: SignedInRequest) -> HttpResponse:
    """What waits for a second person."""
    waiting = PendingAct.objects.waiting().select_related("beneficiary", "proposed_by").order_by("proposed_at")
    return render(request, "accounts/acts.html", vars(ActsPage(with_who(waiting))))


@confirmers
@fresh_second_factor
@require_http_methods(["GET", "POST"])
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """One proposed act, to confirm as second person; every reason why not stands on the page."""
    waiting = get_object_or_404(PendingAct.objects.waiting().select_related("beneficiary", "proposed_by"), pk=pk)
    if request.method == "GET":
        return render(request, "accounts/act.html", vars(act_page(waiting, request.user)))
    return done_or_refused(
        request,
        lambda: actions.second(actor=request.user, act=waiting),
        done=_("Confirmed. All who sign are told."),
        then=reverse("accounts:acts"),
        back=request.path,
    )


@confirmers
@fresh_second_factor
@require_POST
def finish_act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do without a second person what everybody was told of long enough."""
    waiting = get_object_or_404(PendingAct.objects.waiting(), pk=pk)
    return done_or_refused(
        request,
        lambda: actions.finish_alone(actor=request.user, act=waiting),
        done=_("Done. Everybody is told."),
        then=reverse("accounts:acts"),
        back=reverse("accounts:act", args=[pk]),
    )


@confirmers
@fresh_second_factor
@require_POST
def withdraw_act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a proposed act."""
    waiting = get_object_or_404(PendingAct.objects.waiting(), pk=pk)
    return done_or_refused(
        request,
        lambda: actions.withdraw_act(actor=request.user, act=waiting),
        done=_("The proposal is withdrawn."),
        then=reverse("accounts:acts"),
        back=reverse("accounts:act", args=[pk]),
    )
