"""Notices in the app: a verb, who did it, a case its reader may see, and a link. Each is given once, whatever runs twice."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models

from advocacy.models import Notice
from casework import told


def give(
    people: Iterable[Any],
    *,
    kind: str,
    case: Any = None,
    about_id: uuid.UUID | None = None,
    by: Any = None,
    dedup: str,
) -> None:
    """Give these people a notice, with who did it, unless they have it already. Runs inside the caller's transaction."""
    Notice.objects.bulk_create(
        [Notice(user=person, kind=kind, case=case, about_id=about_id, by=by, dedup=dedup) for person in people],
        ignore_conflicts=True,
    )


@told.register
def _of_a_case(*, verb: str, case: Any, about: models.Model, actor: Any, people: Iterable[Any]) -> None:
    """Tell these people what happened on a case of theirs."""
    give(people, kind=verb, case=case, about_id=about.pk, by=actor, dedup=f"{verb}:{about.pk}")
