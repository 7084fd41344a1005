"""Ways to ask that every form of the house shares."""

import datetime as dt
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECTED, CHECKED = flatatt({"selected": True}), flatatt({"checked": True})


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


class QuickSelect(forms.Select):
    """A choice, drawn in one go: a table-form has hundreds, and a template for each option costs more than all it shows."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the select; each label is escaped."""
        chosen = "" if value is None else str(value)
        options = format_html_join("", "{}", ((self._drawn(code, label, chosen),) for code, label in self.choices))
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, _named(name, attrs))), options)

    def _drawn(self, code: Any, label: Any, chosen: str) -> SafeString:
        """Return an option, or a group of them under their heading."""
        if isinstance(label, list | tuple):
            inside = format_html_join("", "{}", ((self._drawn(words[0], words[1], chosen),) for words in label))
            return format_html('<optgroup label="{}">{}</optgroup>', code, inside)
        return format_html('<option value="{}"{}>{}</option>', code, SELECTED if str(code) == chosen else "", label)


class _QuickBox:
    """A box drawn in one go."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the box; what stands in it is escaped."""
        context = self.get_context(name, value, attrs)["widget"]  # type: ignore[attr-defined]
        told = {"type": context["type"], "name": name}
        if context["value"] is not None:
            told["value"] = context["value"]
        return format_html("<input{}>", flatatt({**told, **context["attrs"]}))


class QuickText(_QuickBox, forms.TextInput):
    """One line of text."""


class QuickHidden(_QuickBox, forms.HiddenInput):
    """A box that nobody sees."""


class QuickTick(_QuickBox, forms.CheckboxInput):
    """One box to tick."""


class QuickTicks(forms.CheckboxSelectMultiple):
    """Boxes to tick, drawn in one go."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return a box in its label for each choice, their ids counted as Django counts them."""
        chosen, own = {str(one) for one in value or ()}, (attrs or {}).get("id", name)
        rows = (
            (name, code, own, place, CHECKED if str(code) in chosen else "", label)
            for place, (code, label) in enumerate(self.choices)
        )
        return format_html_join(
            "",
            '<label class="tick"><input type="checkbox" name="{}" value="{}" id="{}_{}"{}>{}</label>',
            rows,
        )


def _named(name: str, attrs: Any) -> dict[str, Any]:
    return {**(attrs or {}), "name": name}
