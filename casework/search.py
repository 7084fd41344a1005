"""Finding a case by a name without reading any: the blind index, the codename, the reference."""

import datetime as dt
import re
import uuid
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from casework.models import Case, Contact, Name, NameTag, SearchWords
from casework.models.permission_filter import HasRight, is_nobody
from casework.models.search import WORDS_LAST, new_key
from casework.twins import same_name
from directory.countries import countries
from sealing import folding, keys, tags

SEARCH = "search"
PHONE_DIGITS = 9
LEAST_DIGITS = 6
MOST_FOUND = 1000
REFERENCE = re.compile(r"^[A-Z2-9]{4}-?[A-Z2-9]{0,4}$")


def retag(row: Any) -> None:
    """Make the search tags of a row those of its present values; a removed row, or one of another kind, has none."""
    if not isinstance(row, Name | Contact):
        return
    untag(row.pk)
    if row.removed_at is not None:
        return
    wanted = {("name", tag) for tag in _names_of(row)}
    if isinstance(row, Name):
        wanted |= same_name.tags_to_keep(row)
    if isinstance(row, Contact):
        wanted |= {("phone", tags.tag("phone", digits)) for digits in _numbers(row.phone)}
        wanted |= {("email", tags.tag("email", address)) for address in _addresses(row.email)}
    NameTag.objects.bulk_create(
        [NameTag(case_id=row.case_id, row_id=row.pk, purpose=purpose, tag=tag) for purpose, tag in sorted(wanted)]
    )


def untag(row_id: uuid.UUID) -> None:
    """Take away the search tags of a row."""
    NameTag.objects.filter(row_id=row_id).delete()


def keep_words(user: User, words: str) -> str:
    """Keep what this person searches for, hardened, and return the key that stands for it; what is over is forgotten."""
    SearchWords.objects.filter(made_at__lt=timezone.now() - WORDS_LAST).delete()
    key = new_key()
    SearchWords.objects.create(user=user, words=words, key_mac=keys.token_mac(SEARCH, key))
    return key


def kept_words(user: User, key: str, *, at: dt.datetime | None = None) -> str:
    """Return the words behind a key; nothing for a strange key, one of somebody else, or one that is over an hour old."""
    since = (at or timezone.now()) - WORDS_LAST
    found = SearchWords.objects.filter(user_id=user.pk, key_mac=keys.token_mac(SEARCH, key), made_at__gte=since).first()
    return found.words if found else ""


def findable_by(user: User, words: str) -> Q:
    """Return the condition for what this person may find: by codename on every visible case, by name where identity is open.

    The keys are looked up first, each kind through its own index, and never more than MOST_FOUND of a kind.
    """
    if is_nobody(user):
        return Q(pk__in=[])
    cases: set[Any] = set()
    for tagged in _tagged(words):
        cases |= set(
            tagged.filter(HasRight(user, "view_identity", case="case_id")).values_list("case_id", flat=True)[
                :MOST_FOUND
            ]
        )
    visible = Case.objects.visible_to(user).filter(_in_clear(words)).order_by()
    cases |= set(visible.values_list("pk", flat=True)[:MOST_FOUND])
    wanted = folding.fold(words)
    codes = [row.code for row in countries().values() if folding.fold(row.name) == wanted]
    return Q(pk__in=cases) | Q(country__in=codes) if codes else Q(pk__in=cases)


def _in_clear(words: str) -> Q:
    """Return the condition for cases whose codename or reference begins with these words."""
    words = " ".join(words.split())
    found = Q()
    for spelling in {words, words.title(), words.capitalize(), words.upper()}:
        found |= Q(codename__startswith=spelling)
    compact = words.upper().replace(" ", "")
    if REFERENCE.match(compact):
        plain = compact.replace("-", "")
        start = plain[:4] + "-" + plain[4:] if len(plain) > 4 or "-" in compact else plain
        found |= Q(reference__startswith=start)
    return found


def _tagged(words: str) -> list[Any]:
    """Return the queries for the tags that these words have; the whole name, or every part in the same case."""
    tokens = [token for token, _start, _end in folding.tokens(words)]
    ways = tags.ways_to_ask(words)
    asked = [_of("name", " ".join(tokens))] if tokens and ways[:1] != [tokens[:1]] else []
    for parts in ways:
        rows = _of("name", parts[0])
        for part in parts[1:]:
            rows = rows.filter(case_id__in=_of("name", part).values("case_id"))
        asked.append(rows)
    digits = re.sub(r"\D", "", words)
    if len(digits) >= LEAST_DIGITS:
        asked.append(_of("phone", digits[-PHONE_DIGITS:]))
    if "@" in words:
        asked.append(_of("email", words.strip()))
    return asked


def _of(purpose: str, value: str) -> Any:
    return NameTag.objects.filter(purpose=purpose, tag=tags.tag(purpose, value))


def _names_of(row: Name | Contact) -> set[bytes]:
    spellings = [row.value] if isinstance(row, Name) else [row.name, *(row.other_names or "").splitlines()]
    return {tag for spelling in spellings if spelling for tag in tags.name_tags(spelling)}


def _numbers(text: str | None) -> set[str]:
    """Return the last nine digits of each telephone number in the text."""
    found = (re.sub(r"\D", "", piece) for piece in re.split(r"[,;/\n]", text or ""))
    return {digits[-PHONE_DIGITS:] for digits in found if len(digits) >= LEAST_DIGITS}


def _addresses(text: str | None) -> set[str]:
    return {piece for piece in re.split(r"[,;\s]+", text or "") if "@" in piece}
