"""What is asked of a protective notice, and of whoever sends one alone."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import NO_RIGHT, NOTICE_PAGE, TODAY_PAGE
from safety.conditions.record import ASKED, Condition, Moment, ReviewCell
from safety.conditions.sql import IS_ALONE, LEVEL

THIS_REVISION = "z.material_id = NEW.material_id AND z.revision = NEW.revision"

EMERGENCY: tuple[Condition, ...] = (
    Condition(
        code="four-questions-open",
        sentence=_("The four safety questions are not answered."),
        mend=_("Open the notice"),
        page=NOTICE_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        holds=f"{LEVEL} <> 'emergency' OR EXISTS (SELECT 1 FROM {{t:materials_emergencycheck}} e WHERE e.material_id = NEW.material_id"
        " AND e.revision = NEW.revision)",
        moments=ASKED,
    ),
    Condition(
        code="a-signer-may-still-answer",
        sentence=_("A signer may still answer; sending alone is not possible yet."),
        mend=_("Open the notice"),
        page=NOTICE_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        holds=f"NOT {IS_ALONE} OR (EXISTS (SELECT 1 FROM {{t:safety_signeralarm}} z WHERE {THIS_REVISION})"
        f" AND NOT EXISTS (SELECT 1 FROM {{t:safety_signeralarm}} z WHERE {THIS_REVISION}"
        " AND (z.alone_from IS NULL OR z.alone_from > {now} OR z.answered_at IS NOT NULL)))",
        moments=frozenset({Moment.INSERT}),
    ),
    Condition(
        code="emergency-right-rests",
        sentence=_("An earlier notice that you sent alone was not reviewed in time, so sending alone rests."),
        mend=_("See Today"),
        page=TODAY_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        holds=f"NOT {IS_ALONE} OR NOT EXISTS (SELECT 1 FROM {{t:materials_dispatch}} d WHERE d.created_by_id = NEW.created_by_id"
        " AND d.review_due_at <= {now} AND d.reviewed_after_at IS NULL)",
        moments=frozenset({Moment.INSERT}),
    ),
)
