"""Whether every row that the gate reads of a text carries our mark: the one place that knows them all.

The database compares columns; whoever can write to it past the program can write what the conditions ask for. So each
row behind a text carries a mark under the gate key (`sealing.fields.MarkField`), and it is asked for here whenever
something is cleared, leaves or is served. An app above registers its own tables, and says how to reach their rows.
"""

import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from casework.models import Case, Consent, ConsentGrant, FamilyTold, PossibleTwin, TwinRuling, Wish
from directory.models import Actor, Channel, Recipient
from safety.models import (
    Clearance,
    CriticalException,
    Hold,
    LeakFinding,
    LeakScan,
    OfficeSafety,
    Pause,
    Posture,
    Review,
    ReviewCheck,
    RiskAssessment,
    RiskEvent,
    ScannedCase,
    SignerAlarm,
)
from sealing.fields import mark_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Behind:
    """The text that is asked about: one revision, its level, its cases, and to whom it goes where that is known."""

    material_id: uuid.UUID
    revision: int
    level: str
    cases: tuple[Case, ...]
    recipients: tuple[uuid.UUID, ...] = ()
    channels: tuple[uuid.UUID, ...] = ()
    is_alone: bool = False
    known: dict[str, Any] = field(default_factory=dict, compare=False)  # what one reach found and others may use

    @classmethod
    def of(
        cls, material: Any, *, revision: int | None = None, to: Iterable[Any] = (), is_alone: bool = False
    ) -> "Behind":
        """Read it from a material and the copies that it goes `to`; the present revision unless another is named."""
        copies = list(to)
        recipients = tuple(copy.recipient_id for copy in copies if copy.recipient_id)
        channels = tuple(copy.sent_to_id for copy in copies if copy.sent_to_id)
        cases = tuple(Case.objects.filter(pk__in=material.cases.values("pk")).order_by("pk"))
        shown = revision or material.revision
        return cls(material.pk, shown, material.level, cases, recipients, channels, is_alone)


Reach = Callable[[Behind], QuerySet[Any] | None]
_reaches: dict[type[Model], Reach] = {}
_made_again: set[type[Model]] = set()


def register(model: type[Model], reach: Reach, *, is_made_again: bool = False) -> None:
    """Let the check know of a table with a mark: `reach` returns its rows behind a text, or None where it has none.

    `is_made_again`: a new revision, scan or signature takes the place of such a row, so nobody marks it anew.
    """
    if mark_of(model) is None:
        raise ValueError(f"{model._meta.label} carries no mark.")
    _reaches[model] = reach
    _made_again.discard(model)
    if is_made_again:
        _made_again.add(model)


def may_be_marked_anew() -> tuple[type[Model], ...]:
    """Return the tables whose rows two people may let the gate obey again; the others are made again instead."""
    return tuple(model for model in _reaches if model not in _made_again)


def registered() -> tuple[type[Model], ...]:
    """Return every table whose marks are asked for."""
    return tuple(_reaches)


def reach_of(model: type[Model]) -> Reach:
    """Return how the rows of a registered table are reached from a text."""
    return _reaches[model]


def forged(asked: Behind) -> tuple[str, ...]:
    """Return the names of the tables that hold a row behind this text without our mark; one query for each table."""
    found = []
    for model, reach in _reaches.items():
        rows, mark = reach(asked), mark_of(model)
        if rows is None or mark is None:
            continue
        if not all(mark.is_carried(row) for row in rows.only(*mark.read())):
            found.append(model._meta.label)
    if found:
        logger.error("Rows were changed outside the program, and are not obeyed: %s", ", ".join(found))
    return tuple(found)


def carries(rows: Iterable[Any]) -> bool:
    """Say whether each of these rows carries its mark."""
    return all(row.carries_mark() for row in rows)


def with_twins(asked: Behind) -> set[uuid.UUID]:
    """Return the cases of a text and those that count beside them: what stops in one of these stops here."""
    if "with twins" not in asked.known:
        pairs = PossibleTwin.objects.of(*asked.cases).counted().values_list("one_id", "other_id")
        asked.known["with twins"] = {case.pk for case in asked.cases} | {key for pair in pairs for key in pair}
    found: set[uuid.UUID] = asked.known["with twins"]
    return found


def _of_cases_and_twins(model: Any) -> Reach:
    return lambda asked: model._base_manager.filter(case__in=with_twins(asked))


def _of_cases(model: Any) -> Reach:
    return lambda asked: model._base_manager.filter(case__in=asked.cases)


def _of_revision(model: Any) -> Reach:
    return lambda asked: model._base_manager.filter(material_id=asked.material_id, revision=asked.revision)


def _holds(asked: Behind) -> QuerySet[Hold]:
    """Return the holds over these cases, and every wide one: whom a forged one was over, nobody knows any more."""
    return Hold.objects.filter(Q(case__in=with_twins(asked)) | ~Q(scope=Hold.Scope.CASE))


def _of_an_emergency(reach: Reach) -> Reach:
    return lambda asked: reach(asked) if asked.level == "emergency" else None


register(Case, lambda asked: Case.objects.filter(pk__in=with_twins(asked)))
register(PossibleTwin, lambda asked: PossibleTwin.objects.of(*asked.cases))
register(TwinRuling, lambda asked: TwinRuling.objects.filter(twin__in=PossibleTwin.objects.of(*asked.cases)))
OF_CASES_AND_TWINS: tuple[type[Model], ...] = (Consent, Wish)
OF_CASES: tuple[type[Model], ...] = (Pause, RiskEvent, Posture, RiskAssessment, CriticalException)
OF_A_REVISION: tuple[type[Model], ...] = (LeakScan, Review, Clearance)
for _model in OF_CASES:
    register(_model, _of_cases(_model))
for _model in OF_CASES_AND_TWINS:
    register(_model, _of_cases_and_twins(_model))
register(ConsentGrant, lambda asked: ConsentGrant.objects.filter(consent__case__in=with_twins(asked)))
register(FamilyTold, lambda asked: FamilyTold.objects.filter(material_id=asked.material_id))
register(Hold, _holds)
for _model in OF_A_REVISION:
    register(_model, _of_revision(_model), is_made_again=True)
register(
    LeakFinding,
    lambda asked: LeakFinding.objects.filter(scan__material_id=asked.material_id, scan__revision=asked.revision),
    is_made_again=True,
)
register(
    ScannedCase,
    lambda asked: ScannedCase.objects.filter(scan__material_id=asked.material_id, scan__revision=asked.revision),
    is_made_again=True,
)
register(
    ReviewCheck,
    lambda asked: ReviewCheck.objects.filter(review__material_id=asked.material_id, review__revision=asked.revision),
    is_made_again=True,
)
register(OfficeSafety, lambda asked: OfficeSafety.objects.all())
register(SignerAlarm, _of_an_emergency(_of_revision(SignerAlarm)), is_made_again=True)
register(Recipient, lambda asked: Recipient.objects.filter(pk__in=asked.recipients) if asked.recipients else None)
register(Channel, lambda asked: Channel.objects.filter(pk__in=asked.channels) if asked.channels else None)
register(Actor, lambda asked: Actor.objects.filter(channels__in=asked.channels).distinct() if asked.channels else None)
