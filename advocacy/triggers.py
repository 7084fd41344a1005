"""What the database keeps of approaches and replies: they stay in their case and as recorded, and are never deleted."""

from sealing import triggers
from sealing.triggers import Clause, Trigger

APPROACH, LINK, REPLY = "advocacy_approach", "advocacy_approachask", "advocacy_reply"
WITHIN = (
    (APPROACH, "follows", APPROACH),
    (LINK, "approach", APPROACH),
    (LINK, "ask", "casework_ask"),
    (REPLY, "approach", APPROACH),
)
STAYS = {
    APPROACH: (
        *("case_id", "kind", "happened_at", "is_hour_told", "actor_id", "met_id", "is_missed", "made_by_id", "copy_id"),
        *("follows_id", "handling_level", "attribution_rule", "follow_up_on", "created_by_id", "created_at"),
    ),
    LINK: ("case_id", "approach_id", "ask_id"),
    REPLY: (
        *("case_id", "approach_id", "copy_id", "kind", "effect", "received_on", "due_on"),
        *("created_by_id", "created_at"),
    ),
}
FIRST = "OLD.{0} IS NULL OR {{same:{0}}}"


def same_case(table: str, column: str, other: str) -> Trigger:
    """Return the trigger that lets a new row point at rows of its own case alone."""
    holds = (
        f"NEW.{column}_id IS NULL OR EXISTS "
        f"(SELECT 1 FROM {{t:{other}}} o WHERE o.id = NEW.{column}_id AND o.case_id = NEW.case_id)"
    )
    return Trigger(f"{table}_and_its_{column}_are_of_one_case", table, "INSERT", (Clause("of-another-case", holds),))


def copy_of_the_case(table: str) -> Trigger:
    """Return the trigger that lets a new row point at copies of papers about its own case alone."""
    holds = (
        "NEW.copy_id IS NULL OR EXISTS (SELECT 1 FROM {t:materials_copy} c JOIN {t:materials_materialcase} m "
        "ON m.material_id = c.material_id WHERE c.id = NEW.copy_id AND m.case_id = NEW.case_id)"
    )
    return Trigger(f"{table}_and_its_copy_are_of_one_case", table, "INSERT", (Clause("copy-of-another-case", holds),))


def stays(table: str, columns: tuple[str, ...], once: tuple[str, ...] = ()) -> Trigger:
    """Return the trigger that refuses another value in these columns; one of `once` is set a single time."""
    holds = " AND ".join(f"{{same:{column}}}" for column in columns)
    clauses = [
        Clause("changed", holds),
        *(Clause(f"{column}-said-already".replace("_", "-"), FIRST.format(column)) for column in once),
    ]
    return Trigger(f"{table}_stays_what_it_is", table, "UPDATE", tuple(clauses))


ONCE = {APPROACH: ("removed_at",), LINK: (), REPLY: ("removed_at", "settled_on")}
for trigger in [
    *(same_case(*row) for row in WITHIN),
    *(copy_of_the_case(table) for table in (APPROACH, REPLY)),
    *(stays(table, columns, ONCE[table]) for table, columns in STAYS.items()),
    *triggers.never_deleted(APPROACH, name="an_approach_is_never_deleted"),
    *triggers.never_deleted(REPLY, name="a_reply_is_never_deleted"),
]:
    triggers.register(trigger)
