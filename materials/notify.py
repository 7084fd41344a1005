"""Tells people in the app that a text of theirs moved: its authors, and whoever reads it or does something with it next.

A notice names the verb, who did it and the case; no title and no word of the text. Nobody is told of their own act, and
nobody of a text about a case that they may not see.
"""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from casework import notify
from casework.access import who_may
from casework.models import Case
from materials.models import Material

SIGNERS, SENDERS = "sign_review", "dispatch"


def tell(
    *,
    verb: str,
    material: Material,
    cases: Iterable[Case],
    actor: User,
    next_readers: Iterable[str] = (),
    occasion: str = "",
) -> None:
    """Give its authors, and those who hold one of these rights on all of its cases, a notice: each time, or once for an occasion."""
    known = sorted(cases, key=lambda case: str(case.pk))
    see = _on_all(known, "view_case")
    wanted = {person for right in next_readers for person in _on_all(known, right)}
    wanted |= {material.author, material.last_editor}
    people = sorted(wanted & see - {actor}, key=lambda person: person.pk)
    told = f"{material.revision}:{occasion or format(int(timezone.now().timestamp() * 1_000_000), 'x')}"
    notify.notify_people(verb=verb, case=known[0], about=material, actor=actor, people=people, occasion=told)


def _on_all(cases: list[Case], right: str) -> set[User]:
    return set.intersection(*(set(who_may(case, right)) for case in cases))
