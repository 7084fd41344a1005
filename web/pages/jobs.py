"""What the page of long work shows: how far it is, or why it ended."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from work import jobs
from work.models import Job


@dataclass(frozen=True)
class JobProgressPage:
    """How far one's own job is (progress.html)."""

    title: str
    sentence: str
    done: int
    total: int
    stop_url: str


@dataclass(frozen=True)
class JobEndedPage:
    """Work that failed or was stopped, and the way on (web/jobs/ended.html)."""

    job: Job
    words: str
    url: str


def job_progress_page(job: Job) -> JobProgressPage:
    """Return how far a job is that waits or runs."""
    waits = job.state == Job.State.QUEUED
    return JobProgressPage(
        title=_("Making the copy"),
        sentence=_("It waits for its turn.") if waits else _("It is being printed and looked at once more."),
        done=job.done,
        total=job.total,
        stop_url=reverse("web:stop_job", args=[job.pk]),
    )


def job_ended_page(job: Job, url: str) -> JobEndedPage:
    """Return why a job ended before it was done; `url` is where its owner goes on."""
    is_failed = job.state == Job.State.FAILED
    stopped = _("You stopped it. What was not done yet was not done.")
    return JobEndedPage(job, jobs.failure_in_words(job) if is_failed else stopped, url)
