"""What a reader of a material sees: the paper, what was kept back, what was examined, what changed."""

from materials.pages.review_page.changes import changes_since
from materials.pages.review_page.evidence import assessment_rows, claim_rows, consent_rows
from materials.pages.review_page.examined import Count, cells
from materials.pages.review_page.findings import finding_rows
from materials.pages.review_page.law import law_rows
from materials.pages.review_page.left_out import left_out_of
from materials.pages.review_page.next_step import Standing, review_next_step
from materials.pages.review_page.sheet import shown_paper

__all__ = [
    "Count",
    "Standing",
    "assessment_rows",
    "cells",
    "changes_since",
    "claim_rows",
    "consent_rows",
    "finding_rows",
    "law_rows",
    "left_out_of",
    "review_next_step",
    "shown_paper",
]
