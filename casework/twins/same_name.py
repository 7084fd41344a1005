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
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from casework.models import Case, Name, NameTag
from sealing import tags
from sealing.queries import BYTES, KEY, TEXT, among, array_of, row_of, several, written_once

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

    @classmethod
    def of(cls, values: Iterable[str]) -> "_Asked":
        """Return the tags of all these names."""
        asked = cls()
        for value in values:
            asked.add(value)
        return asked

    def add(self, value: str) -> None:
        if tags.has_parts(value):
            self.full.update(tags.whole_tags(value))
            self.parts.update(tags.part_tags(value))
        else:
            self.one_word.update(tags.whole_tags(value))

    def pairs(self) -> set[tuple[str, bytes]]:
        """Return each tag with the purpose under which a case of the same name, or of a longer one, holds it."""
        whole = {(WHOLE, tag) for tag in self.full | self.parts | self.one_word}
        return whole | {(PART, tag) for tag in self.full}


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
    asked = _Asked.of(values)
    among_these = Case.objects.filter(cases) if cases is not None else Case.objects.all()
    found = list(_newest(among_these, _holds_all(asked.full))) if asked.full else []
    near = asked.parts | asked.one_word
    if near or asked.full:
        found += list(_newest(among_these.filter(country=country), _holds_part(near, asked.full)))
    return _same(found)


def cases_with_namesakes(names: Iterable[Name]) -> set[uuid.UUID]:
    """Return the cases of these names, stored with their tags, that may have a namesake: the others have none.

    One question for all of them, whatever their State. Which cases the namesakes are is asked of each that is found.
    """
    asked, held = dict[tuple[str, bytes], set[uuid.UUID]](), set[tuple[uuid.UUID, str, bytes]]()
    for row in names:
        if not row.value or _is_familiar(row):
            continue
        for purpose, tag in _Asked.of([row.value]).pairs():
            asked.setdefault((purpose, tag), set()).add(row.case_id)
        held |= {(row.case_id, purpose, tag) for purpose, tag in tags_to_keep(row)}
    found = set[uuid.UUID]()
    for purpose, tag, number in _how_many_hold(sorted({tag for _purpose, tag in asked})):
        for case_id in asked.get((purpose, bytes(tag)), ()):
            if number > ((case_id, purpose, bytes(tag)) in held):
                found.add(case_id)
    return found


def _how_many_hold(wanted: list[bytes]) -> Iterable[tuple[str, bytes, int]]:
    """Return how many cases hold each of these tags, by purpose."""
    rows = NameTag.objects.filter(purpose__in=(WHOLE, PART), tag__in=wanted).order_by()
    return rows.values_list("purpose", "tag").annotate(number=Count("case_id", distinct=True))


def namesakes_of(case: Case, *, names: Iterable[Name] | None = None, but: Sequence[uuid.UUID] = ()) -> SameName:
    """Return the other cases, without those of `but`, of a prisoner of the same name; only the names of this are read.

    `names` are those of the case, where the caller has them.
    """
    rows = _names_of(case=case) if names is None else names
    asked = _Asked.of(row.value for row in rows if row.value and not _is_familiar(row))
    others = sorted([case.pk, *but])
    found = _equal(others=others, full=sorted(asked.full)) if asked.full else []
    near = asked.parts | asked.one_word
    if near or asked.full:
        found = [*found, *_near(others=others, country=case.country, near=sorted(near), full=sorted(asked.full))]
    return _same(found)


@written_once(others=array_of(KEY), full=several(BYTES))
def _equal(*, others: list[uuid.UUID], full: list[bytes]) -> QuerySet[Case, uuid.UUID]:
    return _newest(Case.objects.exclude(among("pk", others)), _holds_all(full))


@written_once(others=array_of(KEY), country=TEXT, near=several(BYTES), full=several(BYTES))
def _near(*, others: list[uuid.UUID], country: str, near: list[bytes], full: list[bytes]) -> QuerySet[Case, uuid.UUID]:
    return _newest(Case.objects.filter(country=country).exclude(among("pk", others)), _holds_part(near, full))


def _holds_all(full: Collection[bytes]) -> Q:
    return Q(purpose=WHOLE, tag__in=full)


def _holds_part(near: Collection[bytes], full: Collection[bytes]) -> Q:
    """Return the condition for the tags of a name of which every part stands in the other one."""
    ways = [(WHOLE, near), (PART, full)]
    return reduce(or_, [Q(purpose=purpose, tag__in=wanted) for purpose, wanted in ways if wanted])


def _same(found: Sequence[uuid.UUID]) -> SameName:
    keys = tuple(dict.fromkeys(found))
    return SameName(keys[:MOST], is_more=len(keys) > MOST)


@written_once(case=row_of(Case))
def _names_of(*, case: Case) -> QuerySet[Name]:
    return Name.objects.filter(case=case).present()


def namesakes_seen_by(user: User, name: str, country: str) -> QuerySet[Case]:
    """Return the cases that hold a prisoner of this name, among those whose identity this person may see; newest first."""
    may_see = Q(pk__in=Case.objects.where(user, may="view_identity").values("pk"))
    found = cases_of_this_name([name], country, cases=may_see)
    return Case.objects.filter(pk__in=found.keys).order_by("-opened_at")


def _newest(cases: QuerySet[Case], wanted: Q) -> QuerySet[Case, uuid.UUID]:
    tagged = NameTag.objects.filter(wanted).values("case_id")
    return cases.filter(pk__in=tagged).order_by("-opened_at", "pk").values_list("pk", flat=True)[: MOST + 1]


def _is_familiar(row: Name) -> bool:
    """Say whether this is a family name or nickname of one word, which many people share."""
    return row.kind in FAMILIAR and not tags.has_parts(row.value or "")
