"""Which tests are asked on both engines, and which once: what asks no database, and what is listed here with why.

A test that has no fixture of the database is stopped when it asks one, so it answers alike on both engines. Of those
that do ask, every page, every act, every rule that the database holds and every query of a verb runs on both.
"""

import pytest

DATABASE = {"db", "transactional_db", "django_db_setup", "_django_db_helper", "live_server"}
# These find rows in a database and ask of them what no engine answers: how a text is composed, drawn, scanned or told.
# Every page and every act behind them is asked on both (tests/security/), and whatever the database itself refuses.
ONCE = {
    "tests/advocacy/test_notice_words.py": "words of a notice",
    "tests/casework/test_days_in_forms.py": "typed days are read by forms",
    "tests/casework/test_told_dates.py": "calendars in words",
    "tests/interface/test_frame.py": "the HTML around every page",
    "tests/interface/test_words_of_faults.py": "words of forms",
    "tests/materials/test_compose.py": "a draft is composed of a packet in memory",
    "tests/materials/test_fixed_words.py": "words on paper",
    "tests/materials/test_formats.py": "papers are drawn",
    "tests/materials/test_kinds.py": "kinds and their words",
    "tests/materials/test_left_out.py": "a draft is composed of a packet in memory",
    "tests/materials/test_letters_on_paper.py": "letters are drawn",
    "tests/materials/test_long_papers.py": "papers are drawn",
    "tests/materials/test_pdf.py": "papers are drawn",
    "tests/materials/test_read_as_their_readers.py": "a draft is composed of a packet in memory",
    "tests/materials/test_several_people.py": "a draft is composed of a packet in memory",
    "tests/materials/test_signed_is_printed.py": "words on page and paper",
    "tests/materials/test_who_the_person_is.py": "a draft is composed of a packet in memory",
    "tests/reference_papers/test_reference_papers.py": "a draft is composed of a packet in memory",
    "tests/safety/test_leaks.py": "the matcher of names",
    "tests/safety/test_leaks_by_evasion.py": "the matcher of names",
    "tests/safety/test_leaks_measured.py": "the matcher of names",
    "tests/security/test_headers.py": "headers of answers",
    "tests/security/test_papers_lead_nowhere.py": "words of papers, of names of files and of mails",
}


def is_asked_once(item: pytest.Item) -> bool:
    """Say whether SQLite alone answers for this test."""
    if item.get_closest_marker("postgresql_only"):
        return False
    return not asks_a_database(item) or item.nodeid.partition("::")[0] in ONCE


def asks_a_database(item: pytest.Item) -> bool:
    """Say whether a test may ask the database: pytest-django refuses it to every other one."""
    return bool(item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ())))
