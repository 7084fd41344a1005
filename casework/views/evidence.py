"""Sources and claims: lists, one page each, forms, and what checks them."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from audit.trail import record
from casework import dates
from casework.access import rights_on
from casework.actions import evidence
from casework.evidence import publishability
from casework.evidence.source_numbers import numbered_sources
from casework.forms.evidence import CitationForm, ClaimForm, NewClaimForm, SourceForm, SourceIdentityForm, VerifyForm
from casework.forms.scripts import scripts_in_words
from casework.models import Citation, Claim, Source
from casework.pages.packet_panels import claims_panel, is_present, shown_citation, sources_panel
from casework.pages.rows import NextStep
from casework.views.form_page import answer, typed
from casework.views.lookup import case_or_404, row_or_404
from directory.vocabulary import label


def to_claim(claim: Claim, reference: str) -> str:
    """Return the address of a claim's page."""
    return reverse("casework:claim", args=[reference, claim.pk])


@require_GET
def claims(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every claim of a case with its sources, grades and what it may be printed as."""
    case = case_or_404(request, reference)
    may_change = "change_case" in rights_on(request.user, case)
    context = {"case": case, "tab": "packet", "claims_panel": claims_panel(case, may_change=may_change)}
    return render(request, "casework/evidence/claims.html", context)


@require_GET
def claim(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One claim: what it says, how far it was checked, what it would disclose, and its sources."""
    row = row_or_404(Claim, request, reference, pk)
    numbers = numbered_sources(row.case)
    cited = [c for c in row.citations.select_related("source").order_by("created_at") if is_present(c)]
    may_change = "change_case" in rights_on(request.user, row.case)
    context = {
        "case": row.case,
        "tab": "packet",
        "claim": row,
        "next": _next_step(row, cited) if may_change else None,
        "on": dates.in_words(row.on) if row.on else "",
        "items": [label("consent_item", item.item) for item in row.items.all()],
        "cited": [shown_citation(c, row, numbers) for c in cited],
        "print_note": publishability.in_words(row),
        "band": publishability.band(row),
        "credibility": f"{row.credibility}: {label('info_credibility', str(row.credibility))}"
        if row.credibility
        else "",
        "may_change": may_change,
    }
    return render(request, "casework/evidence/claim.html", context)


def _next_step(row: Claim, cited: list[Citation]) -> NextStep | None:
    """Return the one thing that keeps a claim from being printed, and where it is done; None when nothing does."""
    reference = row.case.reference
    if not any(publishability.is_support(c) for c in cited):
        url = reverse("casework:add_citation", args=[reference, row.pk])
        return NextStep(_("cite the source that supports this claim."), url, _("Cite a source"))
    if row.status in publishability.WITHOUT_FORCE - {Claim.Status.REFUTED} or row.credibility is None:
        url = reverse("casework:verify_claim", args=[reference, row.pk])
        words = _("say how far this claim was checked: it prints nowhere until then.")
        if row.status == Claim.Status.CONFLICT:
            words = _("rule on the conflict: the claim prints nowhere until then.")
        return NextStep(words, url, _("Rule on claim %(number)s") % {"number": row.number})
    if not row.discloses_nothing and not row.items.all():
        url = reverse("casework:change_claim", args=[reference, row.pk])
        return NextStep(_("say what this claim would disclose."), url, _("Say what it discloses"))
    return None


def add_claim(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write a new claim, with its first source when there is one."""
    case = case_or_404(request, reference, "change_case")
    form = NewClaimForm(typed(request), case=case, instance=Claim(case=case))
    return answer(
        request,
        case=case,
        form=form,
        act=lambda: evidence.add_claim(
            actor=request.user,
            case=case,
            values=form.values(),
            items=form.cleaned_data["items"],
            source=form.cleaned_data["source"],
        ),
        done=_("The claim was added. It counts as not checked until somebody rules on it."),
        back=lambda row: to_claim(row, reference),
        back_url=reverse("casework:claims", args=[reference]),
        title=_("Add a claim"),
        act_label=_("Save the claim"),
    )


def change_claim(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change the sentence, its date or what it discloses."""
    row = row_or_404(Claim, request, reference, pk, may="change_case")
    form = ClaimForm(typed(request), case=row.case, instance=row)
    stale = _("The claim was saved. Its words changed, so it needs a new check.")
    return answer(
        request,
        case=row.case,
        form=form,
        act=lambda: evidence.change_claim(
            actor=request.user,
            claim=row,
            version=form.opened_version,
            values=form.values(),
            items=form.cleaned_data["items"],
        ),
        done=lambda saved: stale if saved.status == Claim.Status.STALE else _("The claim was saved."),
        back=to_claim(row, reference),
        back_url=to_claim(row, reference),
        title=_("Change claim %(number)s") % {"number": row.number},
        act_label=_("Save the claim"),
    )


def verify_claim(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Rule how far a claim was checked."""
    row = row_or_404(Claim, request, reference, pk, may="change_case")
    form = VerifyForm(typed(request), case=row.case, instance=row)
    sentence, numbers = row.text, numbered_sources(row.case)
    cited = [c for c in row.citations.select_related("source").order_by("created_at") if is_present(c)]
    return answer(
        request,
        case=row.case,
        form=form,
        act=lambda: evidence.verify_claim(actor=request.user, claim=row, version=form.opened_version, **form.values()),
        done=_("The ruling was recorded."),
        back=to_claim(row, reference),
        back_url=to_claim(row, reference),
        template="casework/evidence/verify.html",
        title=_("Rule on claim %(number)s") % {"number": row.number},
        act_label=_("Record the ruling"),
        sentence=sentence,
        cited=[shown_citation(c, row, numbers) for c in cited],
    )


def add_citation(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Put a source under a claim."""
    row = row_or_404(Claim, request, reference, pk, may="change_case")
    form = CitationForm(typed(request), case=row.case, instance=Citation(case=row.case, claim=row))
    against = _("The source was cited. The sources conflict now: the claim prints nowhere until somebody rules on it.")
    return answer(
        request,
        case=row.case,
        form=form,
        act=lambda: evidence.cite(actor=request.user, claim=row, values=form.values()),
        done=lambda cited: against if cited.kind == Citation.Kind.CONTRADICTS else _("The source was cited."),
        back=to_claim(row, reference),
        back_url=to_claim(row, reference),
        title=_("Cite a source for claim %(number)s") % {"number": row.number},
        lead=row.text,
        act_label=_("Cite the source"),
        other_url=reverse("casework:add_source", args=[reference]),
        other_label=_("Add a new source first"),
    )


def change_citation(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change how a source bears on its claim, or the place in it."""
    row = row_or_404(Citation, request, reference, pk, may="change_case")
    form = CitationForm(typed(request), case=row.case, instance=row)
    return answer(
        request,
        case=row.case,
        form=form,
        act=lambda: evidence.change_citation(
            actor=request.user, citation=row, version=form.opened_version, values=form.values()
        ),
        done=_("The citation was saved."),
        back=to_claim(row.claim, reference),
        back_url=to_claim(row.claim, reference),
        title=_("Change how the source bears on claim %(number)s") % {"number": row.claim.number},
        lead=row.source.title,
        act_label=_("Save the citation"),
        remove_url=reverse("casework:remove", args=[reference, "citation", row.pk]),
        remove_label=_("Take the source off the claim"),
    )


@require_GET
def sources(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every source of a case."""
    case = case_or_404(request, reference)
    may_change = "change_case" in rights_on(request.user, case)
    context = {"case": case, "tab": "packet", "rows": sources_panel(case), "may_change": may_change}
    return render(request, "casework/evidence/sources.html", context)


@require_GET
def source(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One source with the claims that stand on it; who it is stands on a page of its own."""
    row = row_or_404(Source, request, reference, pk)
    cited = [c for c in row.citations.present().select_related("claim") if c.claim.removed_at is None]
    rights = rights_on(request.user, row.case)
    context = {
        "case": row.case,
        "tab": "packet",
        "source": row,
        "number": f"S{numbered_sources(row.case)[row.pk]}",
        "on": dates.in_words(row.on) if row.on else "",
        "cited": sorted(cited, key=lambda c: c.claim.number),
        "has_identity": bool(row.identity),
        "may_change": "change_case" in rights,
        "may_see": "view_identity" in rights,
    }
    return render(request, "casework/evidence/source.html", context)


def add_source(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add a source."""
    case = case_or_404(request, reference, "change_case")
    form = SourceForm(typed(request), case=case, instance=Source(case=case))
    return answer(
        request,
        case=case,
        form=form,
        act=lambda: evidence.add_source(actor=request.user, case=case, values=form.values()),
        done=_("The source was added."),
        back=lambda row: reverse("casework:source", args=[reference, row.pk]),
        back_url=reverse("casework:sources", args=[reference]),
        title=_("Add a source"),
        act_label=_("Save the source"),
    )


def change_source(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change a source, its grade, or how it may be named."""
    row = row_or_404(Source, request, reference, pk, may="change_case")
    form = SourceForm(typed(request), case=row.case, instance=row)
    back = reverse("casework:source", args=[reference, row.pk])
    return answer(
        request,
        case=row.case,
        form=form,
        act=lambda: evidence.change_source(
            actor=request.user, source=row, version=form.opened_version, values=form.values()
        ),
        done=_("The source was saved."),
        back=back,
        back_url=back,
        title=_("Change the source"),
        act_label=_("Save the source"),
    )


def source_identity(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Show who the source is, and change it where the reader may change the case; each look is recorded."""
    row = row_or_404(Source, request, reference, pk, may="view_identity")
    may_change = "change_case" in rights_on(request.user, row.case)
    if request.method == "POST":
        case_or_404(request, reference, "change_case")
    record(actor=request.user, verb="casework.identity.viewed", case=row.case, about=row, fields=["source.identity"])
    form = SourceIdentityForm(typed(request), case=row.case, instance=row)
    back = reverse("casework:source", args=[reference, row.pk])
    return answer(
        request,
        case=row.case,
        form=form,
        act=lambda: evidence.change_source(
            actor=request.user, source=row, version=form.opened_version, values=form.values()
        ),
        done=_("Who the source is was saved."),
        back=back,
        back_url=back,
        template="casework/evidence/identity.html",
        title=_("Who the source is"),
        lead=_("This view was recorded."),
        act_label=_("Save who the source is"),
        source=row,
        formless_in=scripts_in_words(row.formless_in or ""),
        may_change=may_change,
    )
