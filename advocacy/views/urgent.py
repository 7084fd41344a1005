"""The alarm: one form, one notice, one page that says what left. And the two pages of a signer."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.form_faults import take
from accounts.second_person import who_agrees
from accounts.sign_in.freshness import fresh_second_factor
from advocacy.actions import sending, signers
from advocacy.actions import urgent as acts
from advocacy.forms.urgent import FourForm, LookBackForm, NoticeSignForm, UrgentForm, recipient_in_words
from advocacy.possible_doubles import with_this_name
from casework.access import may, who_may
from casework.actions.cases import may_open_cases
from casework.actions.consent import MAY_SECOND, second_consent
from casework.models import Case, Consent, Name
from casework.views.lookup import case_or_404
from directory.models import Recipient
from materials.actions.reviews import NotSigned, Reason, Seen
from materials.forms.reviews import SendBackForm
from materials.models import Copy, Dispatch, EmergencyCheck, Material
from materials.pages import review_page
from materials.pdf.text import text_of
from materials.review.refusals import shown
from materials.views.lookup import Opened, material_or_404, note_reading
from materials.views.materials import refusals_of
from safety import gate
from safety.models import Review
from safety.people import signers_of
from safety.verdict import GateClosed

SHOWN = 5


@require_http_methods(["GET", "POST"])
def urgent(request: HttpRequest) -> HttpResponse:
    """Raise the alarm: eight answers and ticks open the case and prepare the notice. Nothing typed is lost."""
    if not may_open_cases(request.user):
        raise PermissionDenied(_("Outside reviewers read what is sent to them; they open no cases."))
    case = _case_it_is_about(request)
    is_sent, is_notice = request.method == "POST", case is not None or "without_notice" not in request.POST
    doubles = list(with_this_name(request.user, request.POST.get("name", ""))[:SHOWN]) if is_sent and not case else []
    form = UrgentForm(request.POST if is_sent else None, doubles=doubles, case=case, is_notice=is_notice)
    if is_sent and form.is_valid():
        try:
            if not is_notice:
                return _opened(request, acts.open_without_notice(actor=request.user, alarm=form.alarm()))
            made = acts.raise_alarm(actor=request.user, alarm=form.alarm(), case=case)
        except ValidationError as refused:
            take(form, refused)
        else:
            return redirect("advocacy:urgent_notice", made.pk)
    context = {
        "form": form,
        "about": case,
        "doubles": [(double, may(request.user, "dispatch", double)) for double in doubles],
        "contact": acts.contact_line(request.user),
        "has_recipients": Recipient.objects.approved().exists(),
    }
    return render(request, "advocacy/urgent/urgent.html", context, status=422 if form.errors else 200)


def _case_it_is_about(request: HttpRequest) -> Case | None:
    """Return the case that exists already, where the alarm is raised on one; its coordinators alone may."""
    reference = request.POST.get("on_case") or request.GET.get("case")
    return case_or_404(request, reference, may="dispatch") if reference else None


def _opened(request: HttpRequest, case: Any) -> HttpResponse:
    messages.success(
        request,
        _("The case %(codename)s is open. No notice was made; what you typed stands on it.")
        % {"codename": case.codename},
    )
    return redirect("casework:case", case.reference)


@require_GET
def notice(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The notice as its recipients will read it, the signers who were called, and sending."""
    opened = _notice_or_404(request, pk)
    note_reading(request.user, opened)
    return _page(request, opened)


def _notice_or_404(request: HttpRequest, pk: uuid.UUID, *, may: str = "view_case") -> Opened:
    """Return a protective notice whose words this reader may see; any other material is not here."""
    opened = material_or_404(request, pk, may=may)
    if opened.material.kind != Material.Kind.NOTICE or not opened.may_read:
        raise Http404
    return opened


def _page(request: HttpRequest, opened: Opened, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {**_facts(request, opened), **more}
    return render(request, "advocacy/urgent/notice.html", context, status=status)


def _facts(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """Return what every page of a notice shows: the paper, the scan, the four answers, consent, signers, recipients."""
    row = opened.material
    scan = review_page.latest_scan(row)
    is_own = request.user.pk in {row.author_id, row.last_editor_id}
    may_sign = "sign_review" in opened.rights and not is_own
    recipients = sending.chosen(row)
    standing = sending.standing_of(row)
    is_uncalled = row.status == Material.Status.IN_REVIEW and not standing.alarms
    return {
        "case": opened.case,
        "tab": "materials",
        "material": row,
        "rights": opened.rights,
        "paper": review_page.shown_paper(row, scan),
        "scan": scan,
        "findings": review_page.finding_rows(row, scan, may_rule=may_sign),
        "has_name": Name.objects.filter(case__in=opened.cases).present().exists(),
        "check": _four_answers(row),
        "presumed": _presumed(opened),
        "may_agree": bool(may_sign and signers.consents_to_second(row, request.user)),
        "standing": standing,
        "recipients": [recipient_in_words(one) for one in recipients],
        "sent_back": Review.objects.filter(material_id=row.pk, verdict="sent_back")
        .select_related("reviewer")
        .order_by("-signed_at")
        .first(),
        "four": FourForm(),
        "may_call": is_uncalled or row.status in {Material.Status.DRAFT, Material.Status.SENT_BACK},
        "is_sent": row.status == Material.Status.SENT,
        "may_sign": may_sign and row.status == Material.Status.IN_REVIEW,
        "may_send": "dispatch" in opened.rights,
        "send_label": ngettext("Send now to %(n)s recipient", "Send now to %(n)s recipients", len(recipients))
        % {"n": len(recipients)},
        "alone": (alone := _sent_alone(row)),
        "who_looks": _who_looks(opened, row, alone) if alone else "",
        "is_sent_before": Dispatch.objects.filter(material=row).exists(),
    }


def _who_looks(opened: Opened, *rows: Any) -> str:
    """Return who may look at what was sent alone: who signs on the case, but neither its writers nor its sender."""
    wrote = [getattr(row, name, None) for row in rows for name in ("author_id", "last_editor_id", "created_by_id")]
    people = [set(signers_of(case, "sign_review")) for case in opened.cases]
    return who_agrees(sorted(set.intersection(*people), key=str), but=wrote)


def _four_answers(material: Material) -> EmergencyCheck | None:
    """Return the four answers for the words as they are now."""
    rows = EmergencyCheck.objects.filter(material=material, revision=material.revision)
    return rows.select_related("answered_by").first()


def _presumed(opened: Opened) -> list[tuple[Consent, Any, bool]]:
    """Return each presumed consent, until when a second person agrees to it, and whether that is late."""
    rows = Consent.objects.filter(case__in=opened.cases, basis=Consent.Basis.BEST_INTEREST).present()
    found = rows.select_related("seconded_by", "explained_by")
    people = {case.pk: who_may(case, *MAY_SECOND) for case in opened.cases} if found else {}
    for one in found:
        one.who = who_agrees(people[one.case_id], but=[one.explained_by_id])  # type: ignore[attr-defined]
    return [(one, one.from_at + signers.AGREE_WITHIN, signers.is_agreement_late(one)) for one in found]


def _sent_alone(material: Material) -> Dispatch | None:
    """Return what was sent alone and waits for a second look, the longest waiting first."""
    rows = Dispatch.objects.filter(material=material, review_due_at__isnull=False, reviewed_after_at=None)
    return rows.select_related("created_by", "clearance__review", "material").order_by("review_due_at").first()


@require_POST
def send(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it, or show every reason why not; the notice stays as it is then."""
    opened = _notice_or_404(request, pk, may="dispatch")
    try:
        outcome = sending.send(actor=request.user, material=opened.material)
    except GateClosed as closed:
        refused = refusals_of(request.user, closed.verdict, _("Not sent"), opened)
        return _page(request, opened, status=409, refused=refused)
    except sending.NothingSent as nothing:
        rows = _named(request.user, opened, nothing.refused)
        return _page(request, opened, status=409, refused={"title": _("Nobody got a copy"), "rows": rows})
    except ValidationError as fault:
        return _without_recipients(request, opened, fault)
    return _sent_page(request, opened, outcome)


def _without_recipients(request: HttpRequest, opened: Opened, fault: ValidationError) -> HttpResponse:
    """Draw the notice with the fault beside its recipients, and the way to an alarm that names some."""
    url = f"{reverse('advocacy:urgent')}?case={opened.case.reference}#id_recipients"
    rows = [
        {"title": sentence, "url": url, "label": _("Write a notice that names a recipient")}
        for sentence in fault.messages
    ]
    refused = {"title": _("Not sent"), "rows": rows}
    return _page(request, opened, status=422, refused=refused, recipient_faults=fault.messages)


def _named(viewer: Any, opened: Opened, refused: list[sending.Refused]) -> list[dict[str, str]]:
    """Return every reason with the name of the recipient it keeps a copy from; asked once for each kind of recipient."""
    told: dict[Any, list[Any]] = {}
    rows = []
    for one in refused:
        key = one.recipient.audience, tuple(getattr(reason, "code", "") for reason in one.reasons)
        if key not in told or not all(key[1]):
            leaving = gate.Leaving.of(opened.material, recipient_id=one.recipient.pk)
            told[key] = shown(
                [Reason(**reason) if isinstance(reason, dict) else reason for reason in one.reasons],
                material=opened.material,
                cases=opened.cases,
                viewer=viewer,
                leaving=leaving,
                audience=one.recipient.audience,
            )
        rows += [
            {"title": f"{one.recipient.name}: {row.title}", "text": row.text, "url": row.url, "label": row.label}
            for row in told[key]
        ]
    return rows


def _sent_page(request: HttpRequest, opened: Opened, outcome: sending.Sent) -> HttpResponse:
    if not outcome.refused:
        return redirect("advocacy:urgent_sent", opened.material.pk)
    rows = _named(request.user, opened, outcome.refused)
    return _draw_sent(request, opened, refused={"title": _("Some recipients got no copy"), "rows": rows})


@require_GET
def sent(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Which copies left, through which channel each is handed over, and the words to hand over."""
    return _draw_sent(request, _notice_or_404(request, pk, may="dispatch"))


def _draw_sent(request: HttpRequest, opened: Opened, **more: Any) -> HttpResponse:
    """Draw the page of what left: the frozen words, only where every record behind them carries our mark."""
    row = opened.material
    dispatch = (
        Dispatch.objects.select_related("clearance__review__reviewer", "material")
        .filter(material=row)
        .order_by("-created_at")
        .first()
    )
    if dispatch is None:
        return redirect("advocacy:urgent_notice", row.pk)
    note_reading(request.user, opened)
    stands = (
        gate.still_open(dispatch)
        if sending.is_authentic(dispatch)
        else gate.Verdict((gate.Refusal("not-authentic", material_id=row.pk),))
    )
    copies = Copy.objects.filter(dispatch=dispatch).select_related("recipient").order_by("number")
    context = {
        "case": opened.case,
        "tab": "materials",
        "material": row,
        "dispatch": dispatch,
        "who_looks": _who_looks(opened, row, dispatch) if dispatch.review_due_at else "",
        "copies": copies,
        "text": text_of(dispatch) if stands else None,
        "withdrawn": None if stands else _withdrawn(request.user, opened, dispatch, stands),
        **more,
    }
    return render(request, "advocacy/urgent/sent.html", context)


def _withdrawn(viewer: Any, opened: Opened, dispatch: Dispatch, verdict: gate.Verdict) -> dict[str, Any]:
    leaving = gate.Leaving.of(dispatch)
    rows = shown(verdict.refusals, material=opened.material, cases=opened.cases, viewer=viewer, leaving=leaving)
    return {"title": _("It is not handed out any more"), "rows": rows}


@require_POST
def call(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the four questions again, scan the present words, hand them to the signers and call everybody who was not called for them yet."""
    opened = _notice_or_404(request, pk, may="write_material")
    form = FourForm(request.POST)
    if not form.is_valid():
        return _page(request, opened, status=422, form=form, four=form)
    try:
        made = acts.call_again(actor=request.user, material=opened.material)
    except ValidationError as refused:
        rows = [{"title": sentence} for sentence in refused.messages]
        return _page(request, opened, status=409, refused={"title": _("No signer was called"), "rows": rows})
    messages.success(
        request, ngettext("%(n)s signer was called.", "%(n)s signers were called.", len(made)) % {"n": len(made)}
    )
    return redirect("advocacy:urgent_notice", pk)


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def sign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The whole notice, the four answers, the scan, and one button; the second factor was shown a moment ago."""
    opened = _notice_or_404(request, pk, may="sign_review")
    facts = _facts(request, opened)
    row = opened.material
    seen = {"revision": row.revision, "mac": bytes(row.mac or b"").hex()}
    form = NoticeSignForm(request.POST or None, initial=seen, may_agree=facts["may_agree"])
    facts |= {"form": form, "send_back": SendBackForm()}
    if request.method == "GET":
        note_reading(request.user, opened)
        return render(request, "advocacy/urgent/sign.html", facts)
    if not form.is_valid():
        return render(request, "advocacy/urgent/sign.html", facts, status=422)
    said = form.cleaned_data
    try:
        signers.sign_notice(
            actor=request.user,
            material=row,
            seen=Seen(said["revision"], said["mac"]),
            proof=request.second_factor_proof,  # type: ignore[attr-defined]
            agrees=said.get("agrees", False),
        )
    except NotSigned as refused:
        facts["refused"] = {"title": _("Not signed"), "rows": refused.reasons}
        return render(request, "advocacy/urgent/sign.html", facts, status=409)
    messages.success(request, _("You signed the notice. %(name)s may send it now.") % {"name": row.author})
    return redirect("advocacy:urgent_notice", pk)


@require_POST
def agree(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
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
def look_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Look at a notice that was sent alone, within 24 hours: the words that left, not those of today."""
    opened = _notice_or_404(request, pk, may="sign_review")
    dispatch = _sent_alone(opened.material)
    if dispatch is None:
        messages.info(request, _("Nothing that was sent alone waits for a second look here."))
        return redirect("advocacy:urgent_notice", pk)
    form = LookBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proof = request.second_factor_proof  # type: ignore[attr-defined]
            signers.look_back(actor=request.user, dispatch=dispatch, proof=proof, note=form.cleaned_data["note"])
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(request, _("You looked at it. Your note is in the trail."))
            return redirect("advocacy:urgent_notice", pk)
    if request.method == "GET":
        note_reading(request.user, opened)
    context = {
        **_facts(request, opened),
        "dispatch": dispatch,
        "form": form,
        "paper": review_page.shown_paper(dispatch),
    }
    context["is_forged"] = not sending.is_authentic(dispatch)
    return render(request, "advocacy/urgent/look_back.html", context, status=422 if form.errors else 200)
