"""Measures `import_cases` with a file of made-up cases: CPU of this process and of the database, and its most memory."""

import json
import resource
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.pages.costs import backend
from bench.row import Row
from bench.rows import cases, people
from casework.models import Case


def main(count: str) -> Row:
    """Bring so many cases in at once; what Django takes to start is part of the memory and not of the time."""
    number = int(count)
    path = settings.DATA_DIR / "tmp" / "cases.json"
    path.write_text(json.dumps({"about": "Made up", "cases": [_told(each) for each in range(number)]}))
    people.the_two()
    connection.ensure_connection()
    before, worked, began = backend(), time.process_time(), time.perf_counter()
    with Path("/dev/null").open("w") as nowhere:
        call_command("import_cases", str(path), username=people.FIRST, stdout=nowhere)
    web, clock, after = time.process_time() - worked, time.perf_counter() - began, backend()
    database = (after[1] - before[1]) / 1000 if before and after else 0.0
    if Case.objects.filter(codename__startswith="Brought ").count() != number:
        raise RuntimeError("not every case came in")
    return {
        "name": "import",
        "cases": number,
        "seconds": round(clock, 1),
        "cpu_seconds": round(web, 1),
        "database_seconds": round(database, 1),
        "cpu_a_case": round((web + database) * 1000 / number, 2),
        "mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 1),
    }


def _told(number: int) -> Row:
    """Return a case as docs/exchange.md tells it: a person, a detention, two sources, three claims, an ask."""
    demand = {"text": "Release him.", "aim": "release"}
    claims = [
        {"text": f"He was held without charge in part {part}.", "sources": ["s1"], "status": "VS_DOC", "credibility": 1}
        for part in (1, 2, 3)
    ]
    return {
        "codename": f"Brought {number:06d}",
        "country": "NOR",
        "status": "DS_PRETRIAL",
        "occupation": "editor",
        "names": [{"kind": "legal", "script": "Latn", "value": f"{cases.FIRST[number % 20]} Velden {number}"}],
        "detentions": [{"start": "2025-03-14~", "authority": "Prison service", "places": [{"place": "Prison four"}]}],
        "timeline": [{"date": f"2025-0{month}", "event": "A hearing was put off."} for month in (4, 5, 6)],
        "sources": [
            {"id": name, "title": "Judgment", "type": "S_COURTDOC", "reliability": "A"} for name in ("s1", "s2")
        ],
        "claims": claims,
        "demands": [demand],
        "asks": [{"to": "The minister", "text": "Order the release.", "demand": demand["text"]}],
    }
