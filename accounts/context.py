"""What every page needs to know of the person before it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.roles import OfficeRole


def office_roles(request: HttpRequest) -> dict[str, object]:
    """Whether the links of the office are shown; one query, and only where they are asked for."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"is_administrator": False, "is_auditor": False, "is_of_the_office": False}
    return {
        "is_administrator": SimpleLazyObject(lambda: OfficeRole.ADMINISTRATOR in user.current_roles),
        "is_auditor": SimpleLazyObject(lambda: OfficeRole.AUDITOR in user.current_roles),
        "is_of_the_office": SimpleLazyObject(lambda: OfficeRole.OUTSIDE_REVIEWER not in user.current_roles),
    }
