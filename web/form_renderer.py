"""How every form of this site is drawn: one template for a field, one for a form, one for a set of forms."""

from collections.abc import Callable
from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting


class BoundQuestion(BoundField):
    """One question of a form as the templates see it."""

    @property
    def is_tick(self) -> bool:
        """A single box to tick: its words stand after it."""
        return bool(getattr(self.field.widget, "input_type", "") == "checkbox" and not self.use_fieldset)

    @property
    def is_optional(self) -> bool:
        """Nobody has to answer; the label says so in words. A box may always stay empty."""
        is_needed = self.field.required or getattr(self.field, "is_asked_where_needed", False)
        return not (is_needed or self.is_tick or self.field.disabled)

    @property
    def place(self) -> str:
        """The id a link of the error summary leads to: the control, or the first one of a group."""
        if self.use_fieldset:
            return f"{self.auto_id}_0" if self.auto_id else ""
        return self.id_for_label or self.auto_id

    @property
    def is_question(self) -> bool:
        """The label ends with its own mark, so no colon follows it."""
        return str(self.label).rstrip().endswith(("?", "؟", ":", "."))

    @property
    def outside(self) -> Any:
        """The mark that says who may read the answer outside; nothing where the form draws none beside its fields."""
        marks = getattr(self.form, "outside", None)
        return None if marks is None or self.is_hidden else marks.of(self.name)

    @property
    def outside_id(self) -> str:
        """The id of the words that say so: of the mark, or of a line that the form says it in; empty where none does."""
        place: Callable[[str, str], str] | None = getattr(self.form, "place_of_mark", None)
        return place(self.name, self.auto_id) if place and not self.is_hidden else ""

    @property
    def aria_describedby(self) -> str | None:
        """Help, faults, and who may read the answer outside."""
        told: str | None = super().aria_describedby
        return told if told is None else " ".join(filter(None, [told, self.outside_id]))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        if self.use_fieldset and self.errors and self.auto_id:
            attrs["aria-describedby"] = f"{self.auto_id}_error"
        return attrs


class FormRenderer(TemplatesSetting):
    """Forms through the project's templates; `{{ form }}` and `{% field form.name %}` both end here."""

    form_template_name = "django/forms/form.html"
    formset_template_name = "django/forms/formset.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = BoundQuestion
