"""What the page about somebody's days away shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.actions.absences import WRITERS
from accounts.forms.absences import AbsenceForm, colleagues_of
from accounts.models import Absence, User
from accounts.roles import holds

SHOWN = 20
MOST = 200


@dataclass(frozen=True)
class AwayPage:
    """One person's days away, and the form for more of them (accounts/away.html)."""

    form: AbsenceForm
    whom: User
    is_own: bool
    rows: Sequence[Absence]
    stands_in: Sequence[Absence]
    others: Sequence[User]


def away_page(person: User, form: AbsenceForm, *, reader: User) -> AwayPage:
    """Return the days that are written and not over, of this person and of those for whom they stand in.

    A director or an administrator is shown on their own page for whom else they may write.
    """
    today, is_own = timezone.localdate(), person.pk == reader.pk
    others = list(colleagues_of(reader)[:MOST]) if is_own and holds(reader, *WRITERS) else []
    rows = Absence.objects.standing().filter(ends_on__gte=today).order_by("begins_on", "pk")
    return AwayPage(
        form=form,
        whom=person,
        is_own=is_own,
        rows=list(rows.filter(user=person).select_related("deputy")[:SHOWN]),
        stands_in=list(rows.filter(deputy=person).select_related("user")[:SHOWN]),
        others=others,
    )
