"""Tests that may take more than two seconds of work, each with why: a new one is named at the end of the run.

Counted is the work of the processor in the test itself and in what it started, so that a busy machine tells no lies. Of
`./run test` one that takes four times as much and stands on no list is a failure: the suite does not grow unnoticed.
"""

import resource
from collections.abc import Iterable
from typing import Any

PROPERTY = "work"
NAMED, REFUSED = 2.0, 8.0
SLOW = {
    "tests/accounts/test_caching.py": "caches are asked by processes of their own",
    "tests/accounts/test_known_devices.py": "200 attempts to sign in, each with its password hashed",
    "tests/advocacy/test_signer_on_a_phone.py": "a browser on a running site",
    "tests/advocacy/test_urgent_looks.py": "a browser on a running site",
    "tests/architecture/": "reads and parses every file of the project",
    "tests/browser/": "a browser goes through the whole way of a case",
    "tests/casework/test_calendars.py": "days of centuries in every calendar",
    "tests/casework/test_import_of_anything.py": "any value in any place of a file",
    "tests/gate/test_consent_rule.py::test_the_rule_and_the_gate_give_one_answer_for_every_ledger": "120 ledgers",
    "tests/gate/test_forged_rows.py": "forges every column of every row of a world that the gate reads",
    "tests/gate/test_mutated_twins.py": "each value inside a condition is changed",
    "tests/gate/test_mutated_values.py": "each value inside the conditions of consent is changed, and some 200 ledgers",
    "tests/gate/test_races.py": "40 dispatches race each way of stopping",
    "tests/gate/test_sending_alone.py": "60 ledgers, asked by verb, gate and database",
    "tests/gate/test_twins.py::test_the_gate_refuses_by_the_other_ledger": "60 ledgers, asked by rule and by gate",
    "tests/gate/test_values_of_conditions.py": "1,132 changed conditions are asked in some 500 scenes",
    "tests/packet/test_story.py::test_six_events_and_four_answers_take_eleven_loads": "eleven pages of a packet",
    "tests/gate/test_walks.py": "40 walks of 30 steps",
    "tests/interface/test_hash.py": "collects and hashes every static file",
    "tests/materials/test_long_papers.py": "papers of many pages are drawn",
    "tests/materials/test_pages_of_papers.py": "papers of many pages are drawn",
    "tests/materials/test_pdf_for_who_hears_it.py": "papers of many pages are drawn",
    "tests/materials/test_planted_names.py": "every kind in every language for every audience, drawn in three forms",
    "tests/materials/test_same_words.py": "papers of many pages are drawn, in three forms",
    "tests/materials/test_translations_at_the_gate.py::test_the_database_says_the_same": "eight walks, asked of both",
    "tests/mutations/": "480 changes of the code, each played by its scenes",
    "tests/safety/test_leaks_measured.py": "measures the matcher on long texts",
    "tests/security/test_canaries.py": "a whole journey with a worker, then every byte that it left is searched",
    "tests/security/test_each_right_is_asked.py": "takes each question of an act out, one after another",
    "tests/security/test_every_url_for_every_person.py": "nine persons; the whole source is packed for each of them",
    "tests/security/test_notes_print_nowhere.py": "opens every page of the site",
    "tests/security/test_papers_lead_nowhere.py": "every kind in every language, drawn, and the mails of a whole story",
    "tests/test_demo.py": "loads the practice data",
    "tests/test_migrations.py": "every migration of every app, from an empty database",
    "tests/test_redis.py": "starts a Redis and the processes of a site",
    "tests/test_suite.py": "runs pytest in a process of its own",
    "tests/test_server.py": "does the server's guide: PostgreSQL, Redis, migrations and all processes of a site",
    "tests/test_settings.py": "settings are read by processes of their own",
    "tests/test_starting.py": "starts the demo from nothing",
    "tests/workers/": "starts workers, and each of them all of Django",
}
LOOKS = "_looks.py"  # every page in four modes, drawn by a browser and read by axe


def work_done() -> float:
    """Return the seconds that the processor has worked for this process and for its children that ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def is_listed(test: str) -> bool:
    """Say whether a test may take its time."""
    return LOOKS in test or test.startswith(tuple(SLOW))


def unlisted(reports: Iterable[Any], *, over: float) -> list[tuple[float, str]]:
    """Return the tests that worked longer than this and stand on no list, the longest first."""
    told = (
        (float(value), str(report.nodeid))
        for report in reports
        for key, value in getattr(report, "user_properties", ())
        if key == PROPERTY and getattr(report, "when", "") == "call"
    )
    return sorted(((seconds, test) for seconds, test in told if seconds > over and not is_listed(test)), reverse=True)
