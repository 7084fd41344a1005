"""The translations of one packet, told beside the fields that they translate."""

from typing import Any

from casework.models import Case, Translation, TypedWords
from casework.models.translations import typed_words
from exchange.parts.words import STALE


class Words:
    """The present translations of a case, read once."""

    def __init__(self, case: Case) -> None:
        rows = Translation.objects.present().filter(case=case).exclude(language=case.language)
        self.rows = list(rows.select_related("translated_by").order_by("language", "created_at", "pk"))

    def of(self, row: Any, *fields: str) -> list[dict[str, Any]]:
        """Return the translations of these fields of a row; of words that are there no more there is none to tell."""
        model = row._meta.model_name
        printed = [field for field in fields if f"{model}.{field}" in TypedWords.values and getattr(row, field)]
        return [
            _told(one, field, getattr(row, field))
            for field in printed
            for one in self.rows
            if (one.what, one.row_id) == (typed_words(row, field), row.pk)
        ]


def _told(row: Translation, field: str, words: str) -> dict[str, Any]:
    told = {"field": field, "language": row.language, "words": row.text}
    told["by"] = row.translated_elsewhere or str(row.translated_by)
    if not row.is_of(words):
        return {**told, "of": row.original, "state": STALE}
    return {**told, "state": "signed" if row.signed_by_id else "waits"}
