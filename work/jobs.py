"""Long work. The row is the truth: a message of the queue is only a hint, and a sweep finds what lay down."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable

from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from accounts.models import User
from accounts.refusals import refuse_if
from sealing import keys
from work.models import Job

log = logging.getLogger(__name__)

GIVES_NO_SIGN_AFTER = dt.timedelta(minutes=2)
ATTEMPTS = 3
FAILURES = {
    "broke-off": _("It broke off. The people who keep this site can see why in the log."),
    "left-lying": _(
        "It was started three times and never finished. The people who keep this site can see why in the log."
    ),
    "gate-closed": _("The gate closed while it waited. Nothing was sent; the material shows every reason."),
    "rights-ended": _("The person who asked for it may no longer do it."),
    "cannot-print": _("The text holds letters that no font here can draw."),
    "took-too-long": _("It took too long and was broken off. A shorter text will do."),
    "no-printer": _("PDFs are off on this machine: the pango library is missing. The print view shows the same sheet."),
    "not-authentic": _(
        "A record behind this text was changed outside the program. Nothing was sent: tell a director of the office,"
        " and whoever runs the server."
    ),
}

JobHandler = Callable[["RunningJob"], None]
_handlers: dict[str, JobHandler] = {}


class JobFailed(Exception):
    """The work cannot be done; carries a code of FAILURES, no case content. Nobody tries again."""


class JobStopped(Exception):
    """Somebody asked the work to stop, and it stopped between two pieces."""


class RunningJob:
    """One job in hand: tells how far it is, and stops when it is asked to."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def progress(self, done: int) -> None:
        """Say how much is done and that the worker lives; raise JobStopped when the owner asked for it."""
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, attempts=self.job.attempts)
        if not mine.update(done=done, heartbeat_at=timezone.now()):
            raise JobStopped
        if mine.filter(is_stop_asked=True).exists():
            raise JobStopped


def handles(kind: str) -> Callable[[JobHandler], JobHandler]:
    """Name the function that does the jobs of this kind. It looks again at everything, and may run twice."""

    def keep(handler: JobHandler) -> JobHandler:
        _handlers[kind] = handler
        return handler

    return keep


def queue(*, actor: User, kind: str, about_id: uuid.UUID, total: int = 1) -> Job:
    """Note the work and send the hint once the transaction stands. A job already waiting for the same thing is returned."""
    waiting = Job.objects.filter(
        kind=kind, about_id=about_id, owner=actor, state__in=[Job.State.QUEUED, Job.State.RUNNING]
    ).first()
    if waiting:
        return waiting
    job = Job(kind=kind, about_id=about_id, owner=actor, total=total)
    job.save(force_insert=True)
    transaction.on_commit(lambda: enqueue(job.pk))
    return job


def enqueue(job_id: uuid.UUID) -> None:
    """Tell a worker that a job waits. A queue that is down loses nothing: the sweep finds the row."""
    try:
        run_job.delay(str(job_id))
    except (OperationalError, OSError):
        log.warning("The queue did not take job %s; the next sweep will.", job_id)


@shared_task(name="work.jobs.run", acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]  # celery has no types
def run_job(job_id: str) -> None:
    """Do one job, if nobody else has it. Safe to run twice, late, or after it was stopped."""
    job = claim_job(uuid.UUID(job_id))
    if job is None:
        return
    try:
        _handlers[job.kind](RunningJob(job))
    except JobStopped:
        _end(job, Job.State.STOPPED)
    except JobFailed as why:
        _end(job, Job.State.FAILED, failure=str(why))
    except Exception:
        log.exception("Job %s of kind %s broke off.", job.pk, job.kind)
        _end(job, Job.State.FAILED, failure="broke-off")
    else:
        _end(job, Job.State.DONE)
    finally:
        keys.forget_keys()


def claim_job(job_id: uuid.UUID) -> Job | None:
    """Take a waiting job for this worker, or return None when somebody else has it or it is over."""
    waiting = Job.objects.filter(pk=job_id, state=Job.State.QUEUED, is_stop_asked=False)
    if not waiting.update(state=Job.State.RUNNING, attempts=F("attempts") + 1, heartbeat_at=timezone.now()):
        Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(state=Job.State.STOPPED, ended_at=timezone.now())
        return None
    return Job.objects.get(pk=job_id)


def _end(job: Job, state: str, *, failure: str = "") -> None:
    now = timezone.now()
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    done = F("total") if state == Job.State.DONE else F("done")
    mine.update(state=state, failure=failure, ended_at=now, heartbeat_at=now, done=done)


def failure_in_words(job: Job) -> str:
    """Return why the job failed, in the reader's language."""
    return str(FAILURES.get(job.failure, FAILURES["broke-off"]))


def stop(*, actor: User, job: Job) -> None:
    """Ask a job to stop after the piece in hand; one that only waits ends at once. Refused to everybody but its owner."""
    is_own = actor.is_active and job.owner_id == actor.pk
    refuse_if((not is_own, _("Only who asked for this work may stop it.")))
    mine = Job.objects.filter(pk=job.pk)
    mine.filter(state=Job.State.QUEUED).update(state=Job.State.STOPPED, is_stop_asked=True, ended_at=timezone.now())
    mine.filter(state=Job.State.RUNNING).update(is_stop_asked=True)


def requeue_abandoned(*, now: dt.datetime | None = None) -> int:
    """Give back jobs whose worker gave no sign for two minutes; after three tries they have failed. Returns how many wait again."""
    now = now or timezone.now()
    again = 0
    for job in Job.objects.abandoned(before=now - GIVES_NO_SIGN_AFTER):
        here = Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts, heartbeat_at=job.heartbeat_at)
        if job.attempts >= ATTEMPTS:
            here.update(state=Job.State.FAILED, failure="left-lying", ended_at=now)
        elif here.update(state=Job.State.QUEUED, heartbeat_at=now):
            again += 1
            enqueue(job.pk)
    return again
