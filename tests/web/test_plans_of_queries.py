"""What the pages ask is served by an index on both engines: no query goes through a table that grows with the cases.

The tables hold few rows here and are told to the planner as large: SQLite by its own table of statistics, each table of
cases a thousand times as long; PostgreSQL by what it keeps of each table, whether autovacuum passed before or not, and a
sequential scan counts as refused there, so that one which is left has no index.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from casework.models import Case, Contact, Name
from casework.pages import case_list
from casework.search import findable_by, retag
from tests.factories import a_contact
from tests.gate.ready import make_ready
from tests.people import a_person, signed_in
from tests.web.test_hot_pages import WORDS, a_full_case
from web.pages import steps, today

pytestmark = pytest.mark.django_db

LARGE = re.compile(r"\b(casework|safety|materials|advocacy|work|audit)_\w+")
# These do not grow with the cases: rows of the office, groups, and what stands open for a few days.
SMALL = {
    *("casework_casegroup", "safety_officesafety", "work_heartbeat", "safety_criticalexception"),
    *("materials_pageshortening", "materials_pageextension"),
}
SCALE, CODES = 1000, 20
Query = tuple[str, Any]


def is_large(table: str) -> bool:
    """Say whether a table grows with the cases."""
    return bool(LARGE.fullmatch(table)) and table not in SMALL


@pytest.fixture
def case() -> Case:
    """Return a case of a full office: materials in review and out, holds, steps, and a contact with a telephone."""
    make_ready("MIN_BRIEF", "AU_DIPLO")
    found = [a_full_case(f"Heron {number}") for number in range(2)] and a_full_case()
    a_contact(found, phone="+999 555 010 123", email="mara@home.example")
    for row in (*Name.objects.all(), *Contact.objects.all()):
        retag(row)  # a table without any row has no page, and PostgreSQL takes any index of it, whatever it is told
    return found


@pytest.fixture
def _large_tables(case: Case) -> Iterator[None]:
    """Let the planner believe that every table of cases is long."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")
            large = [name for name in connection.introspection.table_names(cursor) if is_large(name)]
            cursor.execute("UPDATE pg_class SET relpages = 1, reltuples = 100000 WHERE relname = ANY(%s)", [large])
            yield
            return
        cursor.execute("ANALYZE")
        rows = cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1").fetchall()
        for table, index, stat in rows:
            if is_large(table):
                values = [_scaled(stat), table, index]
                cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE tbl = %s AND idx IS %s", values)
        for table in sorted(set(connection.introspection.table_names(cursor)) - {row[0] for row in rows}):
            if is_large(table):
                cursor.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, NULL, %s)", [table, str(SCALE)])
        cursor.execute("ANALYZE sqlite_schema")
        yield
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


def _scaled(stat: str) -> str:
    """Return statistics of a table a thousand times as long: keys that differ stay rare, and a code, a country or a lead
    that all rows share here is one of twenty.
    """
    first, *per_key = [int(word) for word in stat.split() if word.isdecimal()]
    scaled = [one * SCALE // CODES if one * 2 > first > 2 else one for one in per_key]
    return " ".join(str(number) for number in [first * SCALE, *scaled])


def asked_by(client: Client, case: Case) -> list[tuple[str, Query]]:
    """Return every question that the pages ask of the database, with the page."""
    found: list[tuple[str, Query]] = []
    page = ""

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append((page, (sql, params)))
        return execute(sql, params, many, context)

    of_case = f"/cases/{case.reference}/"
    pages = ["/", "/?of=cases", "/cases/", "/cases/?country=XPR", "/cases/?status=DS_UNKNOWN&country=XPR&country=ZAF"]
    pages += ["/cases/?mine=1", f"/cases/?after={case.codename}+{case.reference}", of_case, f"{of_case}claims/"]
    pages += [f"{of_case}access/", f"{of_case}safety/", "/notices/"]
    place = urlencode({"of": "cases", "after": f"2026-01-01T00:00:00+00:00 {case.pk}"})
    pages += [*("/late/", f"/late/?{place}", "/late/?of=cases", "/week/", f"/week/?{place}", "/week/?of=cases")]
    searches = [WORDS[:4], case.reference[:4], "Jan Novak", "Novak", "+999 555 010 123", "mara@home.example"]
    with connection.execute_wrapper(note):
        for page in pages:
            assert client.get(page).status_code == 200, page
        for words in searches:
            page = f"search: {words}"
            assert client.post("/cases/search/", {"words": words}, follow=True).status_code == 200
        page = "open a case"
        sent = {"codename": "Lantern", "country": "XPR", "status": "DS_UNKNOWN"}
        sent |= {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
        assert client.post("/cases/open/", sent).status_code == 302
    return found


def scans_of(sql: str, params: Any) -> list[str]:
    """Return the large tables that the planner would go through from one end to the other."""
    if not sql.lstrip().upper().startswith("SELECT") or "FOR UPDATE" in sql:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            steps = [row[3] for row in cursor.execute("EXPLAIN QUERY PLAN " + sql, params).fetchall()]
            named = aliases_of(sql)
            lines = [line.split() for line in steps if line.startswith("SCAN ") and " USING " not in line]
            tables = [named.get(words[1], words[1]) for words in lines]
        else:
            cursor.execute("EXPLAIN " + sql, params)
            tables = [match[1] for row in cursor.fetchall() if (match := re.search(r"Seq Scan on (\w+)", row[0]))]
    return [table for table in tables if is_large(table)]


def aliases_of(sql: str) -> dict[str, str]:
    """Return which table each name in the text stands for."""
    return {name: table for table, name in re.findall(r'(?:FROM|JOIN) \(?"?(\w+)"? "?(\w+)"?', sql)}


@pytest.mark.parametrize("is_many", [True, False])
@pytest.mark.parametrize("who", ["ana", "rui"])
@pytest.mark.usefixtures("_large_tables")
def test_no_page_goes_through_a_table_of_cases(
    client: Client, case: Case, who: str, is_many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (case_list, today, steps):
        monkeypatch.setattr(module, "sees_many", lambda _user: is_many)
    signed_in(client, a_person(who))
    asked = asked_by(client, case)
    assert len(asked) > 100
    scanned = {(page, table, sql) for page, (sql, params) in asked for table in scans_of(sql, params)}
    assert not scanned, "\n".join(f"{page}: {table}\n    {sql}" for page, table, sql in sorted(scanned))


@pytest.mark.usefixtures("_large_tables")
@pytest.mark.parametrize("words", ["summary", "UPPER(codename)", "year_detained"])
def test_a_question_without_an_index_would_be_seen(words: str) -> None:
    sql = f"SELECT id FROM casework_case WHERE {words} = %s"
    value: Any = 2020 if words.startswith("year") else b"x" if words == "summary" else "X"
    assert scans_of(sql, [value]) == ["casework_case"]


def readings_of_tags(sql: str, params: Any) -> list[str]:
    """Return each step of the plan that reads the search tags, with what it looks them up by."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            steps = [row[3] for row in cursor.execute("EXPLAIN QUERY PLAN " + sql, params).fetchall()]
            named = [name for name, table in aliases_of(sql).items() if table == "casework_nametag"]
            return [step for step in steps if step.startswith(tuple(f"SEARCH {name} " for name in named))]
        cursor.execute("EXPLAIN " + sql, params)
        steps = [row[0] for row in cursor.fetchall()]
    return [" ".join(steps[number : number + 4]) for number, step in enumerate(steps) if " on casework_nametag" in step]


@pytest.mark.parametrize("words", ["Jan", "Jan Novak", "Jan Novak Ilias", "+999 555 010 123"])
@pytest.mark.usefixtures("_large_tables")
def test_a_name_goes_through_each_of_its_tags_once(client: Client, case: Case, words: str) -> None:
    """However many cases hold each part: lists of cases within each other would be compared, each with each."""
    asked: list[Query] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        findable_by(case.lead, words)
    by_tags = [query for query in asked if '"casework_nametag"' in query[0]]
    assert by_tags
    for sql, params in by_tags:
        (reading,) = readings_of_tags(sql, params)
        assert "tags_are_found_by_value" in reading and "purpose" in reading and "tag" in reading
        rights = sql.partition("casework_caseuserobjectpermission")[2]
        assert '"casework_nametag"."case_id"' not in rights.partition("LIMIT")[0]
