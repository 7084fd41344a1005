"""Long work with a page that moves without a script."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from materials.actions.dispatches import MAKES_COPY
from work import jobs
from work.models import Job


@require_GET
def job(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far one's own job is; leads on to what was made, and says what failed and why."""
    row = get_object_or_404(Job.objects.of(request.user), pk=pk)
    if row.state == Job.State.DONE:
        return redirect(_made(row))
    if row.state in {Job.State.FAILED, Job.State.STOPPED}:
        words = (
            jobs.failure_in_words(row)
            if row.state == Job.State.FAILED
            else _("You stopped it. What was not done yet was not done.")
        )
        return render(request, "web/jobs/ended.html", {"job": row, "words": words, "url": _made(row)})
    context = {
        "title": _("Making the copy"),
        "sentence": _("It waits for its turn.")
        if row.state == Job.State.QUEUED
        else _("It is being printed and looked at once more."),
        "done": row.done,
        "total": row.total,
        "stop_url": reverse("web:stop_job", args=[row.pk]),
    }
    return render(request, "progress.html", context)


def _made(row: Job) -> str:
    return reverse("materials:copy", args=[row.about_id]) if row.kind == MAKES_COPY else reverse("web:today")


@require_POST
def stop_job(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask one's own job to stop after the piece in hand."""
    row = get_object_or_404(Job.objects.of(request.user), pk=pk)
    jobs.stop(actor=request.user, job=row)
    return redirect("web:job", pk)
