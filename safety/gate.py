"""The gate. It alone says whether a text may leave, and it alone grants a clearance (SECURITY.md 4).

The conditions stand in `safety.conditions`; the database asks them again when a row is made and when it leaves.
What the database cannot see is judged here: whether the records behind a text carry our own mark.
"""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from casework.access import lock_with_twins, require
from casework.models import Case, Consent
from safety import authenticity
from safety.conditions import registry
from safety.conditions.record import Condition
from safety.conditions.sql import CASES_OF_IT, EACH_OF_ITS_CASES
from safety.models import Clearance, OfficeSafety, Review, RiskAssessment
from safety.triggers import COPY_AUDIENCE, clause_sql
from safety.verdict import GateClosed, Refusal, Verdict
from sealing import keys
from sealing.triggers import sql as trigger_sql

CLEARANCE_LASTS = timedelta(days=7)
LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
GIVEN = "NEW.deadline"  # a moment that is handed in as a value, so that each page's end is asked in the same text
RUNNING_OUT = tuple(row for row in registry.at("serve", registry.OF_A_DISPATCH) if "{deadline}" in row.holds)


@dataclass(frozen=True)
class Leaving:
    """The row that would leave, or that is asked about: the columns that the clauses read."""

    material_id: uuid.UUID
    revision: int
    mac: bytes
    clearance_id: uuid.UUID | None = None
    recipient_id: uuid.UUID | None = None
    sent_to_id: uuid.UUID | None = None
    dispatch_id: uuid.UUID | None = None
    created_by_id: int | None = None
    deadline: datetime | None = None

    @classmethod
    def of(cls, row: Any, **known: Any) -> "Leaving":
        """Read the columns from a material, a dispatch or a copy."""
        material_id = getattr(row, "material_id", row.pk)
        return cls(material_id, row.revision, bytes(row.mac), **known)


NEW_COLUMNS = tuple(field.name for field in fields(Leaving))


def examine(leaving: Leaving, *, moment: str, viewer: User | None = None, grace: timedelta = timedelta(0)) -> Verdict:
    """Ask the gate without changing anything; every unmet condition comes back, none is hidden by another.

    `moment` is review (may this be signed?), insert (may this go out now?) or serve (may this stay public?).
    Cases that the viewer may not see are counted, not named.
    """
    conditions = registry.at(moment, registry.OF_A_COPY if leaving.dispatch_id else registry.OF_A_DISPATCH)
    of_material = tuple(clause for clause in conditions if not clause.of_each_case)
    of_cases = tuple(clause for clause in conditions if clause.of_each_case)
    failed: dict[str, list[Refusal]] = {}
    deadline = _ago(grace)
    for clause, holds in zip(of_material, _ask(leaving, of_material, deadline)[0][1:], strict=True):
        if not holds:
            failed[clause.code] = [Refusal(clause.code, material_id=leaving.material_id)]
    answers = _ask(leaving, of_cases, deadline, of_each_case=True)
    seen = _cases_seen_by(viewer, [_as_uuid(row[0]) for row in answers if not all(row[1:])])
    for row in answers:
        case = seen.get(_as_uuid(row[0]))
        for clause, holds in zip(of_cases, row[1:], strict=True):
            if not holds:
                hidden = 0 if case else 1
                failed.setdefault(clause.code, []).append(Refusal(clause.code, case, leaving.material_id, hidden))
    return Verdict(tuple(refusal for clause in conditions for refusal in failed.get(clause.code, ())))


def refused_rows(leaving: Leaving, codes: Iterable[str]) -> dict[str, list[tuple[uuid.UUID, str]]]:
    """Return by code which rows these conditions refuse, as (case, key), in one query: claims, items, findings."""
    every = {clause.code: clause for clause in registry.OF_A_COPY if clause.rows}
    asked = [every[code] for code in dict.fromkeys(codes) if code in every]
    found: dict[str, list[tuple[uuid.UUID, str]]] = {clause.code: [] for clause in asked}
    if not asked:
        return found
    engine, ours = connection.vendor, CASES_OF_IT
    parts = [
        f"SELECT DISTINCT {place} AS place, CAST({clause.keys.replace(', ', ' AS text), CAST(')} AS text) FROM asked NEW"
        f"{' CROSS JOIN {t:casework_case} c' if clause.of_each_case else ''} CROSS JOIN {clause.rows}"
        f"{ours if clause.of_each_case else ''}"
        for place, clause in enumerate(asked)
    ]
    sql = clause_sql(" UNION ALL ".join(parts), engine=engine, audience=COPY_AUDIENCE)
    sql = trigger_sql.spelled(engine, f"WITH asked AS ({_new_row(engine)}) {sql} ORDER BY 1, 2, 3")
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%", "%%").replace("\x00", "%s"), _values(leaving))
        for place, case, key in cursor.fetchall():
            found[asked[place].code].append((_as_uuid(case), str(key)))
    return found


def _ago(grace: timedelta) -> str:
    """Return now, or this long ago, as SQL by the database's clock."""
    hours = int(grace.total_seconds() // 3600)
    ago = {
        "sqlite": f"strftime('%Y-%m-%d %H:%M:%f', 'now', '-{hours} hours')",
        "postgresql": f"clock_timestamp() - interval '{hours} hours'",
    }
    return ago[connection.vendor] if hours else "{now}"


def _ask(
    leaving: Leaving, conditions: tuple[Condition, ...], deadline: str, *, of_each_case: bool = False
) -> list[Any]:
    """Return one row of answers for the material, or one for each of its cases with the case's key first."""
    sql = _question(connection.vendor, tuple(clause.holds for clause in conditions), deadline, of_each_case)
    if connection.vendor == "sqlite":  # Django would look through all of it, each time, for where values go
        connection.ensure_connection()
        with connection.wrap_database_errors:
            return list(connection.connection.execute(sql, _values(leaving)).fetchall())
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(leaving))
        return list(cursor.fetchall())


@lru_cache(maxsize=64)
def _question(engine: str, clauses: tuple[str, ...], deadline: str, of_each_case: bool) -> str:
    """Return the text of the question, as the driver of this engine takes it: written once for a process."""
    answers = [clause_sql(holds, engine=engine, audience=COPY_AUDIENCE, deadline=deadline) for holds in clauses]
    source = EACH_OF_ITS_CASES if of_each_case else ""
    asked = ", ".join(f"COALESCE(({answer}), {'0' if engine == 'sqlite' else 'FALSE'})" for answer in answers)
    key = "c.id" if of_each_case else "NEW.material_id"
    sql = trigger_sql.spelled(engine, f"SELECT {key}, {asked} FROM ({_new_row(engine)}) AS NEW{source}")
    return sql.replace("\x00", "?") if engine == "sqlite" else sql.replace("%", "%%").replace("\x00", "%s")


def _new_row(engine: str) -> str:
    kinds = {"revision": "integer", "mac": "bytea", "created_by_id": "bigint", "deadline": "timestamptz"}
    if engine == "sqlite":
        return "SELECT " + ", ".join(f"\x00 AS {name}" for name in NEW_COLUMNS)
    return "SELECT " + ", ".join(f"CAST(\x00 AS {kinds.get(name, 'uuid')}) AS {name}" for name in NEW_COLUMNS)


def _values(leaving: Leaving) -> list[Any]:
    adapt = connection.ops.adapt_datetimefield_value
    values = [getattr(leaving, name) for name in NEW_COLUMNS]
    values = [adapt(value) if isinstance(value, datetime) else value for value in values]
    if connection.vendor == "sqlite":
        return [value.hex if isinstance(value, uuid.UUID) else value for value in values]
    return values


def _as_uuid(value: Any) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))


def _cases_seen_by(viewer: User | None, wanted: list[uuid.UUID]) -> dict[uuid.UUID, Case]:
    """Return those of the refused cases that the viewer may know of; without a viewer (a task) all of them."""
    if not wanted:
        return {}
    rows = Case.objects.all() if viewer is None else Case.objects.visible_to(viewer)
    return {case.pk: case for case in rows.filter(pk__in=wanted)}


@transaction.atomic
def clear(*, actor: User, material: Any, uses: list[str], review: Review | None, alone: bool = False) -> Clearance:
    """Grant a clearance for exactly this revision, or raise GateClosed with every reason and change nothing.

    `uses` are the parts that name its claims and items; the clearance binds them, and the cases. With a review, the reviewer's signature is what clears. Alone is for a protective notice whose signers did not
    answer in time; the database lets such a dispatch through only then.
    """
    cases = lock_with_twins(*material.cases.values_list("pk", flat=True))
    for case in cases:
        require(actor, "sign_review" if review else "dispatch", case)
    verdict = examine(Leaving.of(material), moment="review", viewer=actor)
    missing = (
        () if review or (alone and material.level == "emergency") else (Refusal("no-review", material_id=material.pk),)
    )
    is_whole = not authenticity.forged(authenticity.Behind.of(material, is_alone=review is None))
    forged = () if is_whole else (Refusal("not-authentic", material_id=material.pk),)
    if verdict.refusals or missing or forged:
        raise GateClosed(Verdict((*verdict.refusals, *missing, *forged)))
    now = timezone.now()
    clearance = Clearance(
        material_id=material.pk,
        revision=material.revision,
        material_mac=bytes(material.mac),
        level=material.level,
        audience=material.audience,
        review=review,
        is_alone=review is None,
        granted_by=actor,
        granted_at=now,
        until=now + CLEARANCE_LASTS,
        granted_until=now + CLEARANCE_LASTS,
        judged=judged(cases, material, review, uses),
    )
    clearance.save(force_insert=True)
    return clearance


def judged(cases: list[Case], material: Any, review: Review | None, uses: list[str]) -> dict[str, Any]:
    """Return what a clearance binds beside the text: about which cases, what it uses, and the keys of what was judged."""
    consents = [row for row in Consent.objects.filter(case__in=cases, removed_at=None) if row.is_live()]
    latest = [RiskAssessment.objects.latest_of(case) for case in cases]
    return {
        "cases": _named(cases),
        "uses": _fingerprint(uses),
        "consents": [str(row.pk) for row in consents],
        "assessments": [str(row.pk) for row in latest if row],
        "review": str(review.pk) if review else "",
        "revision": material.revision,
    }


def _named(cases: Iterable[Case]) -> list[str]:
    return sorted(str(case.pk) for case in cases)


def _fingerprint(uses: list[str]) -> str:
    return hashlib.sha256("\n".join(uses).encode()).hexdigest()


def authentic(dispatch: Any, *, text_parts: list[str], uses: list[str], to: Iterable[Any] = ()) -> bool:
    """Say whether a dispatch and every row behind it carry our marks: `safety.authenticity` knows which those are.

    `text_parts` are the canonical parts of the frozen text, decrypted, `uses` those of its claims and items, `to` copies
    of it; the clearance binds uses and cases, so that none is taken away. A chain forged whole by SQL fails here.
    """
    clearance, review = dispatch.clearance, dispatch.clearance.review
    told = {"revision": dispatch.revision, "is_alone": clearance.is_alone}
    asked = authenticity.Behind.of(dispatch.material, to=to, **told)
    return (
        keys.gate_mac_matches(bytes(dispatch.mac), text_parts)
        and clearance.carries_mark()
        and bytes(clearance.material_mac) == bytes(dispatch.mac)
        and (clearance.judged.get("cases"), clearance.judged.get("uses")) == (_named(asked.cases), _fingerprint(uses))
        and (
            review is None
            or (bytes(review.material_mac) == bytes(dispatch.mac) and keys.gate_mac_matches(review.uses_mac, uses))
        )
        and not authenticity.forged(asked)
    )


def still_open(dispatch: Any, *, grace: timedelta | None = None) -> Verdict:
    """Say whether what is public may stay: withdrawn, held, recalled or refuted is gone at once; expired has days of grace.

    Without days handed in, the office's count. Two people may double them once for a page; whoever hands them in asks.
    """
    if grace is None:
        grace = timedelta(days=OfficeSafety.current().grace_days)
    return examine(_left(dispatch), moment="serve", grace=grace)


def runs_out_at(dispatch: Any) -> datetime | None:
    """Return when the first consent or assessment that this text cannot do without ends; None when one is gone already.

    Asks the clauses themselves, once for each date on which anything of these cases ends, the earliest first.
    """
    cases = list(dispatch.material.cases.all())
    ends = {row.expires_at for case in cases if (row := RiskAssessment.objects.latest_of(case)) and row.expires_at}
    ends |= set(Consent.objects.filter(case__in=cases, removed_at=None).values_list("until_at", flat=True)) - {None}
    for at in (LONG_AGO, *sorted(ends)):
        answers = _ask(replace(_left(dispatch), deadline=at), RUNNING_OUT, GIVEN, of_each_case=True)
        if not all(all(row[1:]) for row in answers):
            return None if at == LONG_AGO else at
    return None


def _left(dispatch: Any) -> Leaving:
    return Leaving.of(dispatch, clearance_id=dispatch.clearance_id, created_by_id=dispatch.created_by_id)


__all__ = [
    "CLEARANCE_LASTS",
    "GateClosed",
    "Leaving",
    "Refusal",
    "Verdict",
    "authentic",
    "clear",
    "examine",
    "judged",
    "refused_rows",
    "runs_out_at",
    "still_open",
]
