"""Who may be the second person, by name: a page that says somebody must agree says who can."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import PersonRole, User
from accounts.roles import GIVEN_BY_TWO, SECONDING_ROLES, SIGNING_DELAY, OfficeRole

NAMED = 3
LEAST = 2  # with fewer who confirm, no act of the office about one of them could be done
PROPOSING_ROLES = frozenset({OfficeRole.ADMINISTRATOR, *SECONDING_ROLES})


def may_confirm(*, at: dt.datetime | None = None) -> list[User]:
    """Return who may confirm acts of the office now: reviewers and directors in effect, past every first day."""
    at = at or timezone.now()
    held = User.objects.filter(is_active=True, office_roles__in=_in_effect(at)).distinct().order_by("name")
    return [person for person in held if not _is_in_first_day(person, at)]


def _in_effect(at: dt.datetime) -> QuerySet[PersonRole]:
    return PersonRole.objects.in_effect(at).filter(role__in=SECONDING_ROLES)


def _is_in_first_day(person: User, at: dt.datetime) -> bool:
    is_new = not person.is_founder and at < person.joined_at + SIGNING_DELAY
    return is_new or bool(person.reset_at and at < person.reset_at + SIGNING_DELAY)


def would_shut_the_office(person: User, *, held: PersonRole | None = None, at: dt.datetime | None = None) -> bool:
    """Whether closing this account, or ending only the role `held`, leaves fewer than two who may confirm acts now."""
    at = at or timezone.now()
    lost = person.office_roles.live().filter(role__in=SECONDING_ROLES)
    if held is not None:
        kept = lost.in_effect(at).exclude(pk=held.pk)
        lost = lost.filter(pk=held.pk) if not kept.exists() else lost.none()
    if not (person.is_active and lost.exists()):
        return False
    return len([other for other in may_confirm(at=at) if other.pk != person.pk]) < LEAST


def two_could_do_it(person: User, *, at: dt.datetime | None = None) -> bool:
    """Whether there are two people besides this one, of whom one may propose and the other confirm."""
    at = at or timezone.now()
    roles = PersonRole.objects.in_effect(at).filter(role__in=PROPOSING_ROLES)
    proposing = User.objects.filter(is_active=True, office_roles__in=roles).exclude(pk=person.pk).distinct()
    confirming = [other for other in may_confirm(at=at) if other.pk != person.pk]
    return bool(confirming) and proposing.count() >= LEAST


def hold_the_roles_still() -> None:
    """Lock every role that proposes or confirms, so that no two people end the last two at the same time."""
    list(PersonRole.objects.live().filter(role__in=GIVEN_BY_TWO).select_for_update().order_by("pk"))


def how_many_confirm(people: Iterable[User]) -> tuple[bool, str]:
    """Return whether the office can lose one of these and go on, and a sentence that says where it stands."""
    named = list(people)
    names = {"names": names_in_words(named)}
    if len(named) > LEAST:
        return True, _("%(names)s may confirm acts of the office. One may leave, and the work goes on.") % names
    if len(named) == LEAST:
        return False, _(
            "%(names)s may confirm acts of the office. Without one of them, nothing could be given or reset."
        ) % names
    return False, _(
        "Fewer than two people may confirm acts of the office: nothing can be given or reset in the usual way. "
        "Whoever runs the server can start a recovery; it takes three days, and everybody is told."
    )


def who_confirms(people: Iterable[User], *, but: Iterable[int | None]) -> str:
    """Return who of these may confirm what somebody proposes about somebody, neither of whom may; or that nobody can."""
    without = set(but)
    names = [person.get_full_name() for person in people if person.pk not in without]
    if not names:
        return _("Nobody else here may confirm it now. It takes another reviewer or director, for a day at least.")
    return _("%(names)s may confirm it.") % {"names": names_in_words(names)}


def who_agrees(people: Iterable[User], *, but: Iterable[int | None]) -> str:
    """Return who of these people of a case may agree as the second person; or that nobody else on it can."""
    without = set(but)
    names = [person for person in people if person.pk not in without]
    if not names:
        return _("Nobody else on the case may do it. Somebody has to be put on it.")
    return _("%(names)s may do it.") % {"names": names_in_words(names)}


def names_in_words(names: Iterable[User | str]) -> str:
    """Return a few names as a list, and how many more there are."""
    every = [str(name) for name in names]
    listed = pgettext("between the items of a list", ", ").join(every[:NAMED])
    more = len(every) - NAMED
    if more <= 0:
        return listed
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": listed, "n": more}
