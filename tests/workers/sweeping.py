"""What must hold of the sweeps on every queue; the test files name the queue."""

import datetime as dt
import uuid

from django.utils import timezone

from advocacy.mail import message_id
from advocacy.models import Reminder, WeekDigest
from tests.workers.real import Site, wait_for
from tests.workers.steps import due_steps, waiting_digests
from web import digests
from work.models import Heartbeat, Job, Notice

SWEEP = "web.tasks.sweep_reminders"
REQUEUE = "web.tasks.requeue_stale_jobs"


def all_marked() -> bool:
    """Say whether every reminder that is due was mailed and marked."""
    return not Reminder.objects.due().exists()


def two_workers_send_each_once(site: Site) -> None:
    """Many sweeps in the queue, two workers at it: each reminder once by mail, once as a notice."""
    reminders = due_steps(12)
    for _time in range(8):
        site.send(SWEEP)
    site.start_worker()
    site.start_worker()
    wait_for(all_marked)
    assert sorted(site.post.ids) == sorted(message_id(row.pk) for row in reminders), site.logs()
    assert Notice.objects.count() == len(reminders)


def what_was_sent_while_no_worker_ran_is_done_later(site: Site) -> None:
    """The queue was down for hours: the rows are swept once a worker is back, and nothing goes twice."""
    (reminder,) = due_steps()
    site.send(SWEEP)
    site.send(SWEEP)
    assert not site.post.mails
    site.start_worker()
    wait_for(all_marked)
    wait_for(lambda: Heartbeat.objects.filter(name="reminders").exists())
    assert site.post.ids == [message_id(reminder.pk)]


def a_killed_worker_repeats_the_mail_under_the_same_id(site: Site) -> None:
    """kill -9 between claim and mark: in the app exactly once, the mail again with the same Message-ID."""
    (reminder,) = due_steps()
    site.post.is_stuck = True
    first = site.start_worker()
    site.send(SWEEP)
    wait_for(lambda: site.post.mails)
    site.kill(first)
    reminder.refresh_from_db()
    assert reminder.claimed_at and reminder.mailed_at is None
    assert Notice.objects.count() == 1

    site.post.is_stuck = False
    site.start_worker()
    beat_before = timezone.now()
    site.send(SWEEP)
    wait_for(lambda: Heartbeat.objects.filter(name="reminders", at__gte=beat_before).exists())
    assert len(site.post.mails) == 1, "within two minutes the first may still be at it"

    Reminder.objects.filter(pk=reminder.pk).update(claimed_at=timezone.now() - dt.timedelta(minutes=3))
    site.send(SWEEP)
    wait_for(all_marked)
    assert site.post.ids == [message_id(reminder.pk)] * 2
    assert Notice.objects.count() == 1


def all_told() -> bool:
    """Say whether every summary of a week was mailed and marked."""
    return not WeekDigest.objects.filter(mailed_at=None, dropped_at=None).exists()


def two_workers_send_each_summary_once(site: Site) -> None:
    """Many sweeps in the queue, two workers at it: each summary once by mail, once as a notice."""
    waiting = waiting_digests(6)
    for _time in range(8):
        site.send(SWEEP)
    site.start_worker()
    site.start_worker()
    wait_for(all_told)
    assert sorted(site.post.ids) == sorted(digests.message_id(row) for row in waiting), site.logs()
    assert Notice.objects.filter(kind="advocacy.digest.week").count() == len(waiting)


def a_killed_worker_repeats_the_summary_under_the_same_id(site: Site) -> None:
    """kill -9 between claim and mark: in the app exactly once, the mail again with the same Message-ID."""
    (digest,) = waiting_digests()
    site.post.is_stuck = True
    first = site.start_worker()
    site.send(SWEEP)
    wait_for(lambda: site.post.mails)
    site.kill(first)
    digest.refresh_from_db()
    assert digest.claimed_at and digest.mailed_at is None

    site.post.is_stuck = False
    site.start_worker()
    WeekDigest.objects.filter(pk=digest.pk).update(claimed_at=timezone.now() - dt.timedelta(minutes=3))
    site.send(SWEEP)
    wait_for(all_told)
    assert site.post.ids == [digests.message_id(digest)] * 2
    assert Notice.objects.filter(kind="advocacy.digest.week").count() == 1


def a_job_left_lying_is_taken_up_again(site: Site) -> None:
    """A worker died over a job: a sweep gives it back, a worker takes it, and its attempts are counted."""
    (reminder,) = due_steps()
    long_ago = timezone.now() - dt.timedelta(minutes=3)
    left = {"kind": "make_copy", "owner": reminder.owner, "about_id": uuid.uuid4(), "heartbeat_at": long_ago}
    lying = Job.objects.create(state="running", attempts=1, **left)
    tired = Job.objects.create(state="running", attempts=3, **left)
    site.start_worker()
    site.send(REQUEUE)
    wait_for(lambda: not Job.objects.filter(state__in=["queued", "running"]).exists())
    lying.refresh_from_db()
    tired.refresh_from_db()
    assert lying.attempts == 2, site.logs()
    assert (tired.state, tired.failure, tired.attempts) == ("failed", "left-lying", 3)
