"""A worker killed with kill -9 while it sends a mail."""

import pytest

from tests.workers import sweeping
from tests.workers.real import Site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker, pytest.mark.timeout(180)]


@pytest.mark.sqlite_only
def test_a_worker_killed_on_a_folder_repeats_the_mail_under_the_same_id(file_site: Site) -> None:
    sweeping.a_killed_worker_repeats_the_mail_under_the_same_id(file_site)


@pytest.mark.redis
def test_a_worker_killed_on_redis_repeats_the_mail_under_the_same_id(redis_site: Site) -> None:
    sweeping.a_killed_worker_repeats_the_mail_under_the_same_id(redis_site)


@pytest.mark.sqlite_only
def test_a_worker_killed_on_a_folder_repeats_the_summary_under_the_same_id(file_site: Site) -> None:
    sweeping.a_killed_worker_repeats_the_summary_under_the_same_id(file_site)


@pytest.mark.redis
def test_a_worker_killed_on_redis_repeats_the_summary_under_the_same_id(redis_site: Site) -> None:
    sweeping.a_killed_worker_repeats_the_summary_under_the_same_id(redis_site)
