"""A row of the table of claims is saved whole or not at all, by the verbs that each part of it has."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from casework.access import lock, require
from casework.actions import evidence
from casework.actions.removal import remove
from casework.actions.versions import SavedMeanwhile
from casework.models import Case, Citation, Claim, Source, TimelineEvent


@dataclass(frozen=True)
class ChangedCitation:
    """How a source bears on the claim now, and the version of the citation that was opened."""

    cited: Citation
    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ClaimRow:
    """What stands in a row. Without a claim it is a new one."""

    values: Mapping[str, Any]
    items: Sequence[str]
    claim: Claim | None = None
    version: int = 0
    event: TimelineEvent | None = None
    dropped: Sequence[Citation] = ()
    changed: Sequence[ChangedCitation] = ()
    source: Source | Mapping[str, Any] | None = None
    kind: str = Citation.Kind.SUPPORTS
    ruling: tuple[str, int | None] | None = None


@dataclass(frozen=True)
class SavedRow:
    """The claim as it is stored now, and the source that was written with it."""

    claim: Claim
    source: Source | None = field(default=None)


@transaction.atomic
def save_claim_row(*, actor: User, case: Case, row: ClaimRow) -> SavedRow:
    """Write the sentence, its sources and the ruling of one row; each verb is recorded as it is alone.

    Refused whole with the words of the verb that refuses. Raises SavedMeanwhile with the claim when somebody saved it, or
    a citation of it, after it was opened.
    """
    case = lock(case)[0]
    require(actor, "change_case", case)
    claim = _sentence(actor, case, row)
    try:
        for cited in row.dropped:
            remove(actor=actor, row=cited)
        for one in row.changed:
            evidence.change_citation(actor=actor, citation=one.cited, version=one.version, values=one.values)
    except SavedMeanwhile:
        raise SavedMeanwhile(Claim.objects.get(pk=claim.pk)) from None
    source = row.source
    if isinstance(source, Mapping):
        source = evidence.add_source(actor=actor, case=case, values=source)
    if source is not None:
        with _refused_at("add"):
            evidence.cite(actor=actor, claim=claim, values={"source": source, "kind": row.kind})
    if row.ruling is not None:
        ruled = Claim.objects.get(pk=claim.pk)
        status, grade = row.ruling
        with _refused_at("status"):
            evidence.verify_claim(actor=actor, claim=ruled, version=ruled.version, status=status, credibility=grade)
    return SavedRow(Claim.objects.get(pk=claim.pk), source)


@contextmanager
def _refused_at(name: str) -> Iterator[None]:
    """Put what a verb refuses at the question of the row that it is about."""
    try:
        yield
    except ValidationError as refused:
        raise ValidationError({name: refused.messages}) from None


def _sentence(actor: User, case: Case, row: ClaimRow) -> Claim:
    """Write the sentence; its version is asked first, for a row in which only a source changes too."""
    if row.claim is None:
        return evidence.add_claim(actor=actor, case=case, values=row.values, items=row.items, event=row.event)
    stored = Claim.objects.select_for_update().get(pk=row.claim.pk)
    if stored.version != row.version:
        raise SavedMeanwhile(stored)
    return evidence.change_claim(actor=actor, claim=stored, version=row.version, values=row.values, items=row.items)
