"""What the page about somebody's days away shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.forms.absences import AbsenceForm
from accounts.models import Absence, User

SHOWN = 20


@dataclass(frozen=True)
class AwayPage:
    """One person's days away, and the form for more of them (accounts/away.html)."""

    form: AbsenceForm
    whom: User
    is_own: bool
    rows: Sequence[Absence]
    stands_in: Sequence[Absence]


def away_page(person: User, form: AbsenceForm, *, reader: User) -> AwayPage:
    """Return the days that are written and not over, of this person and of those for whom they stand in."""
    today = timezone.localdate()
    rows = Absence.objects.standing().filter(ends_on__gte=today).order_by("begins_on", "pk")
    return AwayPage(
        form=form,
        whom=person,
        is_own=person.pk == reader.pk,
        rows=list(rows.filter(user=person).select_related("deputy")[:SHOWN]),
        stands_in=list(rows.filter(deputy=person).select_related("user")[:SHOWN]),
    )
