"""One page for a claim and for a source, who a source is, and where their forms of old lead to."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from audit.trail import record
from casework.access import rights_on
from casework.actions import evidence
from casework.evidence.source_numbers import numbered_sources
from casework.forms.evidence import SourceIdentityForm
from casework.models import Citation, Claim, Source, TimelineEvent
from casework.pages.evidence import claim_page, source_identity_page, source_page, sources_page
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import asked_for, case_or_404, row_or_404
from claims.views.table import row_address


@leads_back_here
@require_GET
def one_claim(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One claim: what it says, how far it was checked, what it would disclose, and its sources."""
    row = row_or_404(Claim, request, reference, pk)
    page = claim_page(row, may_change="change_case" in rights_on(request.user, row.case))
    return render(request, "casework/evidence/claim.html", vars(page))


@leads_back_here
@require_GET
def sources(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every source of a case."""
    case = case_or_404(request, reference)
    page = sources_page(case, may_change="change_case" in rights_on(request.user, case))
    return render(request, "casework/evidence/sources.html", vars(page))


@leads_back_here
@require_GET
def one_source(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One source with the claims that stand on it; who it is stands on a page of its own."""
    row = row_or_404(Source, request, reference, pk)
    page = source_page(row, rights_on(request.user, row.case))
    return render(request, "casework/evidence/source.html", vars(page))


@require_GET
def to_claim_row(request: SignedInRequest, reference: str, pk: uuid.UUID, part: str) -> HttpResponse:
    """Lead from the address of a form that a claim once had to its place in the table."""
    row = row_or_404(Claim, request, reference, pk)
    return redirect(row_address(row.case, f"c{row.number}", part))


@require_GET
def to_citation_row(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Lead from the address of a citation's form to the sources of its claim."""
    row = row_or_404(Citation, request, reference, pk)
    return redirect(row_address(row.case, f"c{row.claim.number}", "add"))


@require_GET
def to_source_row(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Lead from the address of a source's form to its place beside the table."""
    row = row_or_404(Source, request, reference, pk)
    return redirect(row_address(row.case, f"s{numbered_sources(row.case)[row.pk]}", "reliability"))


@require_GET
def to_empty_row(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Lead from the address of an empty form to the empty row of the table, with the event that begins it."""
    case = case_or_404(request, reference)
    event = asked_for(TimelineEvent, request.GET.get("event", ""), case)
    return redirect(row_address(case, name, event=event.pk if event else None))


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
