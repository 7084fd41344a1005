"""Finding a case by a name without reading any: the blind index, the codename, the reference."""

import datetime as dt
import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from casework.models import Case, Contact, Name, NameTag, SearchWords
from casework.models.search import WORDS_LAST, new_key
from casework.twins import same_name
from directory.countries import codes_named
from sealing import folding, keys, tags
from sealing.queries import (
    BYTES,
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    among,
    begins_with,
    end_of,
    is_nobody,
    several,
    written_once,
)

SEARCH = "search"
PHONE_DIGITS = 9
LEAST_DIGITS = 6
MOST_FOUND = 1000
MOST_LETTERS = 120
LAST_OF_ALL = "\U0010ffff"  # nothing is called so, and no text stands after it
REFERENCE = re.compile(r"^[A-Z2-9]{4}-?[A-Z2-9]{0,4}$")


def retag(row: Any) -> None:
    """Make the search tags of a row those of its present values; a removed row, or one of another kind, has none."""
    if not isinstance(row, Name | Contact):
        return
    untag(row.pk)
    if row.removed_at is not None:
        return
    NameTag.objects.bulk_create(tags_of(row))


def tags_of(row: Name | Contact) -> list[NameTag]:
    """Return the search tags of the present values of a row, not yet stored."""
    wanted = {("name", tag) for tag in _names_of(row)}
    if isinstance(row, Name):
        wanted |= same_name.tags_to_keep(row)
    if isinstance(row, Contact):
        wanted |= {("phone", tags.tag("phone", digits)) for digits in _numbers(row.phone)}
        wanted |= {("email", tags.tag("email", address)) for address in _addresses(row.email)}
    return [NameTag(case_id=row.case_id, row_id=row.pk, purpose=purpose, tag=tag) for purpose, tag in sorted(wanted)]


def untag(row_id: uuid.UUID) -> None:
    """Take away the search tags of a row."""
    NameTag.objects.filter(row_id=row_id).delete()


def typed_words(text: str) -> str:
    """Return what was typed as it is searched for: its spaces made one, and no longer than a search may be."""
    return " ".join(text.split())[:MOST_LETTERS]


def keep_words(user: User, words: str) -> str:
    """Keep what this person searches for, hardened, and return the key that stands for it; what is over is forgotten."""
    SearchWords.objects.filter(made_at__lt=timezone.now() - WORDS_LAST).delete()
    key = new_key()
    SearchWords.objects.create(user=user, words=words, key_mac=keys.token_mac(SEARCH, key))
    return key


def kept_words(user: User, key: str, *, at: dt.datetime | None = None) -> str:
    """Return the words behind a key; nothing for a strange key, one of somebody else, or one that is over an hour old."""
    since = (at or timezone.now()) - WORDS_LAST
    found = _kept.first(user=user, key_mac=keys.token_mac(SEARCH, key), since=since)
    return found.words if found else ""


@written_once(user=PERSON, key_mac=BYTES, since=MOMENT)
def _kept(*, user: User, key_mac: bytes, since: dt.datetime) -> QuerySet[SearchWords]:
    return SearchWords.objects.filter(user_id=user.pk, key_mac=key_mac, made_at__gte=since)[:1]


@dataclass(frozen=True)
class Findable:
    """What a search leads to: cases by their keys, and every case of a country that was named."""

    cases: Sequence[uuid.UUID] = ()
    countries: Sequence[str] = ()


def findable_by(user: User, words: str) -> Findable:
    """Return what this person may find: by codename on every visible case, by name where identity is open.

    The keys are looked up first, each kind through its own index, and never more than MOST_FOUND of a kind.
    """
    if is_nobody(user) or not words.strip().strip(LAST_OF_ALL):
        return Findable()
    cases: set[uuid.UUID] = set()
    for asked in _tagged(words):
        cases |= set(_by_tags(user=user, **vars(asked)))
    cases |= set(_by_codename(user=user, **vars(_in_clear(words))))
    return Findable(tuple(cases), tuple(codes_named(words)))


def found_condition(cases: Sequence[uuid.UUID], codes: Collection[str]) -> Q:
    """Return the condition for the cases of a Findable."""
    return among("pk", cases) | Q(country__in=codes)


@dataclass(frozen=True)
class Beginnings:
    """How a codename or a reference begins that is meant: each start, and the first text after all that begin so."""

    starts: Sequence[str]
    ends: Sequence[str]
    reference: str
    reference_end: str


def _in_clear(words: str) -> Beginnings:
    """Return how a codename or reference begins that is meant by these words."""
    words = " ".join(words.split()).strip(LAST_OF_ALL)
    starts = sorted({words, words.title(), words.capitalize(), words.upper()})
    compact = words.upper().replace(" ", "")
    reference = ""
    if REFERENCE.match(compact):
        plain = compact.replace("-", "")
        reference = plain[:4] + "-" + plain[4:] if len(plain) > 4 or "-" in compact else plain
    ends = [end_of(start) for start in starts]
    return Beginnings(starts, ends, reference, end_of(reference) if reference else "")


@written_once(user=PERSON, starts=several(TEXT), ends=several(TEXT), reference=TEXT, reference_end=TEXT)
def _by_codename(
    *, user: User, starts: list[str], ends: list[str], reference: str, reference_end: str
) -> QuerySet[Case, uuid.UUID]:
    wanted = Q()
    for start, end in zip(starts, ends, strict=True):
        wanted |= begins_with("codename", start, end)
    if reference:
        wanted |= begins_with("reference", reference, reference_end)
    return Case.objects.visible_to(user).filter(wanted).order_by().values_list("pk", flat=True)[:MOST_FOUND]


@dataclass(frozen=True)
class TagsAsked:
    """Tags of one purpose that stand together on a case, and how many different ones they are."""

    purpose: str
    tagged: Sequence[bytes]
    parts: int


def _tagged(words: str) -> list[TagsAsked]:
    """Return what is asked of the tags for these words; the whole name, or every part in the same case."""
    tokens = [token for token, _start, _end in folding.tokens(words)]
    ways = tags.ways_to_ask(words)
    asked = [_of("name", " ".join(tokens))] if tokens and ways[:1] != [tokens[:1]] else []
    asked += [_of("name", *parts) for parts in ways]
    digits = re.sub(r"\D", "", words)
    if len(digits) >= LEAST_DIGITS:
        asked.append(_of("phone", digits[-PHONE_DIGITS:]))
    if "@" in words:
        asked.append(_of("email", words.strip()))
    return asked


def _of(purpose: str, *values: str) -> TagsAsked:
    wanted = [tags.tag(purpose, value) for value in values]
    return TagsAsked(purpose, wanted, len(set(wanted)))


@written_once(user=PERSON, purpose=TEXT, tagged=several(BYTES), parts=NUMBER)
def _by_tags(*, user: User, purpose: str, tagged: list[bytes], parts: int) -> QuerySet[Case, uuid.UUID]:
    """Ask for the cases that hold each of so many tags, the rows of all tags gone through once.

    Asked as one list within the other, PostgreSQL compares the five hundred of a common name with the five hundred of
    a common surname, each with each; and asks for the right before it knows which few cases hold both.
    """
    rows = NameTag.objects.filter(purpose=purpose, tag__in=tagged).values("case_id")
    together = rows.annotate(held=Count("tag", distinct=True)).filter(held=parts)
    allowed = Case.objects.where(user, may="view_identity").filter(pk__in=together.values("case_id"))
    return allowed.order_by().values_list("pk", flat=True)[:MOST_FOUND]


def _names_of(row: Name | Contact) -> set[bytes]:
    spellings = [row.value] if isinstance(row, Name) else [row.name, *(row.other_names or "").splitlines()]
    return {tag for spelling in spellings if spelling for tag in tags.name_tags(spelling)}


def _numbers(text: str | None) -> set[str]:
    """Return the last nine digits of each telephone number in the text."""
    found = (re.sub(r"\D", "", piece) for piece in re.split(r"[,;/\n]", text or ""))
    return {digits[-PHONE_DIGITS:] for digits in found if len(digits) >= LEAST_DIGITS}


def _addresses(text: str | None) -> set[str]:
    return {piece for piece in re.split(r"[,;\s]+", text or "") if "@" in piece}
