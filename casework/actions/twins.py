"""Keeping the pairs of cases that may be about one person, whenever a name is written; and telling people of a new pair."""

import uuid
from collections.abc import Iterable, Sequence

from django.db import connection

from accounts.models import User
from audit.trail import Happened, record_many
from casework import notify
from casework.access import may, require, who_may
from casework.models import Case, Name, PossibleTwin
from casework.twins.same_name import cases_with_namesakes, namesakes_of
from sealing.fields import insert_many

FOUND = "casework.twin.found"
NAMES_ARE_WRITTEN = 0x416D6172  # any number; the same for every process


def one_at_a_time() -> None:
    """Let no two transactions write names at once: two that open a case for one person would not see each other.

    Call it before a case is locked, else two may wait for each other. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NAMES_ARE_WRITTEN])


def look_for_twins_of_each(*, actor: User, cases: Sequence[Case], names: Iterable[Name]) -> None:
    """Look for twins of each of these new cases, of which these are all the names, as if one was opened after the other.

    The name index is asked once which of them have a namesake at all, then about each of those. Call it in the verb that
    opened the cases. Refused without the right to change each of those.
    """
    for case in cases:
        require(actor, "change_case", case)
    one_at_a_time()
    of_case, later = dict[uuid.UUID, list[Name]](), [case.pk for case in cases]
    for name in names:
        of_case.setdefault(name.case_id, []).append(name)
    wanted, made = cases_with_namesakes(name for some in of_case.values() for name in some), list[PossibleTwin]()
    for case in cases:
        later.remove(case.pk)
        if case.pk not in wanted:
            continue
        for key in namesakes_of(case, names=of_case[case.pk], but=later).keys:
            made.append(_pair(case, key, actor))
    insert_many(made)
    occasions = [_tell_people(FOUND, actor=actor, twin=twin, occasion=str(twin.question)) for twin in _whole(made)]
    record_many(actor=actor, happened=occasions)


def look_for_twins(*, actor: User, case: Case) -> None:
    """Ask the name index over all cases, keep each pair, and ask again about those that were ruled to be two people.

    Call it in the verb that wrote a name of this case, within its transaction. Nothing that it returns or raises
    tells the actor whether a case was found. Refused without the right to change the case.
    """
    require(actor, "change_case", case)
    one_at_a_time()
    found = namesakes_of(case).keys
    if not found:
        return
    known = {_beside(row, case): row for row in PossibleTwin.objects.of(case).select_for_update()}
    counted = set(PossibleTwin.objects.of(case).counted().values_list("pk", flat=True)) if known else set()
    for key in found:
        row = known.get(key)
        if row is None:
            made = _pair(case, key, actor)
            made.save(force_insert=True)
            tell(FOUND, actor=actor, twin=made, occasion=str(made.question))
        elif row.pk not in counted:
            tell(FOUND, actor=actor, twin=ask_again(row), occasion=str(row.question))


def ask_again(twin: PossibleTwin) -> PossibleTwin:
    """Ask anew whether the two are one person; what was ruled before counts no more. The caller has asked for the right."""
    twin.question += 1
    twin.save(update_fields=["question"])
    return twin


def may_know_of(user: User, twin: PossibleTwin, case: Case) -> bool:
    """Say whether somebody who sees this case may know that a case they may not see stands beside it.

    Those who sign here may, and the lead of the case that was there first, unless it was their own act that met it.
    """
    if may(user, "sign_review", case):
        return True
    return user.pk == case.lead_id and twin.earlier.pk == case.pk and twin.found_by_id != user.pk


def _pair(case: Case, key: uuid.UUID, actor: User) -> PossibleTwin:
    one, other = sorted((case.pk, key))
    return PossibleTwin(one_id=one, other_id=other, found_by=actor)


def _whole(twins: Sequence[PossibleTwin]) -> list[PossibleTwin]:
    """Return these pairs in this order, with their cases and leads, in one query; none for none."""
    rows = PossibleTwin.objects.select_related("one__lead", "other__lead").in_bulk([twin.pk for twin in twins])
    return [rows[twin.pk] for twin in twins]


def _beside(row: PossibleTwin, case: Case) -> uuid.UUID:
    return row.other_id if row.one_id == case.pk else row.one_id


def tell(verb: str, *, actor: User, twin: PossibleTwin, occasion: str = "") -> None:
    """Tell who signs on either case and the lead of the earlier one, each through a case that they see.

    Who may not see the other case is not told whose act it was. The trail keeps it apart from both cases: what is
    recorded on a case is read by whoever works on it.
    """
    happened = _tell_people(verb, actor=actor, twin=_whole([twin])[0], occasion=occasion)
    record_many(actor=actor, happened=[happened])


def _tell_people(verb: str, *, actor: User, twin: PossibleTwin, occasion: str) -> Happened:
    """Tell them, and return what is to be recorded of it."""
    told = {actor.pk}
    for case in (twin.earlier, twin.later):
        beside = twin.beside(case)
        for person in sorted({*who_may(case, "sign_review"), case.lead}, key=lambda one: one.pk):
            if person.pk in told or not may_know_of(person, twin, case):
                continue
            told.add(person.pk)
            sees_both = Case.objects.visible_to(person).filter(pk=beside.pk).exists()
            by = actor if sees_both else None
            notify.notify_people(verb=verb, case=case, about=twin, actor=by, people=[person], occasion=occasion)
    pair = sorted((str(twin.one_id), str(twin.other_id)))
    return Happened(verb, about=twin, detail={"cases": pair, "question": twin.question})
