"""The page of the load: by owner, what slips, what blocks; or one of these lists alone, fifty rows at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import is_of_the_office
from web.pages.load.owners import OwnerLine, owner_lines
from web.pages.load.scope import MINE, LoadScope, scope_of
from web.pages.load.steps import LoadStep, blocking, slipping

OWNERS, STEPS, ALONE = 15, 8, 50
LISTS: dict[str, Callable[..., tuple[Sequence[Any], str]]] = {
    "owners": owner_lines,
    "slips": slipping,
    "blocks": blocking,
}


@dataclass(frozen=True)
class LoadList:
    """Some rows of one list, and the addresses of its first and its next rows, where there are any."""

    rows: Sequence[OwnerLine | LoadStep]
    first_url: str
    next_url: str


@dataclass(frozen=True)
class LoadPage:
    """The load of a scope (web/load/load.html); a list that was not asked for is None."""

    scope: LoadScope
    is_mine: bool
    is_unknown_case: bool
    is_together: bool
    may_be_away: bool
    owners: LoadList | None
    slips: LoadList | None
    blocks: LoadList | None


def load_page(user: User, *, of: str, reference: str = "", chosen: str = "", after: str = "") -> LoadPage:
    """Return the load of one's own steps, of a case, or of all cases one may see; `chosen` names one list alone."""
    scope, now = scope_of(user, of=of, reference=reference), timezone.now()
    is_together = chosen not in LISTS
    lists: dict[str, LoadList | None] = dict.fromkeys(LISTS)
    for name, ask in LISTS.items():
        if not (is_together or name == chosen):
            continue
        most = ALONE if not is_together else OWNERS if name == "owners" else STEPS
        rows, place = ask(scope, now=now, after="" if is_together else after, most=most)
        lists[name] = LoadList(
            rows,
            first_url="" if is_together or not after else scope.address(list=name),
            next_url=_next(scope, name, place, is_together=is_together),
        )
    return LoadPage(
        scope=scope,
        is_mine=scope.of == MINE,
        is_unknown_case=bool(scope.reference) and scope.case is None,
        is_together=is_together,
        may_be_away=is_of_the_office(user),
        **lists,
    )


def _next(scope: LoadScope, name: str, place: str, *, is_together: bool) -> str:
    """Return where a list goes on: from all of them together to it alone, from its beginning."""
    if not place:
        return ""
    return scope.address(list=name) if is_together else scope.address(list=name, after=place)
