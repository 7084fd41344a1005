"""What the database keeps of notes: rows stay in their case and at what they are about, and an answer never changes."""

from sealing import triggers
from sealing.triggers import Clause, Trigger

NOTE, ANSWER, MENTION = "notes_note", "notes_noteanswer", "notes_notemention"
WITHIN = (
    (NOTE, "claim", "casework_claim"),
    (NOTE, "milestone", "advocacy_milestone"),
    (ANSWER, "note", NOTE),
    (MENTION, "note", NOTE),
)
STAYS = {
    NOTE: ("case_id", "claim_id", "milestone_id", "created_by_id", "created_at"),
    ANSWER: ("case_id", "note_id", "text", "written_by_id", "written_at"),
    MENTION: ("case_id", "note_id", "user_id"),
}


def same_case(table: str, column: str, other: str) -> Trigger:
    """Return the trigger that lets a new row point at rows of its own case alone."""
    holds = (
        f"NEW.{column}_id IS NULL OR EXISTS "
        f"(SELECT 1 FROM {{t:{other}}} o WHERE o.id = NEW.{column}_id AND o.case_id = NEW.case_id)"
    )
    return Trigger(f"{table}_and_its_{column}_are_of_one_case", table, "INSERT", (Clause("of-another-case", holds),))


def stays(table: str, columns: tuple[str, ...]) -> Trigger:
    """Return the trigger that refuses another value in these columns."""
    holds = " AND ".join(f"{{same:{column}}}" for column in columns)
    return Trigger(f"{table}_stays_what_it_is", table, "UPDATE", (Clause("moved", holds),))


for trigger in [*(same_case(*row) for row in WITHIN), *(stays(*row) for row in STAYS.items())]:
    triggers.register(trigger)
