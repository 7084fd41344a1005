"""What a reader of a material sees: the paper, what was kept back, what was examined, what changed."""

from advocacy.desk.changes import changes_since
from advocacy.desk.evidence import assessment_rows, claim_rows, consent_rows, withheld_rows
from advocacy.desk.examined import cells
from advocacy.desk.findings import finding_rows, latest_scan
from advocacy.desk.next_step import next_step
from advocacy.desk.sheet import shown_paper

__all__ = [
    "assessment_rows",
    "cells",
    "changes_since",
    "claim_rows",
    "consent_rows",
    "finding_rows",
    "latest_scan",
    "next_step",
    "shown_paper",
    "withheld_rows",
]
