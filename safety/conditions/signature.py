"""Whether a second person signed exactly this revision, and the clearance still counts."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import MATERIAL_PAGE, SENDS_TO_REVIEW, SIGNS_REVIEW
from safety.conditions.record import AFTER_REVIEW, LEAVING, Condition, ReviewCell
from safety.conditions.sql import IS_ALONE, LEVEL

CLEARED = (
    "{t:safety_clearance} x WHERE x.id = NEW.clearance_id AND x.material_id = NEW.material_id AND x.revision = NEW.revision"
    f" AND x.material_mac = NEW.mac AND x.level = {LEVEL}"
)
SIGNED = (
    "{t:safety_clearance} x JOIN {t:safety_review} r ON r.id = x.review_id WHERE x.id = NEW.clearance_id"
    " AND r.material_id = NEW.material_id AND r.revision = NEW.revision AND r.material_mac = NEW.mac AND r.verdict = 'signed'"
)

SIGNATURE: tuple[Condition, ...] = (
    Condition(
        code="no-clearance",
        sentence=_("This revision is not cleared."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=SENDS_TO_REVIEW,
        cell=ReviewCell.FOUR_EYES,
        holds=f"EXISTS (SELECT 1 FROM {CLEARED})",
        moments=AFTER_REVIEW,
    ),
    Condition(
        code="clearance-revoked",
        sentence=_("The clearance was revoked."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=SENDS_TO_REVIEW,
        cell=ReviewCell.FOUR_EYES,
        holds=f"NOT EXISTS (SELECT 1 FROM {CLEARED} AND x.revoked_at IS NOT NULL)",
        moments=AFTER_REVIEW,
    ),
    Condition(
        code="clearance-ended",
        sentence=_("The clearance has ended."),
        mend=_("Send it to review again"),
        page=MATERIAL_PAGE,
        mender=SENDS_TO_REVIEW,
        cell=ReviewCell.FOUR_EYES,
        holds=f"NOT EXISTS (SELECT 1 FROM {CLEARED} AND x.until <= {{now}})",
        moments=LEAVING,
    ),
    Condition(
        code="no-review",
        sentence=_("No second person has signed this revision."),
        mend=_("Send it to review"),
        page=MATERIAL_PAGE,
        mender=SENDS_TO_REVIEW,
        cell=ReviewCell.FOUR_EYES,
        holds=f"{IS_ALONE} OR EXISTS (SELECT 1 FROM {SIGNED})",
        moments=AFTER_REVIEW,
    ),
    Condition(
        code="review-revoked",
        sentence=_("The reviewer has taken the signature back."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=SENDS_TO_REVIEW,
        cell=ReviewCell.FOUR_EYES,
        holds=f"NOT EXISTS (SELECT 1 FROM {SIGNED} AND r.revoked_at IS NOT NULL)",
        moments=AFTER_REVIEW,
    ),
    Condition(
        code="four-eyes",
        sentence=_("The author or last editor may not be the one who signs."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=SIGNS_REVIEW,
        cell=ReviewCell.FOUR_EYES,
        holds=f"NOT EXISTS (SELECT 1 FROM {SIGNED} AND EXISTS (SELECT 1 FROM {{t:materials_material}} m WHERE m.id = NEW.material_id"
        " AND (r.reviewer_id = m.author_id OR r.reviewer_id = m.last_editor_id)))",
        moments=LEAVING,
    ),
)
