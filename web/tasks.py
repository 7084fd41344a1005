"""What beat starts. Each only calls a sweep, takes nothing, and may run twice."""

from celery import shared_task

from advocacy import reminder_sweep
from web import digests, sweeps


@shared_task(name="web.tasks.sweep_reminders", acks_late=True, ignore_result=True)
def sweep_reminders() -> None:
    """Send the reminders that are due and the summary of a week that begins, and catch up on a day that was missed."""
    reminder_sweep.sweep_reminders()
    digests.sweep_digests()
    sweeps.catch_up()


@shared_task(name="web.tasks.requeue_stale_jobs", acks_late=True, ignore_result=True)
def requeue_stale_jobs() -> None:
    """Give back long work that was left lying."""
    sweeps.requeue_stale_jobs()


@shared_task(name="web.tasks.daily", acks_late=True, ignore_result=True)
def daily() -> None:
    """Anchor the trail and tell what ends soon."""
    sweeps.daily()
