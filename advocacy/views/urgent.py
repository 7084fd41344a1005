"""The alarm: one form, one notice, one page that says what left. And the two pages of a signer."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from accounts.views.once import act_once, button_once
from advocacy.actions import sending, signers
from advocacy.actions import urgent as urgent_actions
from advocacy.forms.urgent import FourForm, LookBackForm, NoticeSignForm, UrgentForm
from advocacy.pages.urgent import (
    look_back_page,
    notice_facts,
    notice_page,
    notice_sign_page,
    sent_alone,
    urgent_page,
)
from advocacy.pages.urgent_sending import (
    last_dispatch,
    no_recipients,
    refusal_lines,
    refusals_to,
    refused_copies,
    sent_page,
)
from casework.actions.cases import may_open_cases
from casework.actions.consent import second_consent
from casework.models import Case
from casework.twins.same_name import namesakes_seen_by
from casework.views.lookup import case_or_404
from materials.actions.reviews import NotSigned, ReadRevision
from materials.leaving.scanning import renew_scan
from materials.models import Material
from materials.pages.refused import RefusalList
from materials.review.refusals import RefusalLine
from materials.views.lookup import Opened, material_or_404, note_reading
from safety.verdict import GateClosed

SHOWN = 5


@require_http_methods(["GET", "POST"])
def urgent(request: SignedInRequest) -> HttpResponse:
    """Raise the alarm: eight answers and ticks open the case and prepare the notice. Nothing typed is lost."""
    if not may_open_cases(request.user):
        raise PermissionDenied(_("Outside reviewers read what is sent to them; they open no cases."))
    case = _case_it_is_about(request)
    is_sent, is_notice = request.method == "POST", case is not None or "without_notice" not in request.POST
    name, country = request.POST.get("name", ""), request.POST.get("country", "")
    namesakes = list(namesakes_seen_by(request.user, name, country)[:SHOWN]) if is_sent and not case else []
    form = UrgentForm(request.POST if is_sent else None, namesakes=namesakes, case=case, is_notice=is_notice)

    def act() -> Case | Material:
        if is_notice:
            return urgent_actions.raise_alarm(actor=request.user, alarm=form.alarm(), case=case)
        return urgent_actions.open_without_notice(actor=request.user, alarm=form.alarm())

    def draw(status: int) -> HttpResponse:
        page = urgent_page(request.user, form, case, namesakes)
        return render(request, "advocacy/urgent/urgent.html", vars(page), status=status)

    return answer_form(request, form, act=act, done=_opened, back=_made_at, draw=draw)


def _case_it_is_about(request: SignedInRequest) -> Case | None:
    """Return the case that exists already, where the alarm is raised on one; its coordinators alone may."""
    reference = request.POST.get("on_case") or request.GET.get("case")
    return case_or_404(request, reference, may="dispatch") if reference else None


def _opened(made: Case | Material) -> str:
    """Say that the case is open, where no notice shows it."""
    if isinstance(made, Material):
        return ""
    said = _(
        "The case %(case)s is open. No notice was made; what you typed stands on it. A signer looks at this first."
    )
    return said % {"case": made}


def _made_at(made: Case | Material) -> str:
    if isinstance(made, Material):
        return reverse("advocacy:urgent_notice", args=[made.pk])
    return reverse("casework:case", args=[made.reference])


@require_GET
def notice(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The notice as its recipients will read it, the signers who were called, and sending."""
    opened = _notice_or_404(request, pk)
    renew_scan(opened.material, actor=request.user)
    note_reading(request.user, opened)
    return _draw(request, opened)


def _notice_or_404(request: SignedInRequest, pk: uuid.UUID, *, may: str = "view_case") -> Opened:
    """Return a protective notice whose words this reader may see; any other material is not here."""
    opened = material_or_404(request, pk, may=may)
    if opened.material.kind != Material.NOTICE or not opened.may_read:
        raise Http404
    return opened


def _draw(
    request: SignedInRequest,
    opened: Opened,
    *,
    status: int = 200,
    form: FourForm | None = None,
    refused: RefusalList | None = None,
    recipient_faults: Sequence[str] = (),
) -> HttpResponse:
    page = notice_page(opened, request.user, form=form, refused=refused, recipient_faults=recipient_faults)
    return render(request, "advocacy/urgent/notice.html", vars(page), status=status)


@require_POST
def send(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it, or show every reason why not; the notice stays as it is then."""
    opened = _notice_or_404(request, pk, may="dispatch")
    try:
        outcome = sending.send(actor=request.user, material=opened.material)
    except GateClosed as closed:
        refused = refusals_to(request.user, opened, closed.verdict, _("Not sent"))
        return _draw(request, opened, status=409, refused=refused)
    except sending.NothingSent as nothing:
        refused = refused_copies(request.user, opened, nothing.refused, _("Nobody got a copy"))
        return _draw(request, opened, status=409, refused=refused)
    except ValidationError as fault:
        refused = no_recipients(opened, fault.messages)
        return _draw(request, opened, status=422, refused=refused, recipient_faults=fault.messages)
    if not outcome.refused:
        return redirect("advocacy:urgent_sent", opened.material.pk)
    refused = refused_copies(request.user, opened, outcome.refused, _("Some recipients got no copy"))
    return _draw_sent(request, opened, refused)


@require_GET
def sent(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Which copies left, through which channel each is handed over, and the words to hand over."""
    return _draw_sent(request, _notice_or_404(request, pk, may="dispatch"))


def _draw_sent(request: SignedInRequest, opened: Opened, refused: RefusalList | None = None) -> HttpResponse:
    dispatch = last_dispatch(opened.material)
    if dispatch is None:
        return redirect("advocacy:urgent_notice", opened.material.pk)
    note_reading(request.user, opened)
    page = sent_page(opened, request.user, dispatch, refused)
    return render(request, "advocacy/urgent/sent.html", vars(page))


@require_POST
@button_once
def call(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the four questions again, scan the present words, hand them to the signers and call everybody who was not called for them yet."""
    opened = _notice_or_404(request, pk, may="write_material")
    form = FourForm(request.POST)
    if not form.is_valid():
        return _draw(request, opened, status=422, form=form)
    home = reverse("advocacy:urgent_notice", args=[pk])
    try:
        made = act_once(
            request,
            lambda: urgent_actions.call_again(actor=request.user, material=opened.material),
            leads_to=lambda _called: home,
        )
    except ValidationError as refused:
        rows = [RefusalLine(sentence) for sentence in refused.messages]
        return _draw(request, opened, status=409, refused=RefusalList(_("No signer was called"), rows))
    messages.success(
        request, ngettext("%(n)s signer was called.", "%(n)s signers were called.", len(made)) % {"n": len(made)}
    )
    return redirect(home)


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def sign(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The whole notice, the four answers, the scan, and one button; the second factor was shown a moment ago."""
    opened = _notice_or_404(request, pk, may="sign_review")
    facts, row = notice_facts(opened, request.user), opened.material
    seen = {"revision": row.revision, "mac": bytes(row.mac or b"").hex()}
    form = NoticeSignForm(request.POST or None, initial=seen, may_agree=facts.may_agree)
    page = notice_sign_page(facts, form)
    if request.method == "GET":
        note_reading(request.user, opened)
        return render(request, "advocacy/urgent/sign.html", vars(page))
    if not form.is_valid():
        return render(request, "advocacy/urgent/sign.html", vars(page), status=422)
    said = form.cleaned_data
    try:
        signers.sign_notice(
            actor=request.user,
            material=row,
            seen=ReadRevision(said["revision"], said["mac"]),
            proof=request.second_factor_proof,
            agrees=said.get("agrees", False),
        )
    except NotSigned as refused:
        page = notice_sign_page(facts, form, RefusalList(_("Not signed"), refusal_lines(refused.reasons)))
        return render(request, "advocacy/urgent/sign.html", vars(page), status=409)
    messages.success(request, _("You signed the notice. %(name)s may send it now.") % {"name": row.author})
    return redirect("advocacy:urgent_notice", pk)


@require_POST
def agree(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree, as second person, that best interest may be presumed."""
    opened = _notice_or_404(request, pk, may="sign_review")
    try:
        for row in signers.consents_to_second(opened.material, request.user):
            second_consent(actor=request.user, consent=row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("You agreed as second person. Consent is sought again every day."))
    return redirect("advocacy:urgent_notice", pk)


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def look_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Look at a notice that was sent alone, within 24 hours: the words that left, not those of today."""
    opened = _notice_or_404(request, pk, may="sign_review")
    dispatch = sent_alone(opened.material)
    if dispatch is None:
        messages.info(request, _("Nothing that was sent alone waits for a second look here."))
        return redirect("advocacy:urgent_notice", pk)
    form = LookBackForm(request.POST or None)
    if request.method == "GET":
        note_reading(request.user, opened)

    def draw(status: int) -> HttpResponse:
        page = look_back_page(opened, request.user, dispatch, form)
        return render(request, "advocacy/urgent/look_back.html", vars(page), status=status)

    return answer_form(
        request,
        form,
        act=lambda: signers.look_back(
            actor=request.user,
            dispatch=dispatch,
            proof=request.second_factor_proof,
            note=form.cleaned_data["note"],
        ),
        done=_("You looked at it. Your note is in the trail."),
        back=reverse("advocacy:urgent_notice", args=[pk]),
        draw=draw,
    )
