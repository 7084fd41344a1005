"""The one rule of consent: what is open about whom, for one audience, at one level, at one moment, and why not.

The gate asks the same in SQL before anything leaves; a test holds the two equal. Everything that shows, prints or
scans by consent asks here, and nothing else decides.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils import timezone

from casework.consent_codes import BEST_INTEREST_LASTS, OWN_GIVERS, SECOND_WITHIN, TRUSTED
from casework.models import Case, Consent, Wish

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
    AUDIENCE_REFUSED = "audience-refused-by-the-person"
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
    Why.AUDIENCE_REFUSED: "CS_REFUSED",
    Why.WISH_FOR_SILENCE: "CS_REFUSED",
    Why.WITHDRAWN: "CS_WITHDRAWN",
    Why.EXPIRED: "CS_EXPIRED",
    Why.OVER_72_HOURS: "CS_EXPIRED",
    Why.NEVER_AT_FULL: "CS_PRESUMED",
    Why.WAITS_FOR_SECOND: "CS_PRESUMED",
}


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
        """Return the rule asked for one audience at one level of the gate."""
        return Asked(self, audience, level)


@dataclass(frozen=True)
class Asked:
    """The rule for one audience at one level: of each item of each subject, and of the case as a whole."""

    ledger: Ledger
    audience: str
    level: str

    def of(self, item: str, contact_id: uuid.UUID | None = None) -> Opening:
        """Say whether the item is open. What stops the whole case closes it too, whoever agreed."""
        own = self._own_refusal(item) if contact_id is None else None
        if own is not None:
            return Opening(item, contact_id, Why.REFUSED_BY_THE_PERSON, own)
        opening = self._granted(item, contact_id)
        stop = self._stop if opening.is_open else None
        return Opening(item, contact_id, *stop) if stop is not None else opening

    @cached_property
    def open_items(self) -> frozenset[str]:
        """Return the items of the prisoner that are open; none is no answer, so nothing."""
        named = {item for row, items in self._living if row.subject_contact_id is None for item in items}
        return frozenset(item for item in named if self.of(item).is_open)

    def refusals(self, uses: Iterable[Use]) -> frozenset[str]:
        """Return the gate's codes, as far as consent goes, for a text that discloses these items."""
        used = set(uses)
        codes = set(self._stops)
        if any(not self._allowing(item, contact_id) for item, contact_id in used):
            codes.add("item-without-consent")
        if self.level == "emergency" and not self._is_agreed(used):
            codes.add("nobody-agreed")
        return frozenset(codes)

    @cached_property
    def _covering(self) -> tuple[tuple[Consent, frozenset[str]], ...]:
        """Each answer that still names this audience, with the items it names for it."""
        rows = []
        for row in self.ledger.answers:
            items = frozenset(g.item for g in row.grants.all() if g.ended_at is None and self._covers(g.audience))
            if items:
                rows.append((row, items))
        return tuple(rows)

    @cached_property
    def _living(self) -> tuple[tuple[Consent, frozenset[str]], ...]:
        """Those of them that allow something now, at this level."""
        return tuple(
            (row, items)
            for row, items in self._covering
            if row.is_live(at=self.ledger.at) and best_interest_fault(row, self.level, at=self.ledger.at) is None
        )

    @cached_property
    def _stops(self) -> dict[str, tuple[Why, Consent | None]]:
        """What closes the whole case to this audience, by the gate's code; the strongest first."""
        found: dict[str, tuple[Why, Consent | None]] = {}
        if (refusal := self._refusing(is_own=True, statuses={"CS_REFUSED"})) is not None:
            found["refused-by-the-person"] = (Why.AUDIENCE_REFUSED, refusal)
        if self.ledger.wants == Wish.Wants.SILENCE:
            found["wish-for-silence"] = (Why.WISH_FOR_SILENCE, None)
        living = [row for row, _items in self._living if row.subject_contact_id is None]
        dispute = self._refusing(is_own=False, statuses=REFUSING) if self.level == "full" else None
        if dispute is not None and not any(row.giver in OWN_GIVERS for row in living):
            found["family-disagrees"] = (Why.FAMILY_DISAGREES, dispute)
        if not living:
            found["no-consent"] = (Why.NO_CONSENT, None)
        return found

    @property
    def _stop(self) -> tuple[Why, Consent | None] | None:
        return next(iter(self._stops.values()), None)

    def _covers(self, audience: str) -> bool:
        return self.audience in (audience, TRUSTED)

    def _refusing(self, *, is_own: bool, statuses: Iterable[str], item: str = "") -> Consent | None:
        """Return the latest standing refusal about the prisoner that names this audience (and item)."""
        rows = [
            row
            for row, items in self._covering
            if row.subject_contact_id is None
            and row.status in statuses
            and (row.giver in OWN_GIVERS) is is_own
            and refuses(row, at=self.ledger.at)
            and (not item or item in items)
        ]
        return rows[-1] if rows else None

    def _own_refusal(self, item: str) -> Consent | None:
        return self._refusing(is_own=True, statuses={"CS_REFUSED"}, item=item)

    def _allowing(self, item: str, contact_id: uuid.UUID | None) -> list[Consent]:
        return [row for row, items in self._living if row.subject_contact_id == contact_id and item in items]

    def _granted(self, item: str, contact_id: uuid.UUID | None) -> Opening:
        """Say what the answers about this subject themselves give, before anything stops the whole case."""
        allowing = self._allowing(item, contact_id)
        if allowing:
            given = [row for row in allowing if row.basis == Consent.Basis.CONSENT] or allowing
            return Opening(item, contact_id, Why.OPEN, given[-1], max(row.until_at for row in allowing))
        return Opening(item, contact_id, *self._why_not(item, contact_id))

    def _why_not(self, item: str, contact_id: uuid.UUID | None) -> tuple[Why, Consent | None]:
        """Return why nothing allows the item, and the answer that says so."""
        at = self.ledger.at
        naming = [row for row, items in self._covering if row.subject_contact_id == contact_id and item in items]
        refusing = [row for row in naming if refuses(row, at=at)]
        if refusing:
            return Why.REFUSED_BY_OTHERS, refusing[-1]
        for row in reversed(naming):
            fault = best_interest_fault(row, self.level, at=at) if row.is_live(at=at) else None
            if fault is not None:
                return fault, row
        about = self.ledger.about(contact_id)
        ever = [row for row in about if any(g.item == item and self._covers(g.audience) for g in row.grants.all())]
        latest = ever[-1] if ever else None
        if latest is not None and latest.status == Consent.Status.ASKED:
            return Why.ASKED, latest
        if latest is not None and latest.status in Consent.LIVE:
            return _how_it_ended(latest, is_named=latest in naming, at=at), latest
        is_answered = any(row.status in {"CS_GIVEN", "CS_LIMITED"} and row.is_live(at=at) for row in about)
        return (Why.NOT_AMONG if is_answered else Why.NEVER_ASKED), None

    def _is_agreed(self, uses: Iterable[Use]) -> bool:
        """Say whether, a day after best interest was presumed alone, a second person agreed or somebody consented."""
        of_the_person = [row for row, _items in self._living if row.subject_contact_id is None]
        return all(
            not rows or any(self._is_in_time(row) for row in rows)
            for rows in (of_the_person, *(self._allowing(item, contact_id) for item, contact_id in uses))
        )

    def _is_in_time(self, row: Consent) -> bool:
        is_decided = row.basis == Consent.Basis.CONSENT or row.seconded_by_id is not None
        return is_decided or row.from_at > self.ledger.at - SECOND_WITHIN


def refuses(answer: Consent, *, at: dt.datetime) -> bool:
    """Say whether a refusal or dispute counts at this moment. It has no end: only a newer answer of its giver ends it.

    What a newer answer took the place of was shortened or withdrawn then.
    """
    is_replaced = answer.withdrawn_at is not None or (answer.until_at <= at and answer.until_at != answer.granted_until)
    return answer.status in REFUSING and answer.from_at <= at and not is_replaced


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
    rows = Consent.objects.present().filter(case__in=keys).prefetch_related("grants").order_by("created_at", "pk")
    for row in rows:
        answers[row.case_id].append(row)
    wishes = Wish.objects.filter(case__in=keys).order_by("number").values_list("case_id", "wants")
    wants = dict(wishes)
    moment = at or timezone.now()
    return {key: Ledger(tuple(answers[key]), wants.get(key, ""), moment) for key in keys}


def ledger_of(case: Case, *, at: dt.datetime | None = None) -> Ledger:
    """Read the ledger of one case in three queries."""
    return ledgers_of([case], at=at)[case.pk]


def _how_it_ended(answer: Consent, *, is_named: bool, at: dt.datetime) -> Why:
    """Return why an answer that once allowed it no longer does: taken back in whole or part, run out, not begun."""
    if answer.withdrawn_at is not None or not is_named:
        return Why.WITHDRAWN
    return Why.NOT_YET if at < answer.from_at else Why.EXPIRED
