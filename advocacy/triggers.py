"""What the database keeps of results: figures never change, an outcome is taken back with a reason and never deleted."""

from advocacy.models import OfficeTarget, OfficeTargetFigure, Outcome, Target, TargetFigure
from sealing import triggers
from sealing.triggers import Clause, Trigger

TARGET, FIGURE, OUTCOME, OFFICE, OFFICE_FIGURE = (
    model._meta.db_table for model in (Target, TargetFigure, Outcome, OfficeTarget, OfficeTargetFigure)
)
WITHIN = ((FIGURE, "target", TARGET), (OUTCOME, "claim", "casework_claim"), (OUTCOME, "source", "casework_source"))
STAYS = ("id", "case_id", "created_by_id", "created_at")
STANDS = "OLD.removed_at IS NULL"
UNJUDGED = "OLD.judged_at IS NULL"


def _of_one_case(table: str, column: str, other: str) -> list[Trigger]:
    """Return the triggers that let a row point at rows of its own case alone, also after a change."""
    holds = (
        f"NEW.{column}_id IS NULL OR EXISTS "
        f"(SELECT 1 FROM {{t:{other}}} o WHERE o.id = NEW.{column}_id AND o.case_id = NEW.case_id)"
    )
    clauses = (Clause("of-another-case", holds),)
    return [
        Trigger(f"{table}_{column}_{word}_of_one_case", table, event, clauses)
        for word, event in (("new", "INSERT"), ("changed", "UPDATE"))
    ]


for trigger in [
    *(trigger for row in WITHIN for trigger in _of_one_case(*row)),
    Trigger(
        "an_outcome_stays_where_it_is",
        OUTCOME,
        "UPDATE",
        (
            Clause("moved", " AND ".join(f"{{same:{column}}}" for column in STAYS)),
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
]:
    triggers.register(trigger)
