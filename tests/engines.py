"""Which tests are asked on both engines, and which once: what asks no database, and what is listed here with why.

A test that has no fixture of the database is stopped when it asks one, so it answers alike on both engines. Of those
that do ask, every page, every act, every rule that the database holds and every query of a verb runs on both.
"""

from pathlib import Path

import pytest

DATABASE = {"db", "transactional_db", "django_db_setup", "_django_db_helper", "live_server"}
TESTS = Path(__file__).resolve().parent


def is_asked_once(item: pytest.Item) -> bool:
    """Say whether SQLite alone answers for this test."""
    if item.get_closest_marker("postgresql_only"):
        return False
    return not asks_a_database(item)


def asks_a_database(item: pytest.Item) -> bool:
    """Say whether a test may ask the database: pytest-django refuses it to every other one."""
    return bool(item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ())))
