"""Notices in the app: a verb, who did it, a case or a person, and a link. One key gives one notice, run twice or not."""

import uuid
from collections.abc import Iterable

from accounts import notify
from accounts.models import User
from work.models import Notice


def give(
    people: Iterable[User],
    *,
    kind: str,
    case_id: uuid.UUID | None = None,
    about_id: uuid.UUID | None = None,
    person: User | None = None,
    role: str = "",
    by: User | None = None,
    dedup: str,
) -> None:
    """Give these people a notice, with who did it, unless they have it already. Runs inside the caller's transaction."""
    Notice.objects.bulk_create(
        [
            Notice(
                user=user, kind=kind, case_id=case_id, about_id=about_id, person=person, role=role, by=by, dedup=dedup
            )
            for user in people
        ],
        ignore_conflicts=True,
    )


@notify.listen
def of_the_office(*, verb: str, about: User, by: User | None, role: str, people: Iterable[User]) -> None:
    """Tell these people that somebody's rights or keys changed. Each change is told, also the same one twice."""
    give(people, kind=verb, person=about, role=role, by=by, dedup=f"{verb}:{uuid.uuid4()}")
