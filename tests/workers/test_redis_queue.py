"""Sweeps with a real worker on a real Redis."""

import pytest

from tests.workers import sweeping
from tests.workers.real import Site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker, pytest.mark.redis, pytest.mark.timeout(180)]


def test_two_workers_on_redis_send_each_reminder_once(redis_site: Site) -> None:
    sweeping.two_workers_send_each_once(redis_site)


def test_what_lay_in_redis_while_no_worker_ran_is_done_later(redis_site: Site) -> None:
    sweeping.what_was_sent_while_no_worker_ran_is_done_later(redis_site)


def test_a_job_left_lying_is_taken_up_again(redis_site: Site) -> None:
    sweeping.a_job_left_lying_is_taken_up_again(redis_site)
