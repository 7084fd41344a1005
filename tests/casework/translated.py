"""Packets in another language, for tests: each original with a translation that says nothing but that it is one."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.models import Case, Translation
from casework.translating.originals import Original, originals_of
from tests.people import a_person

WORDS = {"ar": "نص مترجم %s", "ru": "перевод %s", "fr": "traduction %s", "es": "traducción %s"}


def a_reader(username: str = "omar", *languages: str) -> User:
    """Return somebody who says of themselves that they read these languages, Arabic where none is named."""
    person = a_person(username)
    person.reads = ",".join(languages or ("ar",))
    person.save(update_fields=["reads"])
    return person


def a_translation(
    original: Original, text: str, *, language: str = "ar", is_signed: bool = True, **fields: Any
) -> Translation:
    """Return one translation of leila's, signed by omar."""
    row = Translation(
        case=fields.pop("case", None) or (original.row if isinstance(original.row, Case) else original.row.case),
        what=original.what,
        row_id=original.row.pk,
        language=language,
        text=text,
        original=original.words,
        translated_by=fields.pop("translated_by", None) or a_person("leila"),
        **fields,
    )
    row.save(force_insert=True)
    if is_signed:
        row.signed_by, row.signed_at = a_reader("omar", language), timezone.now()
        row.save(update_fields=["signed_by", "signed_at"])
    return row


def translated_into(
    case: Case, language: str = "ar", *, is_signed: bool = True, but: Collection[str] = ()
) -> dict[str, list[Translation]]:
    """Translate the whole packet but these words, such as "claim.text"; return the translations by what they are of."""
    found: dict[str, list[Translation]] = {}
    for number, original in enumerate(originals_of(Case.objects.get(pk=case.pk)), start=1):
        if original.what not in but:
            row = a_translation(original, WORDS[language] % number, language=language, is_signed=is_signed)
            found.setdefault(original.what, []).append(row)
    return found
