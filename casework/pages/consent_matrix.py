"""The ledger at one look: which item is allowed for which audience, and by which answer."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Consent
from directory.vocabulary import label, terms

OFFICIALS = ("AU_DIPLO", "AU_OWNGOV")
PUBLIC = ("AU_PUBLIC", "AU_SUPPORT")
PUBLIC_AUDIENCES = frozenset({"AU_MEDIA_BG", "AU_PUBLIC", "AU_SUPPORT", "AU_UNPUB"})
PROTECTIVE = frozenset({"AU_INTERNAL", "AU_PARTNER", "AU_DIPLO", "AU_OWNGOV", "AU_UN", "AU_COURT"})
ALWAYS_SHOWN = ("CI_NAME", "CI_PHOTO", "CI_BIO", "CI_HEALTH", "CI_FAMILY", "CI_LOCATION")
GROUPS = (
    (_("Officials and bodies"), ("AU_DIPLO", "AU_OWNGOV", "AU_UN", "AU_COURT", "AU_PARL", "AU_HOLDER")),
    (_("Public"), ("AU_SUPPORT", "AU_PUBLIC", "AU_MEDIA_BG", "AU_UNPUB")),
    (_("Around us"), ("AU_INTERNAL", "AU_ORG", "AU_PARTNER", "AU_DONOR", "AU_ARCHIVE")),
)
OWN_GIVERS = frozenset({"CG_SELF", "CG_SELF_LAWYER", "CG_WRITTEN_PRIOR", "CG_POA"})
NOT_ASKED, PARTLY = "", "CS_LIMITED"


@dataclass(frozen=True)
class Line:
    """One item of the matrix with the state of each column, as codes of the consent badge."""

    item: str
    label: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """Every present answer of a case about the prisoner, with its pairs; read once, asked often."""

    answers: tuple[Any, ...]
    at: dt.datetime

    def state(self, item: str, audience: str) -> str:
        """Return CS_GIVEN, CS_PRESUMED, CS_REFUSED, CS_DISPUTED, CS_WITHDRAWN, CS_EXPIRED, CS_ASKED, or nothing: never asked."""
        naming = [answer for answer in self.answers if names(answer, item, audience)]
        refusing = [
            answer for answer in naming if answer.status in {"CS_REFUSED", "CS_DISPUTED"} and self.counts(answer)
        ]
        if any(answer.giver in OWN_GIVERS and answer.status == "CS_REFUSED" for answer in refusing):
            return "CS_REFUSED"
        allowing = [answer for answer in naming if answer.is_live(at=self.at)]
        if refusing and not any(answer.giver in OWN_GIVERS for answer in allowing):
            return str(refusing[-1].status)
        if allowing:
            return "CS_PRESUMED" if all(answer.status == "CS_PRESUMED" for answer in allowing) else "CS_GIVEN"
        return self._past(item, audience)

    def counts(self, answer: Any) -> bool:
        """Say whether an answer stands at this moment, whatever it says."""
        return answer.withdrawn_at is None and answer.from_at <= self.at < answer.until_at

    def _past(self, item: str, audience: str) -> str:
        """Return why nothing allows it: it was withdrawn or ended, is being asked, was not among what was given."""
        ever = [
            answer
            for answer in self.answers
            if any((g.item, g.audience) == (item, audience) for g in answer.grants.all())
        ]
        latest = max(ever, key=lambda answer: answer.created_at, default=None)
        if latest is not None and latest.status == "CS_ASKED":
            return "CS_ASKED"
        if latest is not None and latest.status in Consent.LIVE:
            return "CS_EXPIRED" if latest.withdrawn_at is None and self.at >= latest.until_at else "CS_WITHDRAWN"
        is_answered = any(
            answer.status in {"CS_GIVEN", "CS_LIMITED"} and self.counts(answer) for answer in self.answers
        )
        return "CS_REFUSED" if is_answered else NOT_ASKED


def names(answer: Any, item: str, audience: str) -> bool:
    """Say whether an answer still names this item for this audience."""
    return any(
        grant.ended_at is None and (grant.item, grant.audience) == (item, audience) for grant in answer.grants.all()
    )


def ledger_of(case: Case, *, at: dt.datetime | None = None) -> Ledger:
    """Read the answers about the prisoner, oldest first, in two queries; sealed words stay sealed."""
    answers = (
        case.consents.filter(subject=Consent.Subject.PRISONER)
        .present()
        .prefetch_related("grants")
        .order_by("created_at")
    )
    return Ledger(tuple(answers), at or timezone.now())


def matrix(ledger: Ledger, columns: Iterable[tuple[str, ...]] = (OFFICIALS, PUBLIC)) -> list[Line]:
    """Return one line for each item that is usual or was ever named, with one state for each group of audiences."""
    named = {grant.item for answer in ledger.answers for grant in answer.grants.all()}
    items = [item for item in terms("consent_item") if item in named or item in ALWAYS_SHOWN]
    groups = tuple(columns)
    return [
        Line(item, label("consent_item", item), tuple(_joined(ledger, item, group) for group in groups))
        for item in items
    ]


def full_matrix(ledger: Ledger) -> list[dict[str, Any]]:
    """Return, for each group of audiences, the columns and lines that an answer ever named; nothing else is allowed."""
    named = {(grant.item, grant.audience) for answer in ledger.answers for grant in answer.grants.all()}
    items = [item for item in terms("consent_item") if any(pair[0] == item for pair in named)]
    tables = []
    for title, audiences in GROUPS:
        columns = [code for code in audiences if any(pair[1] == code for pair in named)]
        lines = [
            Line(item, label("consent_item", item), tuple(ledger.state(item, code) for code in columns))
            for item in items
        ]
        if columns:
            tables.append(
                {"title": title, "columns": [label("consent_audience", code) for code in columns], "lines": lines}
            )
    return tables


def is_withdrawn(ledger: Ledger) -> bool:
    """Say whether the latest answer of anybody was withdrawn: then nobody is invited to ask again."""
    given = [answer for answer in ledger.answers if answer.status in Consent.LIVE]
    latest = max(given, key=lambda answer: answer.created_at, default=None)
    return bool(latest and latest.withdrawn_at) and not any(answer.is_live(at=ledger.at) for answer in given)


def in_words(ledger: Ledger) -> dict[str, Any] | None:
    """Return the giver, the day and the first end of what is live, for the line under the matrix; None when nothing is.

    What somebody gave comes before what is presumed in their interest.
    """
    live = [answer for answer in ledger.answers if answer.is_live(at=ledger.at)]
    given = [answer for answer in live if answer.basis == Consent.Basis.CONSENT] or live
    if not given:
        return None
    newest = max(given, key=lambda answer: answer.created_at)
    until = min(answer.until_at for answer in given) - dt.timedelta(seconds=1)
    return {"giver": label("consent_giver", newest.giver), "on": newest.from_at, "until": until}


def _joined(ledger: Ledger, item: str, audiences: tuple[str, ...]) -> str:
    """Return one state for a group: the same for all, else in part when any allows, else the strictest."""
    states = {ledger.state(item, audience) for audience in audiences}
    if len(states) == 1:
        return states.pop()
    if states & {"CS_GIVEN", "CS_PRESUMED"}:
        return PARTLY
    order = ("CS_WITHDRAWN", "CS_REFUSED", "CS_DISPUTED", "CS_EXPIRED", "CS_ASKED", NOT_ASKED)
    return next(state for state in order if state in states)
