"""The one rule of consent: what is open about whom, for one audience, at one level, at one moment, and why not.

The gate asks the same in SQL before anything leaves; a test holds the two equal. Everything that shows, prints or
scans by consent asks here, and nothing else decides.

It goes pair by pair, an item for an audience (SECURITY.md 4). An answer that allows a pair now opens it, unless
- the person whose information it is ever answered on this pair, and the answer that allows it is not their own;
- their own refusal stands, or, at level `full`, somebody else's refusal stands and the answer is not their own.
A refusal stands until a newer answer of a giver of the same or a higher rank names the pair.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from casework.consent_codes import BEST_INTEREST_LASTS, OWN_GIVERS, RANKS, SECOND_WITHIN, STOP, TRUSTED
from casework.models import Case, Consent, ConsentGrant, Wish
from sealing.queries import KEY, prefetched, several, written_once

NOT_ASKED = ""
REFUSING = frozenset({"CS_REFUSED", "CS_DISPUTED"})
Use = tuple[str, uuid.UUID | None]  # an item, and the contact whose information it is; None: the prisoner's own


class Why(StrEnum):
    """The answer of the rule: open, or the reason why not."""

    OPEN = "open"
    NEVER_ASKED = "never-asked"
    ASKED = "asked"
    NOT_AMONG = "not-among-what-was-given"
    NOT_YET = "not-yet"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REFUSED_BY_THE_PERSON = "refused-by-the-person"
    BOUND_BY_THE_PERSON = "bound-by-the-answer-of-the-person"
    NEVER_GIVEN_AND_REFUSED = "never-given-and-refused-by-the-person"
    REFUSED_BY_OTHERS = "refused-by-others"
    FAMILY_DISAGREES = "family-disagrees"
    WISH_FOR_SILENCE = "wish-for-silence"
    NO_CONSENT = "no-consent"
    NEVER_AT_FULL = "best-interest-never-at-full"
    WAITS_FOR_SECOND = "best-interest-waits-for-second"
    OVER_72_HOURS = "best-interest-over-72-hours"


BADGES = {
    Why.NEVER_ASKED: NOT_ASKED,
    Why.NO_CONSENT: NOT_ASKED,
    Why.ASKED: "CS_ASKED",
    Why.NOT_YET: "CS_ASKED",
    Why.NOT_AMONG: "CS_REFUSED",
    Why.REFUSED_BY_THE_PERSON: "CS_REFUSED",
    Why.NEVER_GIVEN_AND_REFUSED: "CS_REFUSED",
    Why.BOUND_BY_THE_PERSON: "CS_REFUSED",
    Why.WISH_FOR_SILENCE: "CS_REFUSED",
    Why.WITHDRAWN: "CS_WITHDRAWN",
    Why.EXPIRED: "CS_EXPIRED",
    Why.OVER_72_HOURS: "CS_EXPIRED",
    Why.NEVER_AT_FULL: "CS_PRESUMED",
    Why.WAITS_FOR_SECOND: "CS_PRESUMED",
}

CODES = {
    Why.REFUSED_BY_THE_PERSON: "refused-by-the-person",
    Why.BOUND_BY_THE_PERSON: "refused-by-the-person",
    Why.FAMILY_DISAGREES: "family-disagrees",
}  # of the gate, for what one answer allows and another overrules; all else is an item without consent


@dataclass(frozen=True)
class Opening:
    """What the rule says of one item of one subject, and by which answer."""

    item: str
    contact_id: uuid.UUID | None
    why: Why
    by: Consent | None = None
    until: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        """Say whether a text for this audience may show the item."""
        return self.why is Why.OPEN

    @property
    def state(self) -> str:
        """Return the code of the consent badge; what another than the person refused keeps the words of that answer."""
        if self.is_open:
            return "CS_PRESUMED" if self.by is not None and self.by.status == "CS_PRESUMED" else "CS_GIVEN"
        return BADGES[self.why] if self.why in BADGES else str(self.by.status) if self.by else "CS_DISPUTED"


@dataclass(frozen=True)
class Ledger:
    """Every present answer of one case, oldest first, and the latest wish; read once, asked often."""

    answers: tuple[Consent, ...]
    wants: str
    at: dt.datetime

    def about(self, contact_id: uuid.UUID | None = None) -> tuple[Consent, ...]:
        """Return the answers about one subject: the prisoner, or this contact. Subjects are kept apart."""
        return tuple(row for row in self.answers if row.subject_contact_id == contact_id)

    def ask(self, audience: str, level: str) -> "Asked":
        """Return the rule asked for one audience at one level of the gate; the same one whoever asks."""
        if (audience, level) not in self._asked:
            self._asked[audience, level] = Asked(self, audience, level)
        return self._asked[audience, level]

    def on(self, contact_id: uuid.UUID | None, item: str, audience: str) -> tuple[Consent, ...]:
        """Return the answers about this subject that were given on this pair, oldest first, ended ones too."""
        return self._by_pair.get((contact_id, item, audience), ())

    def standing(self, contact_id: uuid.UUID | None, item: str, audience: str) -> tuple[Consent, ...]:
        """Return the refusals of this pair that no newer answer of the same or a higher rank took the place of."""
        on = self.on(contact_id, item, audience)
        return tuple(row for row in on if row.status in REFUSING and not any(replaces(other, row) for other in on))

    def stands(self, refusal: Consent) -> bool:
        """Say whether a refusal still stands for any pair that it names."""
        pairs = ((grant.item, grant.audience) for grant in self.granted(refusal))
        return any(refusal in self.standing(refusal.subject_contact_id, *pair) for pair in pairs)

    def granted(self, answer: Consent) -> tuple[ConsentGrant, ...]:
        """Return the pairs that an answer of this ledger names, ended ones too."""
        return self._grants.get(answer.pk, ())

    @cached_property
    def _asked(self) -> "dict[tuple[str, str], Asked]":
        return {}

    @cached_property
    def _grants(self) -> dict[uuid.UUID, tuple[ConsentGrant, ...]]:
        """The pairs of each answer: asked some two hundred times a page, and Django makes a manager each time."""
        return {row.pk: tuple(row.grants.all()) for row in self.answers}

    @cached_property
    def _by_pair(self) -> dict[tuple[uuid.UUID | None, str, str], tuple[Consent, ...]]:
        found: dict[tuple[uuid.UUID | None, str, str], list[Consent]] = defaultdict(list)
        for row in self.answers:
            if row.status != Consent.Status.ASKED and row.from_at <= self.at:
                for grant in self.granted(row):
                    found[row.subject_contact_id, grant.item, grant.audience].append(row)
        return {key: tuple(rows) for key, rows in found.items()}


@dataclass(frozen=True)
class Asked:
    """The rule for one audience at one level: of each item of each subject, and of the case as a whole."""

    ledger: Ledger
    audience: str
    level: str

    def of(self, item: str, contact_id: uuid.UUID | None = None) -> Opening:
        """Say whether the item is open. What stops the whole case closes it too, whoever agreed."""
        if (item, contact_id) not in self._told:
            opening = self._given(item, contact_id)
            stop = self._stop if opening.is_open else None
            self._told[item, contact_id] = Opening(item, contact_id, *stop) if stop is not None else opening
        return self._told[item, contact_id]

    @cached_property
    def _told(self) -> dict[Use, Opening]:
        return {}

    @cached_property
    def open_items(self) -> frozenset[str]:
        """Return the items of the prisoner that are open; none is no answer, so nothing."""
        named = {grant.item for row, grant in self._living if row.subject_contact_id is None}
        return frozenset(item for item in named if self.of(item).is_open)

    def refusals(self, uses: Iterable[Use]) -> frozenset[str]:
        """Return the gate's codes, as far as consent goes, for a text that discloses these items."""
        used = set(uses)
        whys = {self._given(*use).why for use in used}
        codes = {CODES[why] for why in whys if why in CODES} | set(self._stops)
        codes |= {"item-without-consent"} if whys - {Why.OPEN} - set(CODES) else set()
        if self.level == "emergency" and not self._is_agreed(used):
            codes.add("nobody-agreed")
        return frozenset(codes)

    @cached_property
    def _covering(self) -> tuple[tuple[Consent, ConsentGrant], ...]:
        """Each pair for this audience that an answer still names, with the answer."""
        return tuple(
            (row, grant)
            for row in self.ledger.answers
            for grant in self.ledger.granted(row)
            if grant.ended_at is None and self._covers(grant.audience)
        )

    @cached_property
    def _living(self) -> tuple[tuple[Consent, ConsentGrant], ...]:
        """Those of them that allow something now, at this level."""
        at = self.ledger.at
        return tuple(
            (row, grant)
            for row, grant in self._covering
            if row.is_live(at=at) and best_interest_fault(row, self.level, at=at) is None
        )

    @cached_property
    def _stops(self) -> dict[str, tuple[Why, Consent | None]]:
        """What closes the whole case to this audience, by the gate's code; the strongest first. A stop notice, nothing."""
        found: dict[str, tuple[Why, Consent | None]] = {}
        if self.level == STOP:
            return found
        if self.ledger.wants == Wish.Wants.SILENCE:
            found["wish-for-silence"] = (Why.WISH_FOR_SILENCE, None)
        named = {grant.item for row, grant in self._living if row.subject_contact_id is None}
        if not any(self._given(item, None).is_open for item in named):
            found["no-consent"] = (Why.NO_CONSENT, None)
        return found

    @property
    def _stop(self) -> tuple[Why, Consent | None] | None:
        return next(iter(self._stops.values()), None)

    def _covers(self, audience: str) -> bool:
        return self.audience in (audience, TRUSTED)

    def _allowing(self, item: str, contact_id: uuid.UUID | None) -> list[tuple[Consent, str]]:
        """Return the living answers on the item, each with the audience that it names."""
        return [
            (row, grant.audience)
            for row, grant in self._living
            if row.subject_contact_id == contact_id and grant.item == item
        ]

    def _given(self, item: str, contact_id: uuid.UUID | None) -> Opening:
        """Say what the answers about this subject themselves give, before anything stops the whole case."""
        allowing = self._allowing(item, contact_id)
        if not allowing:
            return self._not_given(item, contact_id)
        faults = [self._overruled(row, item, audience) for row, audience in allowing]
        opening = [row for (row, _audience), fault in zip(allowing, faults, strict=True) if fault is None]
        if opening:
            given = [row for row in opening if row.basis == Consent.Basis.CONSENT] or opening
            return Opening(item, contact_id, Why.OPEN, given[-1], max(row.until_at for row in opening))
        told = [fault for fault in faults if fault is not None]
        by_others = [fault for fault in told if fault[0] is Why.FAMILY_DISAGREES]
        return Opening(item, contact_id, *(by_others or told)[-1])

    def _overruled(self, row: Consent, item: str, audience: str) -> tuple[Why, Consent] | None:
        """Return what an answer that allows a pair gives way to, and the answer that says so."""
        contact_id, is_own = row.subject_contact_id, row.giver in OWN_GIVERS
        refusing = self.ledger.standing(contact_id, item, audience)
        by_own = [one for one in refusing if one.giver in OWN_GIVERS]
        if by_own:
            return Why.REFUSED_BY_THE_PERSON, by_own[-1]
        own = [one for one in self.ledger.on(contact_id, item, audience) if one.giver in OWN_GIVERS]
        if own and not is_own:
            return Why.BOUND_BY_THE_PERSON, own[-1]
        if refusing and self.level == "full" and not is_own:
            return Why.FAMILY_DISAGREES, refusing[-1]
        return None

    def _not_given(self, item: str, contact_id: uuid.UUID | None) -> Opening:
        """Say why nothing allows the item: refused, or never given, or over."""
        refusing = [
            refusal
            for row, grant in self._covering
            if row.subject_contact_id == contact_id and grant.item == item
            for refusal in self.ledger.standing(contact_id, item, grant.audience)
        ]
        by_own = [row for row in refusing if row.giver in OWN_GIVERS]
        if by_own:
            return Opening(item, contact_id, Why.NEVER_GIVEN_AND_REFUSED, by_own[-1])
        if refusing:
            return Opening(item, contact_id, Why.REFUSED_BY_OTHERS, refusing[-1])
        return Opening(item, contact_id, *self._why_not(item, contact_id))

    def _why_not(self, item: str, contact_id: uuid.UUID | None) -> tuple[Why, Consent | None]:
        """Return why nothing allows the item, and the answer that says so."""
        at = self.ledger.at
        naming = [row for row, g in self._covering if row.subject_contact_id == contact_id and g.item == item]
        for row in reversed(naming):
            fault = best_interest_fault(row, self.level, at=at) if row.is_live(at=at) else None
            if fault is not None:
                return fault, row
        about = self.ledger.about(contact_id)
        ever = [
            row for row in about if any(g.item == item and self._covers(g.audience) for g in self.ledger.granted(row))
        ]
        latest = ever[-1] if ever else None
        if latest is not None and latest.status == Consent.Status.ASKED:
            return Why.ASKED, latest
        if latest is not None and latest.status in Consent.LIVE:
            return _how_it_ended(latest, is_named=latest in naming, at=at), latest
        is_answered = any(row.status in {"CS_GIVEN", "CS_LIMITED"} and row.is_live(at=at) for row in about)
        return (Why.NOT_AMONG if is_answered else Why.NEVER_ASKED), None

    def _is_agreed(self, uses: Iterable[Use]) -> bool:
        """Say whether, a day after best interest was presumed alone, a second person agreed or somebody consented."""
        of_the_person = [row for row, _grant in self._living if row.subject_contact_id is None]
        return all(
            not rows or any(self._is_in_time(row) for row in rows)
            for rows in (of_the_person, *([row for row, _audience in self._allowing(*use)] for use in uses))
        )

    def _is_in_time(self, row: Consent) -> bool:
        is_decided = row.basis == Consent.Basis.CONSENT or row.seconded_by_id is not None
        return is_decided or row.from_at > self.ledger.at - SECOND_WITHIN


def replaces(newer: Consent, refusal: Consent) -> bool:
    """Say whether an answer takes the place of a refusal where both name a pair: newer, by as high a rank, not withdrawn."""
    return (
        newer.withdrawn_at is None
        and newer.from_at >= refusal.from_at
        and newer.created_at > refusal.created_at
        and RANKS[newer.giver] >= RANKS[refusal.giver]
    )


def best_interest_fault(answer: Consent, level: str, *, at: dt.datetime) -> Why | None:
    """Return why a presumption does not count: never at full, 72 hours long, decided by two but in an emergency."""
    if answer.basis == Consent.Basis.CONSENT:
        return None
    if level == "full":
        return Why.NEVER_AT_FULL
    if answer.from_at <= at - BEST_INTEREST_LASTS:
        return Why.OVER_72_HOURS
    return Why.WAITS_FOR_SECOND if answer.seconded_by_id is None and level != "emergency" else None


def ledgers_of(cases: Iterable[Case], *, at: dt.datetime | None = None) -> dict[uuid.UUID, Ledger]:
    """Read the ledgers of these cases in three queries, however many; sealed words stay sealed."""
    keys = [case.pk for case in cases]
    answers: dict[uuid.UUID, list[Consent]] = defaultdict(list)
    rows = _answers(cases=keys)
    prefetched(rows, "grants", _grants(consents=[row.pk for row in rows]), by="consent_id")
    for row in rows:
        answers[row.case_id].append(row)
    wants = dict(_wishes(cases=keys))
    moment = at or timezone.now()
    return {key: Ledger(tuple(answers[key]), wants.get(key, ""), moment) for key in keys}


@written_once(cases=several(KEY))
def _answers(*, cases: list[uuid.UUID]) -> QuerySet[Consent]:
    return Consent.objects.present().filter(case__in=cases).order_by("created_at", "pk")


@written_once(consents=several(KEY))
def _grants(*, consents: list[uuid.UUID]) -> QuerySet[ConsentGrant]:
    return ConsentGrant.objects.filter(consent__in=consents)


@written_once(cases=several(KEY))
def _wishes(*, cases: list[uuid.UUID]) -> QuerySet[Wish, tuple[uuid.UUID, str]]:
    return Wish.objects.filter(case__in=cases).order_by("number").values_list("case_id", "wants")


def ledger_of(case: Case, *, at: dt.datetime | None = None) -> Ledger:
    """Read the ledger of one case in three queries."""
    return ledgers_of([case], at=at)[case.pk]


def _how_it_ended(answer: Consent, *, is_named: bool, at: dt.datetime) -> Why:
    """Return why an answer that once allowed it no longer does: taken back in whole or part, run out, not begun."""
    if answer.withdrawn_at is not None or not is_named:
        return Why.WITHDRAWN
    return Why.NOT_YET if at < answer.from_at else Why.EXPIRED
