"""What raw SQL may not do to people and roles either."""

from accounts.models import Absence, CalendarAddress, PendingAct, PersonRole, User
from sealing.triggers import (
    Clause,
    Trigger,
    never_deleted,
    only_these_columns_change,
    register,
)

ROLES = PersonRole._meta.db_table
PEOPLE = User._meta.db_table
ACTS = PendingAct._meta.db_table
ABSENCES = Absence._meta.db_table
TWO_GIVE = "NEW.role IN ('reviewer', 'director', 'outside_reviewer', 'administrator')"
SIGNS = "NEW.role IN ('reviewer', 'director', 'outside_reviewer')"

RECOVERS = "NEW.recovery_id IS NOT NULL"

A_DAY_LATER = Clause(
    name="signs-before-a-day-has-passed",
    holds="",
    sqlite=f"NOT ({SIGNS}) OR julianday(NEW.effective_at) >= julianday(NEW.granted_at) + 0.999999",
    postgresql=f"NOT ({SIGNS}) OR NEW.effective_at >= NEW.granted_at + interval '24 hours'",
)
SECOND_SIGNS = Clause(
    name="second-person-may-not-confirm",
    holds=f"NOT ({TWO_GIVE}) OR {RECOVERS} OR EXISTS (SELECT 1 FROM {{t:{ROLES}}} other JOIN {{t:{PEOPLE}}} person"
    " ON person.id = other.user_id WHERE other.user_id = NEW.seconded_by_id AND person.is_active"
    " AND other.role IN ('reviewer', 'director') AND other.ended_at IS NULL"
    " AND other.effective_at <= NEW.granted_at)",
)
ANOTHER_CONFIRMS = Clause(
    name="second-person-is-no-other",
    holds=f"NOT ({TWO_GIVE}) OR {RECOVERS} OR (NEW.seconded_by_id <> NEW.granted_by_id AND NEW.seconded_by_id <> NEW.user_id)",
)
RECOVERED = Clause(
    name="no-recovery-was-announced-and-finished",
    holds=f"NOT ({RECOVERS}) OR EXISTS (SELECT 1 FROM {{t:{ACTS}}} act WHERE act.id = NEW.recovery_id"
    " AND act.is_recovery AND act.kind = 'grant_role' AND act.role = NEW.role AND act.beneficiary_id = NEW.user_id"
    " AND act.finished_at IS NOT NULL AND act.finished_at <= NEW.granted_at)",
)


def _announced(name: str, hours: int, *, which: str) -> Clause:
    """What is to be done alone was told of for so many hours."""
    lowest = f"julianday(NEW.proposed_at) + {hours} / 24.0 - 0.000001"
    return Clause(
        name=name,
        sqlite=f"NEW.alone_at IS NULL OR NOT ({which}) OR julianday(NEW.alone_at) >= {lowest}",
        postgresql=f"NEW.alone_at IS NULL OR NOT ({which})"
        f" OR NEW.alone_at >= NEW.proposed_at + interval '{hours} hours'",
    )


NOTICE_IS_OVER = Clause(
    name="everybody-is-still-being-told",
    sqlite="NEW.finished_at IS NULL OR julianday('now') >= julianday(NEW.alone_at)",
    postgresql="NEW.finished_at IS NULL OR clock_timestamp() >= NEW.alone_at",
)
AWAY_ONCE = Clause(
    name="away-twice",
    holds=f"NOT EXISTS (SELECT 1 FROM {{t:{ABSENCES}}} other WHERE other.user_id = NEW.user_id AND other.ended_at IS NULL"
    " AND other.begins_on <= NEW.ends_on AND other.ends_on >= NEW.begins_on)",
)
DEPUTY_SIGNS_IN = Clause(
    name="account-of-the-deputy-is-closed",
    holds=f"EXISTS (SELECT 1 FROM {{t:{PEOPLE}}} person WHERE person.id = NEW.deputy_id AND person.is_active)",
)
NOT_OVER = Clause(  # the office's day may differ from the day of UTC by one
    name="these-days-are-over",
    sqlite="NEW.ends_on >= date(NEW.written_at, '-1 day')",
    postgresql="NEW.ends_on >= (NEW.written_at AT TIME ZONE 'UTC')::date - 1",
)
UNDECIDED = "OLD.withdrawn_at IS NULL AND OLD.seconded_at IS NULL AND OLD.finished_at IS NULL"

ALL: list[Trigger] = [
    Trigger(
        name="a_signing_role_needs_two_people_and_a_day",
        table=ROLES,
        event="INSERT",
        when="NOT NEW.is_founding",
        clauses=(A_DAY_LATER, SECOND_SIGNS, ANOTHER_CONFIRMS, RECOVERED),
    ),
    Trigger(
        name="only_founders_confirm_each_other",
        table=ROLES,
        event="INSERT",
        when="NEW.is_founding",
        clauses=(
            Clause(
                name="not-a-founder",
                holds=f"2 = (SELECT count(*) FROM {{t:{PEOPLE}}} person"
                " WHERE person.is_founder AND person.id IN (NEW.user_id, NEW.seconded_by_id))",
            ),
            Clause(
                name="set-up-is-over",
                holds=f"NOT EXISTS (SELECT 1 FROM {{t:{ROLES}}} later WHERE NOT later.is_founding)",
            ),
        ),
    ),
    *only_these_columns_change(
        ROLES,
        name="a_role_is_only_ended",
        columns={
            "ended_at": "OLD.ended_at IS NULL",
            "ended_by_id": "OLD.ended_by_id IS NULL",
        },
    ),
    *never_deleted(ROLES, name="a_role_is_never_deleted"),
    Trigger(
        name="founders_are_two",
        table=PEOPLE,
        event="INSERT",
        when="NEW.is_founder",
        clauses=(
            Clause(
                name="two-exist-already",
                holds=f"2 > (SELECT count(*) FROM {{t:{PEOPLE}}} person WHERE person.is_founder)",
            ),
            Clause(
                name="others-came-before",
                holds=f"NOT EXISTS (SELECT 1 FROM {{t:{PEOPLE}}} person WHERE NOT person.is_founder)",
            ),
        ),
    ),
    Trigger(
        name="nobody_becomes_a_founder_later",
        table=PEOPLE,
        event="UPDATE OF is_founder, joined_at",
        clauses=(
            Clause(name="founder-changed", holds="NEW.is_founder = OLD.is_founder"),
            Clause(name="age-changed", holds="NEW.joined_at = OLD.joined_at"),
        ),
    ),
    Trigger(
        name="a_reset_is_not_forgotten",
        table=PEOPLE,
        event="UPDATE OF reset_at",
        when="OLD.reset_at IS NOT NULL",
        clauses=(Clause(name="reset-taken-back", holds="NEW.reset_at IS NOT NULL AND NEW.reset_at >= OLD.reset_at"),),
    ),
    *never_deleted(PEOPLE, name="a_person_is_never_deleted"),
    *only_these_columns_change(
        ACTS,
        name="a_proposed_act_is_only_confirmed_or_withdrawn",
        columns={
            "seconded_by_id": "OLD.seconded_by_id IS NULL AND OLD.finished_at IS NULL",
            "seconded_at": "OLD.seconded_at IS NULL AND OLD.finished_at IS NULL",
            "withdrawn_at": UNDECIDED,
            "finished_by_id": UNDECIDED,
            "finished_at": UNDECIDED,
        },
    ),
    Trigger(
        name="what_is_done_alone_was_announced",
        table=ACTS,
        event="INSERT",
        clauses=(
            _announced("announced-for-less-than-a-day", 24, which="1 = 1"),
            _announced("recovery-announced-for-less-than-three-days", 72, which="NEW.is_recovery"),
        ),
    ),
    Trigger(
        name="what_is_done_alone_waits",
        table=ACTS,
        event="UPDATE OF finished_at",
        clauses=(NOTICE_IS_OVER,),
    ),
    *never_deleted(ACTS, name="a_proposed_act_is_never_deleted"),
    Trigger(
        name="somebody_is_away_once_at_a_time",
        table=ABSENCES,
        event="INSERT",
        when="NEW.ended_at IS NULL",
        clauses=(AWAY_ONCE, DEPUTY_SIGNS_IN, NOT_OVER),
    ),
    *only_these_columns_change(
        ABSENCES,
        name="an_absence_is_only_ended",
        columns={"ended_at": "OLD.ended_at IS NULL", "ended_by_id": "OLD.ended_by_id IS NULL"},
    ),
    *never_deleted(ABSENCES, name="an_absence_is_never_deleted"),
    *only_these_columns_change(
        CalendarAddress._meta.db_table,
        name="a_calendar_address_is_only_used_or_revoked",
        columns={"last_used_on": "OLD.revoked_at IS NULL", "revoked_at": "OLD.revoked_at IS NULL"},
    ),
]

for trigger in ALL:
    register(trigger)
