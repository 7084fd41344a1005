"""A season of approaches as plain rows: who was asked on which day, what came back and what was promised."""

import datetime as dt
from typing import Any

from django.utils import timezone

from advocacy.models import Approach, Reply
from casework.models import Case
from directory.models import Actor
from tests.people import a_person


def approached(case: Case, actor: Actor | None, days_ago: int, kind: str = "letter", **other: Any) -> Approach:
    """Return an approach so many days ago; without an entry of the directory the office has a name alone."""
    columns = {"actor": actor, "to_name": None if actor else "The village council", **other}
    return Approach.objects.create(
        case=case,
        kind=kind,
        happened_at=timezone.now() - dt.timedelta(days=days_ago),
        made_by=a_person("ana"),
        created_by=a_person("ana"),
        **columns,
    )


def answered(to: Any, days_ago: int, kind: str = "RS_TOKEN", effect: str = "none", **other: Any) -> Reply:
    """Return a reply so many days ago, to an approach or to a copy; a promise is told by its state."""
    columns: dict[str, Any] = {"approach": to} if isinstance(to, Approach) else {"copy": to}
    case = to.case if isinstance(to, Approach) else other.pop("case")
    today = timezone.localdate()
    if state := other.pop("promise", ""):
        is_settled = state != "open"
        columns |= {"promise": state, "promised": "To raise it", "due_on": today - dt.timedelta(days=1)}
        columns |= {"settled_on": today, "settled_by": a_person("ana")} if is_settled else {}
    return Reply.objects.create(
        case=case,
        kind=kind,
        effect=effect,
        received_on=today - dt.timedelta(days=days_ago),
        created_by=a_person("ana"),
        **columns,
        **other,
    )
