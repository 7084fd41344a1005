"""What the database keeps of approaches, replies and results: they stay in their case and as recorded; none is deleted."""

from advocacy.models import OfficeTarget, OfficeTargetFigure, Outcome, Target, TargetFigure
from sealing import triggers
from sealing.triggers import Clause, Trigger

APPROACH, LINK, REPLY = "advocacy_approach", "advocacy_approachask", "advocacy_reply"
STANDING = "advocacy_askstanding"
TARGET, FIGURE, OUTCOME, OFFICE, OFFICE_FIGURE = (
    model._meta.db_table for model in (Target, TargetFigure, Outcome, OfficeTarget, OfficeTargetFigure)
)
WITHIN = (
    (APPROACH, "follows", APPROACH),
    (LINK, "approach", APPROACH),
    (LINK, "ask", "casework_ask"),
    (REPLY, "approach", APPROACH),
    (STANDING, "ask", "casework_ask"),
    (STANDING, "claim", "casework_claim"),
    (FIGURE, "target", TARGET),
)
EVIDENCE = ((OUTCOME, "claim", "casework_claim"), (OUTCOME, "source", "casework_source"))
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
ONCE = {APPROACH: ("removed_at",), LINK: (), REPLY: ("removed_at", "settled_on")}
OUTCOME_STAYS = ("id", "case_id", "created_by_id", "created_at")
FIRST = "OLD.{0} IS NULL OR {{same:{0}}}"
STANDS = "OLD.removed_at IS NULL"
UNJUDGED = "OLD.judged_at IS NULL"


def of_one_case(table: str, column: str, other: str, *events: str) -> list[Trigger]:
    """Return the triggers that let a row point at rows of its own case alone; `events` are INSERT, and UPDATE where it may change."""
    holds = (
        f"NEW.{column}_id IS NULL OR EXISTS "
        f"(SELECT 1 FROM {{t:{other}}} o WHERE o.id = NEW.{column}_id AND o.case_id = NEW.case_id)"
    )
    clauses = (Clause("of-another-case", holds),)
    words = {"INSERT": "new", "UPDATE": "changed"}
    return [Trigger(f"{table}_{column}_{words[event]}_of_one_case", table, event, clauses) for event in events]


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


VERIFIED_BY_ANOTHER = Clause(
    "met-is-verified-by-another",
    f"EXISTS (SELECT 1 FROM {{t:{STANDING}}} last WHERE last.ask_id = NEW.ask_id AND last.number = NEW.number - 1 "
    "AND last.state IN ('met', 'partly') AND last.said_by_id <> NEW.said_by_id)",
)
OF_ANSWERS = [
    *(copy_of_the_case(table) for table in (APPROACH, REPLY)),
    *(stays(table, columns, ONCE[table]) for table, columns in STAYS.items()),
    *triggers.never_deleted(APPROACH, name="an_approach_is_never_deleted"),
    *triggers.never_deleted(REPLY, name="a_reply_is_never_deleted"),
    Trigger(
        "what_is_met_is_verified_by_another",
        STANDING,
        "INSERT",
        (VERIFIED_BY_ANOTHER,),
        when="NEW.state = 'verified'",
    ),
    *triggers.append_only(STANDING, name="sayings_of_an_ask_are_append_only"),
]
OF_RESULTS = [
    Trigger(
        "an_outcome_stays_where_it_is",
        OUTCOME,
        "UPDATE",
        (
            Clause("moved", " AND ".join(f"{{same:{column}}}" for column in OUTCOME_STAYS)),
            Clause("withdrawn", STANDS),
        ),
    ),
    *triggers.never_deleted(OUTCOME, name="an_outcome_is_never_deleted"),
    *triggers.only_these_columns_change(
        TARGET,
        name="a_target_is_judged_once",
        columns={
            "version": "NEW.version > OLD.version",
            **dict.fromkeys(("verdict", "verdict_words", "judged_by_id", "judged_at"), UNJUDGED),
        },
    ),
    *triggers.never_deleted(TARGET, name="a_target_is_never_deleted"),
    *triggers.append_only(FIGURE, name="figures_of_a_target_are_append_only"),
    *triggers.only_these_columns_change(
        OFFICE, name="a_target_of_the_office_stays", columns={"version": "NEW.version > OLD.version"}
    ),
    *triggers.never_deleted(OFFICE, name="a_target_of_the_office_is_never_deleted"),
    *triggers.append_only(OFFICE_FIGURE, name="figures_of_the_office_are_append_only"),
]
for trigger in [
    *(trigger for row in WITHIN for trigger in of_one_case(*row, "INSERT")),
    *(trigger for row in EVIDENCE for trigger in of_one_case(*row, "INSERT", "UPDATE")),
    *OF_ANSWERS,
    *OF_RESULTS,
]:
    triggers.register(trigger)
