"""Tags of forms that a script keeps while somebody writes in them; without it they draw nothing that is seen."""

from typing import Any

from django import forms, template
from django.http import HttpRequest
from django.utils import timezone

from accounts import drafts
from accounts.models import Draft
from accounts.views.came_from import address_without_it

register = template.Library()

SEEN = "_kept_of_page"  # of a request: what is kept of its page, asked for once


@register.inclusion_tag("parts/kept_before.html", takes_context=True)
def kept_before(context: dict[str, Any]) -> dict[str, Draft | None]:
    """Say above a form that what was written into it earlier is kept, and lead to it; nothing where it stands in the form."""
    kept, is_in_it = _kept(context["request"])
    return {"kept": None if is_in_it else kept}


@register.inclusion_tag("parts/keeps_typed.html", takes_context=True)
def keeps_typed(context: dict[str, Any], form: Any) -> dict[str, object]:
    """Have the script keep this form, where it asks for a long text; among its buttons, where the page says so."""
    kept, is_in_it = _kept(context["request"])
    is_long = any(isinstance(field.widget, forms.Textarea) for field in form.fields.values())
    return {"is_long": is_long, "key": kept.pk if kept and is_in_it else ""}


def _kept(request: HttpRequest) -> tuple[Draft | None, bool]:
    """Return what is kept of this page, and whether it is what was just sent and stands in its form again."""
    found: tuple[Draft | None, bool] | None = getattr(request, SEEN, None)
    if found is None:
        kept = None
        if request.user.is_authenticated:
            kept = drafts.kept_of_page(request.user, address_without_it(request), timezone.now())
        found = (kept, kept is not None and request.POST.get(drafts.KEPT) == str(kept.pk))
        setattr(request, SEEN, found)
    return found
