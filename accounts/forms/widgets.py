"""Ways to ask that every form of the house shares."""

import datetime as dt
from typing import Any

from django import forms


def _is_known(text: str, kind: Any) -> bool:
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True


class _Picked:
    """A box that a browser may show as a picker. A picker hides what it cannot read: then the box is plain text."""

    picker = ""
    plain_kind: type[dt.date | dt.time] = dt.date

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Show as a picker what a picker can show, and everything else as it was typed."""
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        shown = context["widget"]["value"]
        is_readable = not shown or _is_known(str(shown), self.plain_kind)
        context["widget"]["type"] = self.picker if is_readable else "text"
        if not is_readable:
            context["widget"]["attrs"]["dir"] = "ltr"  # figures keep their order on a page from right to left
        return context


class DayInput(_Picked, forms.DateInput):
    """A day as YYYY-MM-DD; browsers that can show a calendar."""

    input_type = picker = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HourInput(_Picked, forms.TimeInput):
    """An hour as HH:MM."""

    input_type = picker = "time"
    plain_kind = dt.time

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MomentInput(_Picked, forms.DateTimeInput):
    """A day and an hour as YYYY-MM-DDTHH:MM."""

    input_type = picker = "datetime-local"
    plain_kind = dt.datetime

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")
