"""Who may be the second person, by name: a page that says somebody must agree says who can."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import PersonRole, User
from accounts.roles import SECONDING_ROLES, SIGNING_DELAY

NAMED = 3


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
