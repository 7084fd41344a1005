"""The ledger at one look: which item is allowed for which audience, and by which answer. The rule decides."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from django.utils.functional import Promise

from casework import consent_rule
from casework.consent_codes import least_level
from casework.disclosing.readers import GROUPS
from casework.models import Case, Consent
from directory.vocabulary import label, terms

OFFICIALS = ("AU_DIPLO", "AU_OWNGOV")
PUBLIC = ("AU_PUBLIC", "AU_SUPPORT")
ALWAYS_SHOWN = ("CI_NAME", "CI_PHOTO", "CI_BIO", "CI_HEALTH", "CI_FAMILY", "CI_LOCATION")
NOT_ASKED, PARTLY = "", "CS_LIMITED"
ALLOWED = frozenset({"CS_GIVEN", "CS_PRESUMED"})


@dataclass(frozen=True)
class MatrixLine:
    """One item of the matrix with the state of each column, as codes of the consent badge."""

    item: str
    label: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class MatrixTable:
    """The matrix of one group of audiences: its columns, and a line for each item."""

    title: str | Promise
    columns: Sequence[str]
    lines: Sequence[MatrixLine]


@dataclass(frozen=True)
class GivenConsent:
    """The line under the matrix: who gave what is live, when, and its last day."""

    giver: str
    on: dt.datetime
    until: dt.datetime


@dataclass(frozen=True)
class PrisonerLedger:
    """Every present answer of a case about the prisoner, with its pairs; read once, asked often."""

    rule: consent_rule.Ledger

    @property
    def answers(self) -> tuple[Consent, ...]:
        """Return the answers about the prisoner, oldest first."""
        return self.rule.about()

    @property
    def at(self) -> dt.datetime:
        """Return the moment that the ledger is asked about."""
        return self.rule.at

    def state(self, item: str, audience: str) -> str:
        """Return the badge of what the rule says at the least level of this audience; nothing: never asked."""
        return self._asked(audience).of(item).state

    @cached_property
    def _asked(self) -> Callable[[str], consent_rule.Asked]:
        """The rule for each audience, which goes through all answers once."""
        return cache(lambda audience: self.rule.ask(audience, least_level(audience)))


def prisoner_ledger(case: Case, *, at: dt.datetime | None = None) -> PrisonerLedger:
    """Read the answers about the prisoner, oldest first, in three queries; sealed words stay sealed."""
    return PrisonerLedger(consent_rule.ledger_of(case, at=at))


def matrix(ledger: PrisonerLedger, columns: Iterable[tuple[str, ...]] = (OFFICIALS, PUBLIC)) -> list[MatrixLine]:
    """Return one line for each item that is usual or was ever named, with one state for each group of audiences."""
    named = {grant.item for answer in ledger.answers for grant in answer.grants.all()}
    items = [item for item in terms("consent_item") if item in named or item in ALWAYS_SHOWN]
    groups = tuple(columns)
    return [
        MatrixLine(item, label("consent_item", item), tuple(_joined(ledger, item, group) for group in groups))
        for item in items
    ]


def full_matrix(ledger: PrisonerLedger) -> list[MatrixTable]:
    """Return, for each group of audiences, the columns and lines that an answer ever named; nothing else is allowed."""
    named = {(grant.item, grant.audience) for answer in ledger.answers for grant in answer.grants.all()}
    items = [item for item in terms("consent_item") if any(pair[0] == item for pair in named)]
    tables = []
    for title, audiences in GROUPS:
        columns = [code for code in audiences if any(pair[1] == code for pair in named)]
        lines = [
            MatrixLine(item, label("consent_item", item), tuple(ledger.state(item, code) for code in columns))
            for item in items
        ]
        if columns:
            tables.append(MatrixTable(title, [label("consent_audience", code) for code in columns], lines))
    return tables


def is_withdrawn(ledger: PrisonerLedger) -> bool:
    """Say whether the latest answer of anybody was withdrawn: then nobody is invited to ask again."""
    given = [answer for answer in ledger.answers if answer.status in Consent.LIVE]
    latest = max(given, key=lambda answer: answer.created_at, default=None)
    return bool(latest and latest.withdrawn_at) and not any(answer.is_live(at=ledger.at) for answer in given)


def given_consent(ledger: PrisonerLedger) -> GivenConsent | None:
    """Return the giver, the day and the first end of what is live, for the line under the matrix; None when nothing is.

    What somebody gave comes before what is presumed in their interest.
    """
    live = [answer for answer in ledger.answers if answer.is_live(at=ledger.at) and _allows(ledger, answer)]
    given = [answer for answer in live if answer.basis == Consent.Basis.CONSENT] or live
    if not given:
        return None
    newest = max(given, key=lambda answer: answer.created_at)
    until = min(answer.until_at for answer in given) - dt.timedelta(seconds=1)
    return GivenConsent(label("consent_giver", newest.giver), newest.from_at, until)


def _allows(ledger: PrisonerLedger, answer: Consent) -> bool:
    """Say whether a live answer allows anything that nobody of more weight refuses."""
    pairs = ((grant.item, grant.audience) for grant in answer.grants.all() if grant.ended_at is None)
    return any(ledger.state(*pair) in ALLOWED for pair in pairs)


def _joined(ledger: PrisonerLedger, item: str, audiences: tuple[str, ...]) -> str:
    """Return one state for a group: the same for all, else in part when any allows, else the strictest."""
    states = {ledger.state(item, audience) for audience in audiences}
    if len(states) == 1:
        return states.pop()
    if states & ALLOWED:
        return PARTLY
    order = ("CS_WITHDRAWN", "CS_REFUSED", "CS_DISPUTED", "CS_EXPIRED", "CS_ASKED", NOT_ASKED)
    return next(state for state in order if state in states)
