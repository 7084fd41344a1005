"""Choices that each say beneath what they mean."""

from typing import Any

from django import forms
from django.utils.functional import Promise

TEMPLATE = "django/forms/widgets/hinted_options.html"


class _Hinted:
    """A widget of choices with a hint for each, by its value."""

    is_wide = False

    def __init__(self, attrs: Any = None, choices: Any = ()) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.hints: dict[str, str | Promise] = {}

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        """Add the hint to the option."""
        option: dict[str, Any] = super().create_option(*args, **options)  # type: ignore[misc]
        return {**option, "hint": self.hints.get(str(option["value"]), "")}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Say whether the options stand in two columns."""
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        context["widget"]["is_wide"] = self.is_wide
        return context


class HintedChoice(_Hinted, forms.RadioSelect):
    """One of a few."""

    template_name = TEMPLATE


class HintedTicks(_Hinted, forms.CheckboxSelectMultiple):
    """Any of a few, in two columns where there is room."""

    template_name = TEMPLATE

    is_wide = True
