"""Who receives the head of the trail every day."""

from accounts.models import PersonRole
from accounts.roles import SECONDING_ROLES, OfficeRole


def addresses() -> list[str]:
    """Auditors; where the office has none, those who sign."""
    return _of(OfficeRole.AUDITOR) or _of(*SECONDING_ROLES)


def _of(*roles: str) -> list[str]:
    held = PersonRole.objects.in_effect().filter(role__in=roles, user__is_active=True).exclude(user__email="")
    return sorted(set(held.values_list("user__email", flat=True)))
