"""A person at the table of claims without scripts: opens a page, fills in boxes by name, and sends them all."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from casework.models import Case

Boxes = dict[str, Any]
ROWS_OPEN = "rows=open"


class _Form(HTMLParser):
    """Reads what a browser would send of the form that changes something in `main`."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: Boxes = {}
        self._select = self._area = ""
        self._has_chosen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, kind = told.get("name") or "", told.get("type") or ""
        if tag == "select":
            self._select, self._has_chosen = name, False
        if tag == "option" and self._select and ("selected" in told or not self._has_chosen):
            self._has_chosen = True
            self.boxes[self._select] = told.get("value") or ""
        if tag == "textarea":
            self._area = name
            self.boxes[name] = ""
        if tag == "input" and name and (kind not in {"checkbox", "radio"} or "checked" in told):
            value = told.get("value") or ("on" if kind == "checkbox" else "")
            self._add(name, value, many=kind == "checkbox")

    def _add(self, name: str, value: str, *, many: bool) -> None:
        if many and name.endswith("-items"):
            self.boxes.setdefault(name, []).append(value)
        else:
            self.boxes[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.boxes[self._area] += data.removeprefix("\n") if not self.boxes[self._area] else data


def boxes(page: str, begins: str = 'class="wide-form"') -> Boxes:
    """Return every box of the form as the page shows it, by its name; no token, as the test's client needs none."""
    form = _Form()
    form.feed(page.partition("<main")[2].partition(begins)[2].partition("</form>")[0])
    form.boxes.pop("csrfmiddlewaretoken", None)
    return form.boxes


def address(case: Case, query: str = "") -> str:
    return reverse("casework:claims", args=[case.reference]) + (f"?{query}" if query else "")


def opened(client: Client, case: Case, query: str = ROWS_OPEN) -> Boxes:
    """Open the table with every row as a form and return its boxes."""
    return boxes(client.get(address(case, query)).content.decode())


def send(client: Client, case: Case, changes: Boxes, *, query: str = ROWS_OPEN, base: Boxes | None = None) -> Any:
    """Open the table, fill these boxes in, leave all others as they are, and save. None takes a tick away."""
    sent = {**(opened(client, case, query) if base is None else base), **changes}
    return client.post(
        address(case, query), {name: value for name, value in sent.items() if value is not None}, follow=True
    )


def new_row(number: int = 1, **values: Any) -> Boxes:
    """Return the boxes of an empty row, filled in."""
    return {f"n{number}-{name.replace('__', '-')}": value for name, value in values.items()}
