"""The threat model prints what stands in clear; it must say what the models say, no more and no less."""

import os
from pathlib import Path

from sealing import inventory

PAGE = Path(__file__).resolve().parent.parent / "docs" / "threat-model.md"
START, END = "<!-- columns in clear: begin -->\n", "<!-- columns in clear: end -->"


def in_clear() -> str:
    """Return the list as the page holds it: one line a model, its columns with the nature of each."""
    rows: dict[str, list[str]] = {}
    for model, field, nature in inventory.columns_in_clear():
        rows.setdefault(model, []).append(f"{field} ({nature})")
    return "".join(f"- **{model}**: {', '.join(columns)}\n" for model, columns in sorted(rows.items()))


def test_the_page_lists_every_column_in_clear() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, _start, rest = text.partition(START)
    listed, _end, after = rest.partition(END)
    if os.environ.get("AMPARO_TEST_WRITE"):
        PAGE.write_text(before + START + in_clear() + END + after, encoding="utf-8")
        return
    assert listed == in_clear(), (
        "AMPARO_TEST_WRITE=1 ./run test tests/test_threat_model.py writes the list anew; read what it adds"
    )


def test_nothing_that_names_a_person_stands_in_clear() -> None:
    sealed = {(model, field) for model, field, _nature in inventory.sealed_columns()}
    must = {
        ("casework.Name", "value"),
        ("casework.Contact", "name"),
        ("casework.Charge", "case_number"),
        ("casework.Charge", "judge"),
        ("casework.Detention", "started"),
        ("casework.Demand", "text"),
        ("casework.Ask", "text"),
        ("casework.Claim", "text"),
        ("advocacy.Material", "body"),
        ("advocacy.Dispatch", "body"),
        ("advocacy.Copy", "recipient_name"),
        ("advocacy.Copy", "pdf"),
        ("advocacy.Milestone", "title"),
    }
    assert must <= sealed, must - sealed
