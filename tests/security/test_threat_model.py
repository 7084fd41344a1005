"""The list of what stands in clear, and of what is sealed, is the one that the models give."""

import re

from sealing import inventory
from tools.machine import ROOT

PAGE = ROOT / "docs" / "threat-model.md"
MEANS_LITTLE = ("a key or a link", "a time", "yes or no", "a number")


def printed(rows: list[tuple[str, str, str]]) -> str:
    """Return a table: model, why, columns."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for model, name, why in rows:
        grouped.setdefault((model, why), []).append(name)
    lines = [f"| {model} | {why} | {', '.join(sorted(names))} |" for (model, why), names in sorted(grouped.items())]
    return "\n".join(lines)


def written(name: str) -> str:
    """Return the rows of a table of the page, between its two marks."""
    found = re.search(rf"<!-- {name} -->\n\|[^\n]+\n\|[^\n]+\n(.*?)\n<!-- /{name} -->", PAGE.read_text(), re.DOTALL)
    assert found, f"docs/threat-model.md has no table called {name}"
    return found.group(1)


def test_the_page_lists_every_column_in_clear_and_no_other() -> None:
    assert written("in clear") == printed(inventory.columns_in_clear())


def test_the_page_lists_every_sealed_column_and_no_other() -> None:
    assert written("sealed") == printed(inventory.sealed_columns())


def test_no_name_date_or_number_of_a_person_in_prison_stands_in_clear() -> None:
    telling = re.compile(r"(^|_)(born|judge|court|law|case_number|charge|phone|address|health|summary|note|place)$")
    told = {
        f"{model}.{name}"
        for model, name, why in inventory.columns_in_clear()
        if telling.search(name) and why not in MEANS_LITTLE
    }
    assert not told
