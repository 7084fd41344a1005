"""Sweeps with a real worker whose queue is a folder."""

import pytest

from tests.workers import sweeping
from tests.workers.real import Site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker, pytest.mark.timeout(180)]


def test_two_workers_on_a_folder_send_each_reminder_once(file_site: Site) -> None:
    sweeping.two_workers_send_each_once(file_site)


def test_what_lay_in_the_folder_while_no_worker_ran_is_done_later(file_site: Site) -> None:
    sweeping.what_was_sent_while_no_worker_ran_is_done_later(file_site)


def test_a_job_left_lying_is_taken_up_again(file_site: Site) -> None:
    sweeping.a_job_left_lying_is_taken_up_again(file_site)
