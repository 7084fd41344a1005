"""The typed words of packets as a text in one language may print them: the original in its own, else the translation."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from casework.models import Case, Translation
from casework.models.translations import typed_words


@dataclass(frozen=True)
class Wording:
    """What these cases say in one language. Words without a current translation are nothing, never the original."""

    language: str
    own: frozenset[uuid.UUID] = frozenset()
    """The cases that are written in this language."""
    rows: dict[tuple[str, uuid.UUID], Translation] = field(default_factory=dict)

    def of(self, row: Any, column: str) -> str:
        """Return the words of this field as a text in this language prints them; empty where there are none."""
        words = str(getattr(row, column) or "").strip()
        if not words or _case_of(row) in self.own:
            return words
        found = self.translation(row, column)
        return (found.text or "").strip() if found else ""

    def lacks(self, row: Any, *columns: str) -> bool:
        """Say whether one of these fields holds words that have no current translation."""
        return any(getattr(row, column) and not self.of(row, column) for column in columns)

    def translation(self, row: Any, column: str) -> Translation | None:
        """Return the translation that stands for these words as they are now; none of a case in its own language."""
        if _case_of(row) in self.own:
            return None
        found = self.rows.get((str(typed_words(row, column)), row.pk))
        is_here = found is not None and found.case_id == _case_of(row)
        return found if found and is_here and found.is_of(getattr(row, column)) else None


def wording_of(cases: Iterable[Case], language: str) -> Wording:
    """Return what these cases say in this language; a packet in another one costs one question of the database."""
    known = list(cases)
    own = frozenset(case.pk for case in known if case.language == language)
    others = [case for case in known if case.pk not in own]
    rows = Translation.objects.present().filter(case__in=others, language=language) if others else []
    return Wording(language, own, {(row.what, row.row_id): row for row in rows})


def _case_of(row: Any) -> uuid.UUID:
    return row.pk if isinstance(row, Case) else row.case_id  # type: ignore[no-any-return]
