"""Long work with a page that moves without a script."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.sign_in.requests import SignedInRequest
from materials.actions.dispatches import MAKES_COPY
from web.pages.jobs import job_ended_page, job_progress_page
from work import jobs
from work.models import Job


@require_GET
def job(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """How far one's own job is; leads on to what was made, and says what failed and why."""
    row = get_object_or_404(Job.objects.of(request.user), pk=pk)
    if row.state == Job.State.DONE:
        return redirect(_made(row))
    if row.state in {Job.State.FAILED, Job.State.STOPPED}:
        return render(request, "web/jobs/ended.html", vars(job_ended_page(row, _made(row))))
    return render(request, "progress.html", vars(job_progress_page(row)))


def _made(row: Job) -> str:
    return reverse("materials:copy", args=[row.about_id]) if row.kind == MAKES_COPY else reverse("web:today")


@require_POST
def stop_job(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask one's own job to stop after the piece in hand."""
    row = get_object_or_404(Job.objects.of(request.user), pk=pk)
    jobs.stop(actor=request.user, job=row)
    return redirect("web:job", pk)
