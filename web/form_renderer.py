"""How every form of this site is drawn: one template for a field, one for a form, one for a set of forms."""

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
