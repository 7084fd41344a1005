"""Sources and claims: lists, one page each, forms, and what checks them."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from audit.trail import record
from casework.access import rights_on
from casework.actions import evidence
from casework.forms.evidence import CitationForm, ClaimForm, NewClaimForm, SourceForm, SourceIdentityForm, VerifyForm
from casework.models import Citation, Claim, Source, TimelineEvent
from casework.pages.evidence import (
    citation_page,
    claim_page,
    claims_page,
    new_citation_page,
    source_identity_page,
    source_page,
    sources_page,
    verify_page,
)
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import asked_for, case_or_404, row_or_404


def to_claim(claim: Claim, reference: str) -> str:
    """Return the address of a claim's page."""
    return reverse("casework:claim", args=[reference, claim.pk])


@require_GET
def claims(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every claim of a case with its sources, grades and what it may be printed as."""
    case = case_or_404(request, reference)
    page = claims_page(case, may_change="change_case" in rights_on(request.user, case))
    return render(request, "casework/evidence/claims.html", vars(page))


@require_GET
def one_claim(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One claim: what it says, how far it was checked, what it would disclose, and its sources."""
    row = row_or_404(Claim, request, reference, pk)
    page = claim_page(row, may_change="change_case" in rights_on(request.user, row.case))
    return render(request, "casework/evidence/claim.html", vars(page))


def add_claim(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write a new claim, with its first source when there is one."""
    case = case_or_404(request, reference, "change_case")
    event = asked_for(TimelineEvent, request.GET.get("event", ""), case)
    told = {"text": event.event, "on": event.on} if event else {}
    form = NewClaimForm(posted(request), case=case, instance=Claim(case=case, **told), initial={"event": event})
    home = reverse("casework:claims", args=[reference])
    return answer_case_form(
        request,
        FormPage(case, form, _("Add a claim"), _("Save the claim"), home),
        act=lambda: evidence.add_claim(
            actor=request.user,
            case=case,
            values=form.values(),
            items=form.cleaned_data["items"],
            source=form.cleaned_data["source"],
            event=form.cleaned_data["event"],
        ),
        done=_("The claim was added. It counts as not checked until somebody rules on it."),
        back=lambda row: to_claim(row, reference),
    )


def change_claim(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change the sentence, its date or what it discloses."""
    row = row_or_404(Claim, request, reference, pk, may="change_case")
    form = ClaimForm(posted(request), case=row.case, instance=row)
    stale = _("The claim was saved. Its words changed, so it needs a new check.")
    title = _("Change claim %(number)s") % {"number": row.number}
    return answer_case_form(
        request,
        FormPage(row.case, form, title, _("Save the claim"), to_claim(row, reference)),
        act=lambda: evidence.change_claim(
            actor=request.user,
            claim=row,
            version=form.opened_version,
            values=form.values(),
            items=form.cleaned_data["items"],
        ),
        done=lambda saved: stale if saved.status == Claim.Status.STALE else _("The claim was saved."),
    )


def verify_claim(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Rule how far a claim was checked."""
    row = row_or_404(Claim, request, reference, pk, may="change_case")
    form = VerifyForm(posted(request), case=row.case, instance=row)
    return answer_case_form(
        request,
        verify_page(row, form),
        act=lambda: evidence.verify_claim(actor=request.user, claim=row, version=form.opened_version, **form.values()),
        done=_("The ruling was recorded."),
        template="casework/evidence/verify.html",
    )


def add_citation(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Put a source under a claim."""
    row = row_or_404(Claim, request, reference, pk, may="change_case")
    form = CitationForm(posted(request), case=row.case, instance=Citation(case=row.case, claim=row))
    against = _("The source was cited. The sources conflict now: the claim prints nowhere until somebody rules on it.")
    return answer_case_form(
        request,
        new_citation_page(row, form),
        act=lambda: evidence.cite(actor=request.user, claim=row, values=form.values()),
        done=lambda cited: against if cited.kind == Citation.Kind.CONTRADICTS else _("The source was cited."),
    )


def change_citation(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change how a source bears on its claim, or the place in it."""
    row = row_or_404(Citation, request, reference, pk, may="change_case")
    form = CitationForm(posted(request), case=row.case, instance=row)
    return answer_case_form(
        request,
        citation_page(row, form),
        act=lambda: evidence.change_citation(
            actor=request.user, citation=row, version=form.opened_version, values=form.values()
        ),
        done=_("The citation was saved."),
    )


@require_GET
def sources(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every source of a case."""
    case = case_or_404(request, reference)
    page = sources_page(case, may_change="change_case" in rights_on(request.user, case))
    return render(request, "casework/evidence/sources.html", vars(page))


@require_GET
def one_source(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One source with the claims that stand on it; who it is stands on a page of its own."""
    row = row_or_404(Source, request, reference, pk)
    page = source_page(row, rights_on(request.user, row.case))
    return render(request, "casework/evidence/source.html", vars(page))


def add_source(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add a source."""
    case = case_or_404(request, reference, "change_case")
    form = SourceForm(posted(request), case=case, instance=Source(case=case))
    home = reverse("casework:sources", args=[reference])
    return answer_case_form(
        request,
        FormPage(case, form, _("Add a source"), _("Save the source"), home),
        act=lambda: evidence.add_source(actor=request.user, case=case, values=form.values()),
        done=_("The source was added."),
        back=lambda row: reverse("casework:source", args=[reference, row.pk]),
    )


def change_source(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change a source, its grade, or how it may be named."""
    row = row_or_404(Source, request, reference, pk, may="change_case")
    form = SourceForm(posted(request), case=row.case, instance=row)
    home = reverse("casework:source", args=[reference, row.pk])
    return answer_case_form(
        request,
        FormPage(row.case, form, _("Change the source"), _("Save the source"), home),
        act=lambda: evidence.change_source(
            actor=request.user, source=row, version=form.opened_version, values=form.values()
        ),
        done=_("The source was saved."),
    )


def source_identity(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Show who the source is, and change it where the reader may change the case; each look is recorded."""
    row = row_or_404(Source, request, reference, pk, may="view_identity")
    may_change = "change_case" in rights_on(request.user, row.case)
    if request.method == "POST":
        case_or_404(request, reference, "change_case")
    record(actor=request.user, verb="casework.identity.viewed", case=row.case, about=row, fields=["source.identity"])
    form = SourceIdentityForm(posted(request), case=row.case, instance=row)
    return answer_case_form(
        request,
        source_identity_page(row, form, may_change=may_change),
        act=lambda: evidence.change_source(
            actor=request.user, source=row, version=form.opened_version, values=form.values()
        ),
        done=_("Who the source is was saved."),
        template="casework/evidence/identity.html",
    )
