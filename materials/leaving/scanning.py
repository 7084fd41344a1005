"""The leak scan again, whenever what it looks for has changed since: before words are signed, copied, sent or served."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db.models import QuerySet

from accounts.models import User
from casework.access import require
from casework.models import Case
from materials import disclosures
from materials.models import Copy, Dispatch, Material
from materials.text_as_read import parts_as_read
from safety import gate
from safety.leaks import latest_scan, scan

OUTDATED = "leak-scan-outdated"
Options = ParamSpec("Options")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class FrozenWords:
    """The words of a dispatch as the scan takes them: not those of the material, which may have moved on."""

    pk: uuid.UUID
    revision: int
    mac: bytes
    audience: str
    language: str
    level: str
    title: str | None
    body: Any
    cases: QuerySet[Case]
    withheld: Any
    author: User
    last_editor: User

    @classmethod
    def of(cls, row: Dispatch) -> "FrozenWords":
        """Return the words that were frozen when it was made."""
        material = row.material
        return cls(
            row.material_id,
            row.revision,
            bytes(row.mac or b""),
            row.audience,
            row.language,
            material.level,
            row.title,
            row.body,
            material.cases.all(),
            material.withheld,
            material.author,
            material.last_editor,
        )


def renew_scan(row: Material | Dispatch | Copy, *, actor: User | None = None) -> bool:
    """Scan the words again when protected words of a case changed after their latest scan. Says whether it did.

    It asks for no right: it can only find more, and takes over what was ruled on in the same words. Call it outside
    the transaction of the verb that asks the gate: what it finds must stand when the gate refuses for it. Words that
    nobody scanned yet are left alone; sending them to review scans them.
    """
    if not gate.refused_rows(gate.Leaving.of(row), [OUTDATED])[OUTDATED]:
        return False
    words = row if isinstance(row, Material) else FrozenWords.of(row.dispatch if isinstance(row, Copy) else row)
    before = latest_scan(words)
    if before is None:
        return False
    disclosed = {key: set(items) for key, items in disclosures.items_of(words).items()}
    if isinstance(words, FrozenWords):
        disclosed |= {key: set(items) for key, items in disclosures.items_of_contacts(words).items()}
    parts = parts_as_read(words.title, words.body)
    scan(
        actor=actor,
        material=words,
        parts=parts,
        disclosed=disclosed,
        has_no_name=before.has_no_name,
        has_left=isinstance(words, FrozenWords),
    )
    return True


def scans_first(right: str) -> Callable[[Callable[Options, Answer]], Callable[Options, Answer]]:
    """Let a verb (actor=, material=) begin with `renew_scan`, for whoever holds the right on every case."""

    def wrap(verb: Callable[Options, Answer]) -> Callable[Options, Answer]:
        @wraps(verb)
        def after_a_scan(*args: Options.args, **options: Options.kwargs) -> Answer:
            actor, material = options["actor"], options["material"]
            if not isinstance(material, Material):
                raise TypeError("The verb is asked of a material.")
            for case in material.cases.all():
                require(actor, right, case)  # type: ignore[arg-type]  # nobody is refused here, like everybody else
            if not isinstance(actor, User):
                raise TypeError("The verb is asked by a person.")
            renew_scan(material, actor=actor)
            return verb(*args, **options)

        return after_a_scan

    return wrap
