"""The figures of the leak scan as a table: by kind, and its speed beside folding."""

import sys
from typing import Any

MOST_TIMES_FOLDING, MOST_SECONDS_TO_BUILD = 10, 5
LINE = "{kind:<42}{caught:>8}{cannot_check:>14}{clean:>8}\n"
HEADS = {
    True: {"kind": "leak scan: texts that name somebody", "caught": "caught", "clean": "missed"},
    False: {"kind": "leak scan: texts that name nobody", "caught": "false", "clean": "clean"},
}
THIRD_PERSONS = {
    True: {"kind": "third persons: texts that name somebody", "caught": "caught", "clean": "missed"},
    False: {"kind": "third persons: prose that names nobody", "caught": "false", "clean": "clean"},
}


def show(found: dict[str, Any]) -> None:
    """Print what was caught, could not be checked, and was missed or found for nothing, by kind, and the speed."""
    _show_kinds(found["kinds"], HEADS)
    _show_kinds(found["third_persons"], THIRD_PERSONS)
    for line in speed_lines(found["speed"]):
        sys.stdout.write(line + "\n")


def _show_kinds(kinds: list[dict[str, Any]], titles: dict[bool, dict[str, str]]) -> None:
    for is_evasion, heads in titles.items():
        rows = [row for row in kinds if row["is_evasion"] == is_evasion]
        sys.stdout.write("\n" + LINE.format(cannot_check="cannot check", **heads))
        for row in rows:
            sys.stdout.write(LINE.format(**row))
        sums = {key: sum(row[key] for row in rows) for key in ("caught", "cannot_check", "clean")}
        sys.stdout.write(LINE.format(kind=f"all {sum(sums.values())}", **sums))


def speed_lines(speed: dict[str, float]) -> list[str]:
    """Return the speed in words, each figure beside its budget."""
    times = speed["scan"] / speed["folding"]
    built = speed["build"]
    return [
        f"\n2,000 words against {speed['terms']:,.0f} names: {speed['scan'] * 1000:.1f} ms,"
        f" folding alone {speed['folding'] * 1000:.1f} ms: {times:.1f} x (at most {MOST_TIMES_FOLDING} x:"
        f" {'met' if times <= MOST_TIMES_FOLDING else 'NOT MET'})",
        f"to make the names ready: {built:.1f} s (at most {MOST_SECONDS_TO_BUILD} s:"
        f" {'met' if built <= MOST_SECONDS_TO_BUILD else 'NOT MET'})",
    ]
