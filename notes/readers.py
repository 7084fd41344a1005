"""Who reads the notes of a case: those of the office who may see it. Who reviews from outside reads none."""

from accounts.models import PersonRole, User
from accounts.roles import OfficeRole
from casework.access import who_may
from casework.models import Case


def readers_of(case: Case) -> list[User]:
    """Return everybody who reads the notes of a case, by name; two queries."""
    people = who_may(case, "view_case")
    roles = PersonRole.objects.in_effect().filter(role=OfficeRole.OUTSIDE_REVIEWER, user__in=people)
    outside = set(roles.values_list("user_id", flat=True))
    return [person for person in people if person.pk not in outside]
