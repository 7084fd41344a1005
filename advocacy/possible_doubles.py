"""Possible doubles of somebody who was just taken: looked for by the blind index, among the cases one may see alone."""

from django.db.models import QuerySet

from accounts.models import User
from casework.models import Case, NameTag
from sealing import folding, tags


def cases_with_this_name(user: User, name: str) -> QuerySet[Case]:
    """Return the cases that hold every part of this name, among those whose identity this person may see."""
    parts = [token for token, _start, _end in folding.tokens(name) if len(token) > 1]
    rows = Case.objects.where(user, may="view_identity")
    if not parts:
        return rows.none()
    for part in parts:
        tagged = NameTag.objects.filter(purpose="name", tag=tags.tag("name", part))
        rows = rows.filter(pk__in=tagged.values("case_id"))
    return rows.order_by("-opened_at")
