"""Measures one engine. Called by `python -m bench` in a process of its own; prints one line of JSON at the end."""

import gc
import itertools
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from tests.environment import prepare

prepare()
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

import django  # noqa: E402 -- the environment must stand before the settings are read

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.template.base import Template  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, get_runner, setup_test_environment  # noqa: E402

from audit.trail import record  # noqa: E402
from bench import data  # noqa: E402
from casework.models import Case  # noqa: E402
from materials.pdf import rendering  # noqa: E402
from materials.pdf.fetcher import SHEET  # noqa: E402
from materials.pdf.paper import sheet  # noqa: E402
from materials.pdf.text import draft_of  # noqa: E402
from safety.gate import Leaving, examine  # noqa: E402
from tests.gate.ready import make_ready  # noqa: E402
from tests.people import signed_in  # noqa: E402

if rendering.is_available():
    import weasyprint

FEW = 100
Row = dict[str, Any]


@dataclass
class Times:
    """How long one act takes, in milliseconds: the first time apart, then the median and the 95th percentile."""

    first: float
    p50: float
    p95: float
    cpu: float

    @property
    def fair(self) -> float:
        """Return what budgets are judged by: work of this process alone where the database runs in it, else the clock."""
        return self.cpu if connection.vendor == "sqlite" else self.p50


def timed(act: Callable[[], Any], times: int) -> Times:
    """Measure the first time alone, then so many after four rounds of warming up."""
    first = _once(act)[0]
    for _ in range(4):
        act()
    took, worked = zip(*(_once(act) for _ in range(times)), strict=True)
    return Times(first, statistics.median(took), sorted(took)[int(times * 0.95) - 1], statistics.median(worked))


def _once(act: Callable[[], Any]) -> tuple[float, float]:
    start, worked = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000


def queries(act: Callable[[], Any]) -> int:
    """Return how many queries one round asks."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def page(client: Client, address: str) -> Callable[[], Any]:
    """Return an act that reads a page and insists that it is one."""

    def act() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return act


def acts(client: Client, count: int, ready: Any, ana: Any) -> dict[str, tuple[Callable[[], Any], int]]:
    """Return what is measured, and how many rounds of the whole each gets (slow ones fewer)."""
    reference = data.a_reference(count)
    numbers = itertools.count(count * 1000)
    text = draft_of(ready.material)
    case = Case.objects.get(reference=reference)

    def search() -> None:
        if client.post("/cases/search/", {"words": "Mira Bramble"}, follow=True).status_code != 200:
            raise RuntimeError("the search did not answer")

    def admin_create() -> None:
        values = {"codename": f"Plain {next(numbers)}", "country": "XPR", "status": "DS_UNKNOWN"}
        if client.post("/bench/admin/casework/case/add/", values | {"status_on": "2026-11-28"}).status_code != 302:
            raise RuntimeError("the admin did not save")

    def create() -> None:
        values = {"codename": f"Made {next(numbers)}", "country": "XPR", "status": "DS_UNKNOWN"}
        values |= {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
        if client.post("/cases/open/", values).status_code != 302:
            raise RuntimeError("the case was not opened")

    def append() -> None:
        with transaction.atomic():
            record(actor=ana, verb="casework.case.opened", case=case, about=case)

    leaving = Leaving.of(ready.material, clearance_id=ready.clearance.pk, created_by_id=ana.pk)
    measured: dict[str, tuple[Callable[[], Any], int]] = {
        "admin list (baseline)": (page(client, "/bench/admin/casework/case/"), 1),
        "guardian list (baseline)": (page(client, "/bench/guardian/"), 1),
        "guardian page (baseline)": (page(client, f"/bench/guardian/{reference}/"), 1),
        "case list": (page(client, "/cases/"), 1),
        "case list, filtered": (page(client, "/cases/?country=XPR"), 1),
        "case page": (page(client, f"/cases/{reference}/"), 1),
        "search by name": (search, 1),
        "Today": (page(client, "/"), 1),
        "admin create (baseline)": (admin_create, 4),
        "create": (create, 4),
        "append to the audit trail": (append, 1),
        "gate: examine": (lambda: examine(leaving, moment="insert"), 1),
    }
    if rendering.is_available():
        measured["WeasyPrint alone (baseline)"] = (lambda: weasyprint_alone(text), 10)
        measured["minister's PDF, warm"] = (lambda: rendering.pdf(text, None), 10)
    return measured


def weasyprint_alone(text: Any) -> bytes:
    """Draw the same sheet with the library as it comes: no fetcher of ours, no tags, nothing kept between papers."""
    drawn = weasyprint.HTML(string=sheet(text, None), base_url=rendering.HERE)
    return bytes(drawn.write_pdf(stylesheets=[weasyprint.CSS(filename=str(SHEET))]))


def budget(name: str, took: float, base: dict[str, float]) -> tuple[str, bool | None]:
    """Return the budget of a measure in words and whether it was met; None where PERFORMANCE.md sets none."""
    ratios = {
        "case list": ("guardian list (baseline)", 0.4),
        "case list, filtered": ("guardian list (baseline)", 0.4),
        "case page": ("guardian page (baseline)", 2.2),
        "search by name": ("admin list (baseline)", 1.0),
        "create": ("admin create (baseline)", 2.5),
        "minister's PDF, warm": ("WeasyPrint alone (baseline)", 1.5),
    }
    if name in ratios:
        other, times = ratios[name]
        return f"at most {times} x {other.split(' (')[0]}", took <= times * base[other]
    if name == "append to the audit trail":
        most = 0.25 if connection.vendor == "sqlite" else 0.87
        return f"at most {most} ms", took <= most
    return "", None


def main() -> None:
    """Make few cases and count the queries, make all and count again, then measure."""
    count, rounds = int(sys.argv[1]), int(sys.argv[2])
    render = Template._render  # type: ignore[attr-defined]
    setup_test_environment()
    # A test keeps every context it renders; a server does not.
    Template._render = render  # type: ignore[attr-defined]
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        rows = _measure(count, rounds)
    finally:
        runner.teardown_databases(old)
    sys.stdout.write(json.dumps(rows) + "\n")


def _measure(count: int, rounds: int) -> list[Row]:
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    few = min(FEW, count)
    ana = data.make(few)
    client = signed_in(Client(), ana, fresh=True)
    before = {name: queries(act) for name, (act, _slow) in acts(client, few, ready, ana).items()}
    for start in range(few, count, data.BATCH):
        data.more(start, min(data.BATCH, count - start), ana)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    # What made the cases is no part of a server: its garbage is gone, and what stays is not searched at each request.
    gc.collect()
    gc.freeze()
    base: dict[str, float] = {}
    rows: list[Row] = []
    for name, (act, slow) in acts(client, count, ready, ana).items():
        took = timed(act, max(rounds // slow, 5))
        asked = queries(act)
        base[name] = took.fair
        words, is_met = budget(name, took.fair, base)
        times = {key: round(value, 2) for key, value in asdict(took).items()}
        asks = {"queries": asked, "queries_of_few": before[name]}
        rows.append({"name": name, **times, **asks, "budget": words, "is_met": is_met})
    return rows


if __name__ == "__main__":
    main()
