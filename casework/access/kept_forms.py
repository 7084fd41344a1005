"""Which forms that came too late are still shown to their writer: those of cases whose rights they still have."""

from typing import Any

from django.urls import ResolverMatch

from accounts import drafts
from casework.access import rights_on
from casework.models import Case

OF_IDENTITY = frozenset({"change_identity", "add_contact", "change_contact", "source_identity"})


def may_return_to_case(person: Any, page: ResolverMatch) -> bool:
    """Say whether the page is about no case, or about one that the person may see now, with what it tells of it."""
    if "reference" not in page.kwargs:
        return True
    case = Case.objects.visible_to(person).filter(reference=page.kwargs["reference"]).first()
    if case is None:
        return False
    asks_identity = page.url_name in OF_IDENTITY or (page.url_name or "").endswith("consent")
    return not asks_identity or "view_identity" in rights_on(person, case)


drafts.register_door(may_return_to_case)
