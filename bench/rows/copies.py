"""Copies of a cleared paper whose PDFs workers make. Called through bench.started."""

import time
from typing import Any

from django.db import transaction

from bench.row import Row
from materials.actions.dispatches import dispatch, queue_copy
from tests.directory.entries import to_somebody
from tests.gate.ready import make_ready
from work.models import Job

PATIENCE = 300.0
AT_ONCE = 20


def main(count: str, of_one: str = "") -> Row:
    """Ask for so many copies, wait until all are made, and return how long that took; refuses when one failed.

    `of_one`: all of them are copies of one material, as a batch of recipients is; else no material has more than 20.
    """
    wanted = int(count)
    at_once = wanted if of_one else AT_ONCE
    waiting: list[tuple[Any, Any]] = []
    while len(waiting) < wanted:
        ready = make_ready("MIN_BRIEF", "AU_DIPLO")
        named = [to_somebody(f"Desk {number}") for number in range(min(at_once, wanted - len(waiting)))]
        waiting += [(ready.ana, copy) for copy in dispatch(actor=ready.ana, material=ready.material, to=named)]
    began = time.monotonic()
    with transaction.atomic():
        jobs = [queue_copy(actor=ana, copy=copy).pk for ana, copy in waiting]
    while Job.objects.filter(pk__in=jobs, state__in=[Job.State.QUEUED, Job.State.RUNNING]).exists():
        if time.monotonic() > began + PATIENCE:
            raise RuntimeError("the workers did not come to an end")
        time.sleep(0.05)
    failed = Job.objects.filter(pk__in=jobs).exclude(state=Job.State.DONE).values_list("state", "failure")
    if failed:
        raise RuntimeError(f"jobs that failed: {list(failed)}")
    return {"seconds": round(time.monotonic() - began, 2)}
