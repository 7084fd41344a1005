"""Sweeps with a real worker whose queue is a folder."""

import base64
import json
import os
import uuid
from pathlib import Path

import pytest

from tests.accounts.caches import a_bomb
from tests.workers import sweeping
from tests.workers.real import Site, wait_for
from tests.workers.steps import due_steps
from work.messages import MOST_BYTES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker, pytest.mark.timeout(180)]
of_the_queue_alone = pytest.mark.sqlite_only  # whatever database stands beside it


def test_two_workers_on_a_folder_send_each_reminder_once(file_site: Site) -> None:
    sweeping.two_workers_send_each_once(file_site)


def test_two_workers_on_a_folder_send_each_summary_of_a_week_once(file_site: Site) -> None:
    sweeping.two_workers_send_each_summary_once(file_site)


@of_the_queue_alone
def test_what_lay_in_the_folder_while_no_worker_ran_is_done_later(file_site: Site) -> None:
    sweeping.what_was_sent_while_no_worker_ran_is_done_later(file_site)


@of_the_queue_alone
def test_a_job_left_lying_is_taken_up_again(file_site: Site) -> None:
    sweeping.a_job_left_lying_is_taken_up_again(file_site)


def envelope(body: object = None, **changed: object) -> dict[str, object]:
    """A message as celery writes it, with some parts changed."""
    way = {"exchange": "", "routing_key": "celery"}
    properties = {
        "delivery_mode": 2,
        "delivery_info": way,
        "delivery_tag": str(uuid.uuid4()),
        "body_encoding": "base64",
    }
    told = json.dumps(body if body is not None else [[], {}, {}]).encode()
    return {
        "body": base64.b64encode(told).decode(),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": {"lang": "py", "task": sweeping.SWEEP, "id": str(uuid.uuid4())},
        "properties": properties,
        **changed,
    }


def poison(queue: Path, bomb: bytes) -> int:
    """Put what is no message of ours before every other; return how many files are to be set aside."""
    pickled = {"body": base64.b64encode(bomb).decode(), "content-type": "application/x-python-serialize"}
    planted = [
        bomb,
        b"",
        b"{",
        b"[1, 2]",
        b"[" * 50_000,
        b"\xff\xfe",
        b" " * (MOST_BYTES + 1),
        json.dumps({}).encode(),
        json.dumps(envelope(**pickled)).encode(),
        json.dumps(envelope(body="words")).encode(),
        json.dumps(envelope(body=[[], [], {}])).encode(),
        json.dumps(envelope(properties={})).encode(),
        json.dumps(envelope(headers={"task": 5})).encode(),
    ]
    for number, content in enumerate(planted):
        (queue / f"0{number:02d}_planted.celery.msg").write_bytes(content)
    os.mkfifo(queue / "1_pipe.celery.msg")
    (queue / "1_link.celery.msg").symlink_to("/dev/zero")
    (queue / "1_folder.celery.msg").mkdir()
    return len(planted) + 3


@of_the_queue_alone
def test_a_poisoned_file_is_set_aside_and_the_worker_lives(file_site: Site) -> None:
    marker, queue = file_site.folder / "taken over", file_site.folder / "queue"
    number = poison(queue, a_bomb(marker))
    for name in ("celery", "celery.pidbox", "celeryev"):
        (file_site.folder / "control" / f"{name}.exchange").write_bytes(b"no table")
    due_steps()
    file_site.send(sweeping.SWEEP)
    worker = file_site.start_worker()
    wait_for(sweeping.all_marked)
    wait_for(lambda: len(list((queue / "refused").glob("*.taken"))) == number)
    assert worker.poll() is None and not marker.exists(), file_site.logs()
    assert len(file_site.post.mails) == 1 and "was set aside" in file_site.logs()
