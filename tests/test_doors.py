"""The doors: starting, settings, health, and the files around them."""

import pytest
from django.db import connection
from django.test import Client

from sealing import triggers
from tests.environment import engine


def test_the_run_uses_the_engine_it_was_asked_for(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.vendor == engine()


@pytest.mark.django_db
def test_healthz_and_readyz_answer_a_stranger() -> None:
    client = Client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").content == b"ok\n"


@pytest.mark.django_db
def test_every_trigger_stands_in_the_test_database() -> None:
    assert triggers.registered() and not triggers.missing(connection)
