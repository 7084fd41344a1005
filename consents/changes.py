"""What a new answer would end, begin and leave: the rule is asked as the ledger stands, and as it would stand.

Nothing is written. The answers that would be recorded are made in memory and laid beside those that are there.
"""

import copy
import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from casework.actions.consent import ALLOWING, lasts
from casework.consent_codes import OWN_GIVERS, least_level
from casework.consent_rule import Ledger, Opening
from casework.models import Consent, ConsentGrant
from consents.packages import Pair
from sealing.queries import prefetched

Key = tuple[uuid.UUID | None, str, str]  # whose information, item, audience


@dataclass(frozen=True)
class ToldAnswer:
    """One answer as it was told: what it names, what was taken out of it, and what it ends of what stood before.

    `values` is what `record_consent` takes.
    """

    values: Mapping[str, Any]
    grants: frozenset[Pair]
    taken_out: frozenset[Pair] = frozenset()
    ends: frozenset[Pair] = frozenset()

    @property
    def contact_id(self) -> uuid.UUID | None:
        """Return whose information it is: a contact's, or None for the prisoner."""
        contact = self.values.get("subject_contact")
        return contact.pk if contact else None

    @property
    def is_own(self) -> bool:
        """Say whether whoever answers is, or speaks as, the person whose information it is."""
        return self.values.get("giver") in OWN_GIVERS

    @property
    def is_allowing(self) -> bool:
        """Say whether it is a yes."""
        return self.values.get("status") in ALLOWING


@dataclass(frozen=True)
class ConsentChange:
    """One item of one subject for one audience: what the rule says of it now, and what it would say."""

    key: Key
    before: Opening
    after: Opening

    @property
    def ends(self) -> bool:
        """Say whether it is open now and would not be."""
        return self.before.is_open and not self.after.is_open

    @property
    def begins(self) -> bool:
        """Say whether it is closed now and would be open."""
        return self.after.is_open and not self.before.is_open


@dataclass(frozen=True)
class ConsentChanges:
    """Everything that an answer would change, and what it names that stays closed all the same."""

    every: Sequence[ConsentChange]
    named: frozenset[Key]

    @cached_property
    def ends(self) -> list[ConsentChange]:
        """Return what would end."""
        return [change for change in self.every if change.ends]

    @cached_property
    def begins(self) -> list[ConsentChange]:
        """Return what would begin."""
        return [change for change in self.every if change.begins]

    @cached_property
    def closed(self) -> list[ConsentChange]:
        """Return what the answer allows and the rule keeps closed, because of another answer or a wish."""
        return [row for row in self.every if row.key in self.named and not row.before.is_open and not row.after.is_open]

    @cached_property
    def stays(self) -> list[ConsentChange]:
        """Return what is open and would stay open."""
        return [change for change in self.every if change.before.is_open and change.after.is_open]

    @property
    def digest(self) -> str:
        """Return a fingerprint by which a second press is known to follow what was shown; it guards nothing."""
        lines = sorted(f"{row.key} {row.before.state} {row.after.state}" for row in self.every)
        return hashlib.sha256("\n".join([*lines, *sorted(map(str, self.named))]).encode()).hexdigest()[:32]


def changes_of(ledger: Ledger, told: ToldAnswer) -> ConsentChanges:
    """Return what this answer would change, of every subject and pair that any answer names."""
    after = ledger_after(ledger, told)
    named = {(told.contact_id, *pair) for pair in told.grants}
    keys = _keys(ledger) | _keys(after)
    was, would_be = cache(ledger.ask), cache(after.ask)
    rows = [
        ConsentChange(
            (contact, item, audience),
            was(audience, least_level(audience)).of(item, contact),
            would_be(audience, least_level(audience)).of(item, contact),
        )
        for contact, item, audience in sorted(keys, key=str)
    ]
    return ConsentChanges(rows, frozenset(named) if told.is_allowing else frozenset())


def ledger_after(ledger: Ledger, told: ToldAnswer) -> Ledger:
    """Return the ledger as it would stand: earlier answers of this giver end what is ended, the new ones stand last."""
    at = max(ledger.at, told.values["from_at"])
    rows = [_ended(row, told, at) for row in ledger.answers]
    new = [_answer(told.values, told.grants, at)]
    if told.taken_out:
        new.append(_answer({**told.values, "status": Consent.Status.REFUSED}, told.taken_out, at))
    return Ledger((*rows, *new), ledger.wants, at)


def _ended(row: Consent, told: ToldAnswer, at: dt.datetime) -> Consent:
    """Return the answer without what ends of it; the same row where nothing does (`record_consent` asks the same)."""
    is_earlier = (row.subject_contact_id, row.giver) == (told.contact_id, told.values["giver"])
    if not told.ends or not is_earlier or row.status not in Consent.LIVE or row.withdrawn_at is not None:
        return row
    grants = [copy.copy(grant) for grant in row.grants.all()]
    for grant in grants:
        if grant.ended_at is None and (grant.item, grant.audience) in told.ends:
            grant.ended_at = at
    return _with(copy.copy(row), grants)


def _answer(values: Mapping[str, Any], pairs: Iterable[Pair], at: dt.datetime) -> Consent:
    until = values.get("until_at") or values["from_at"] + lasts(pairs)
    row = Consent(**{**values, "until_at": until, "created_at": at})
    return _with(row, [ConsentGrant(consent_id=row.pk, item=item, audience=audience) for item, audience in pairs])


def _with(row: Consent, grants: list[ConsentGrant]) -> Consent:
    vars(row)["_prefetched_objects_cache"] = {}
    prefetched([row], "grants", grants, by="consent_id")
    return row


def _keys(ledger: Ledger) -> set[Key]:
    return {
        (row.subject_contact_id, grant.item, grant.audience) for row in ledger.answers for grant in row.grants.all()
    }
