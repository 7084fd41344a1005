"""The budgets of the table in PERFORMANCE.md: what a figure is compared with, and whether it is met."""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.row import Row

GROWTH = 1.3
PAGE_BYTES = 25_000


@dataclass(frozen=True)
class Ratio:
    """At most so many times the CPU of another row of the same run."""

    times: float
    other: str

    def judge(self, row: Row, rows: Mapping[str, Row]) -> tuple[str, bool]:
        """Return the budget in words with what was reached, and whether it is met."""
        reached = row["cpu"] / rows[self.other]["cpu"]
        return f"{reached:.2f} of at most {self.times:g} x {self.other.split(' (')[0]}", reached <= self.times


@dataclass(frozen=True)
class Most:
    """At most so much of one figure of the row."""

    most: float
    unit: str = "ms"
    key: str = "cpu"

    def judge(self, row: Row, rows: Mapping[str, Row]) -> tuple[str, bool]:
        """Return the budget in words with what was reached, and whether it is met."""
        return f"{row[self.key]:.4g} of at most {self.most:g} {self.unit}", row[self.key] <= self.most


@dataclass(frozen=True)
class Least(Most):
    """At least so much of one figure of the row."""

    def judge(self, row: Row, rows: Mapping[str, Row]) -> tuple[str, bool]:
        """Return the budget in words with what was reached, and whether it is met."""
        return f"{row[self.key]:.4g} of at least {self.most:g} {self.unit}", row[self.key] >= self.most


Budget = Ratio | Most
ADMIN_LIST, ADMIN_SEARCH = "admin list (baseline)", "admin search (baseline)"
GUARDIAN_LIST, GUARDIAN_PAGE = "guardian list (baseline)", "guardian page (baseline)"
HTML = Most(PAGE_BYTES, "bytes of HTML", "bytes")

# By the name of the row. What stands for both sizes comes first, then what is said of the small and of the grown site.
ALWAYS: dict[str, list[Budget]] = {
    "list, filtered": [Ratio(0.6, ADMIN_LIST), HTML],
    "list": [HTML],
    "case": [Ratio(2.0, GUARDIAN_PAGE), Ratio(0.7, ADMIN_LIST), Least(20, "opened fields", "opened"), HTML],
    "Today": [Ratio(1.5, ADMIN_LIST), HTML],
    "search, common word": [Ratio(0.7, ADMIN_SEARCH)],
    "search, whole name": [Ratio(0.3, ADMIN_SEARCH)],
    "create": [Ratio(2.5, "admin create (baseline)")],
    "page without rows": [Ratio(1.25, "bare template (baseline)")],  # 0.8 of its speed
    "gate: examine": [Most(2.0)],
    "PDF, 2 pages, warm": [Ratio(0.6, "WeasyPrint alone, 2 pages (baseline)")],
    "PDF, 21 pages, 150 notes": [
        Ratio(1.2, "WeasyPrint alone, 21 pages (baseline)"),
        Most(150, "MiB", "mib"),
    ],
    "PDF, commission's briefing, 150 notes": [
        Ratio(1.2, "WeasyPrint alone, commission (baseline)"),
        Most(150, "MiB", "mib"),
    ],
    "export, a record, JSON": [Most(72 / 20)],
    "import": [Most(12.0, "ms a case (60 s for 5,000)", "cpu_a_case"), Most(200, "MB", "mb")],
    "fifty people": [
        Least(100, "requests a second", "rps"),
        Most(12.0, "ms of web CPU a request", "web"),
        Most(0, "errors", "errors"),
        Most(1.1, "x the memory of its start", "memory_grew"),
    ],
    "PDF jobs, two workers": [Least(10, "a second", "a_second")],
}
SMALL: dict[str, list[Budget]] = {"list": [Ratio(0.5, ADMIN_LIST)]}
GROWN: dict[str, list[Budget]] = {"list": [Ratio(0.4, GUARDIAN_LIST)]}
BY_ENGINE: dict[str, dict[str, list[Budget]]] = {
    "sqlite": {"append to the trail": [Most(0.25)]},
    "postgresql": {"append to the trail": [Most(0.87)]},
}


def judge(rows: list[Row], *, engine: str, is_grown: bool) -> list[Row]:
    """Return the rows, each with its budgets: words, and whether they are met."""
    known = {row["name"]: row for row in rows}
    size = GROWN if is_grown else SMALL
    judged = []
    for row in rows:
        asked = [budget for table in (ALWAYS, size, BY_ENGINE[engine]) for budget in table.get(row["name"], [])]
        said = [budget.judge(row, known) for budget in asked if not isinstance(budget, Ratio) or budget.other in known]
        judged.append({**row, "budgets": [{"words": words, "is_met": is_met} for words, is_met in said]})
    return judged


def growth(small: list[Row], grown: list[Row]) -> list[Row]:
    """Return how many times the CPU of each act grew between the two sizes, with its budget for our own pages."""
    before, rows = {row["name"]: row["cpu"] for row in small}, []
    for row in grown:
        times = round(row["cpu"] / before[row["name"]], 2)
        words = {"words": f"{times:g} of at most {GROWTH:g} x", "is_met": times <= GROWTH}
        is_ours = not row["name"].endswith("(baseline)")
        rows.append({"name": f"growth of {row['name']}", "times": times, "budgets": [words] if is_ours else []})
    return rows
