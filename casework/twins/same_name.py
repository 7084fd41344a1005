"""When two prisoners have the same name: the one question to the name index over all cases, asked by tags alone.

Nothing of another case is decrypted, and each question is a look-up in an index. A name is compared folded, in each
script in which it is stored; the order of its parts does not matter, and particles may be written joined or apart.
The same is
- a whole name of two parts or more, in whatever country: a State may be chosen wrongly, and people are handed over;
- in the same country, a whole name of which every part stands in one longer name: "Ilias Varanen" in "Ilias Jan Varanen";
- in the same country, a whole name of one word, or of a script that leaves no spaces, where the other is that word too.
One part alone never ties two cases: half a country is called Mohammed. Nor does a nickname or a family name of one word.

A name that many people bear ties a case with MOST cases and no more: equal names first, then the newest. `is_more`
says that there are others, and the page of possible twins says it to signers. What is left out does not count.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.models import User
from casework.models import Case, Name, NameTag
from sealing import tags
from sealing.queries import row_of, written_once

MOST = 20
WHOLE, PART = "whole", "part"
FAMILIAR = frozenset({Name.Kind.CLAN, Name.Kind.NICKNAME})


@dataclass(frozen=True)
class SameName:
    """Which cases hold a prisoner of the same name, the nearest first, and whether there are more of them."""

    keys: tuple[uuid.UUID, ...] = ()
    is_more: bool = False


@dataclass
class _Asked:
    """The tags that these names are looked up by."""

    full: set[bytes] = field(default_factory=set)
    one_word: set[bytes] = field(default_factory=set)
    parts: set[bytes] = field(default_factory=set)

    def add(self, value: str) -> None:
        if tags.has_parts(value):
            self.full.update(tags.whole_tags(value))
            self.parts.update(tags.part_tags(value))
        else:
            self.one_word.update(tags.whole_tags(value))


def tags_to_keep(row: Name) -> set[tuple[str, bytes]]:
    """Return what is kept of a name so that the same name finds it: purpose and tag."""
    if not row.value or _is_familiar(row):
        return set()
    whole = {(WHOLE, tag) for tag in tags.whole_tags(row.value)}
    return whole | {(PART, tag) for tag in tags.part_tags(row.value)}


def cases_of_this_name(values: Iterable[str], country: str, *, cases: Q | None = None) -> SameName:
    """Return the cases that hold a prisoner of one of these names, held by this State or of wholly the same name.

    `cases` narrows them, such as to those that a person may see.
    """
    asked = _Asked()
    for value in values:
        asked.add(value)
    equal = Q(purpose=WHOLE, tag__in=asked.full)
    near = Q(purpose=WHOLE, tag__in=asked.parts | asked.one_word) | Q(purpose=PART, tag__in=asked.full)
    among = Case.objects.filter(cases) if cases is not None else Case.objects.all()
    found = [*_newest(among, equal), *_newest(among.filter(country=country), near)]
    keys = tuple(dict.fromkeys(found))
    return SameName(keys[:MOST], is_more=len(keys) > MOST)


def namesakes_of(case: Case) -> SameName:
    """Return the other cases that hold a prisoner of the same name; only the names of this case are read."""
    values = [row.value for row in _names_of(case=case) if row.value and not _is_familiar(row)]
    if not values:
        return SameName()
    return cases_of_this_name(values, case.country, cases=~Q(pk=case.pk))


@written_once(case=row_of(Case))
def _names_of(*, case: Case) -> QuerySet[Name]:
    return Name.objects.filter(case=case).present()


def namesakes_seen_by(user: User, name: str, country: str) -> QuerySet[Case]:
    """Return the cases that hold a prisoner of this name, among those whose identity this person may see; newest first."""
    may_see = Q(pk__in=Case.objects.where(user, may="view_identity").values("pk"))
    found = cases_of_this_name([name], country, cases=may_see)
    return Case.objects.filter(pk__in=found.keys).order_by("-opened_at")


def _newest(among: QuerySet[Case], wanted: Q) -> list[uuid.UUID]:
    tagged = NameTag.objects.filter(wanted).values("case_id")
    rows = among.filter(pk__in=tagged).order_by("-opened_at", "pk")
    return list(rows.values_list("pk", flat=True)[: MOST + 1])


def _is_familiar(row: Name) -> bool:
    """Say whether this is a family name or nickname of one word, which many people share."""
    return row.kind in FAMILIAR and not tags.has_parts(row.value or "")
