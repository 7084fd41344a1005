"""What is to leave: it is about a case, not for inside use, and the words are those that were cleared."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import CHANGES_TEXT, MATERIAL_PAGE, SENDS_TO_REVIEW
from safety.conditions.record import EVERYTHING, LEAVING, Condition, ReviewCell
from safety.conditions.sql import IS_A_STOP_NOTICE, LEVEL

SAID = "{t:materials_materialitem} i WHERE i.material_id = NEW.material_id AND i.revision = NEW.revision"
CLAIMED = "{t:materials_materialclaim} u WHERE u.material_id = NEW.material_id AND u.revision = NEW.revision"

TEXT: tuple[Condition, ...] = (
    Condition(
        code="about-no-case",
        sentence=_("The material is about no case."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.TEXT,
        holds="EXISTS (SELECT 1 FROM {t:materials_materialcase} mc WHERE mc.material_id = NEW.material_id)",
        moments=EVERYTHING,
    ),
    Condition(
        code="inside-only",
        sentence=_("This material is for inside use only."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.TEXT,
        holds=f"{LEVEL} <> 'none'",
        moments=EVERYTHING,
    ),
    Condition(
        code="stop-notice-discloses",
        sentence=_("A stop notice leaves without consent, so it tells nothing of the case. This one does."),
        mend=_("Edit the text"),
        page=MATERIAL_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.TEXT,
        holds=f"NOT {IS_A_STOP_NOTICE} OR NOT (EXISTS (SELECT 1 FROM {SAID}) OR EXISTS (SELECT 1 FROM {CLAIMED}))",
        moments=EVERYTHING,
    ),
    Condition(
        code="revision-is-old",
        sentence=_("The text has changed since it was cleared."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=SENDS_TO_REVIEW,
        cell=ReviewCell.TEXT,
        holds="NEW.revision = (SELECT m.revision FROM {t:materials_material} m WHERE m.id = NEW.material_id)",
        moments=LEAVING,
    ),
    Condition(
        code="text-differs",
        sentence=_("The text is not the text that was signed."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.TEXT,
        holds="NEW.mac = (SELECT m.mac FROM {t:materials_material} m WHERE m.id = NEW.material_id)",
        moments=LEAVING,
    ),
)
