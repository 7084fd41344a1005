"""What is asked of one copy: its recipient is trusted, and it is of the text that was dispatched."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import MATERIAL_PAGE, NO_RIGHT, RECIPIENTS_PAGE
from safety.conditions.record import LEAVING, Condition, ReviewCell
from safety.conditions.sql import LEVEL

RECIPIENT: tuple[Condition, ...] = (
    Condition(
        code="recipient-not-trusted",
        sentence=_("The recipient is not on the approved list."),
        mend=_("See the trusted recipients"),
        page=RECIPIENTS_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.RECIPIENT,
        holds=f"{LEVEL} <> 'emergency' OR EXISTS (SELECT 1 FROM {{t:directory_recipient}} t WHERE t.id = NEW.recipient_id AND t.ended_at IS NULL"
        " AND t.approved_by_id IS NOT NULL AND t.seconded_by_id IS NOT NULL AND t.channel_verified_on IS NOT NULL)",
        moments=LEAVING,
    ),
    Condition(
        code="copy-of-another-text",
        sentence=_("The copy is not of the text that was dispatched."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.TEXT,
        holds="EXISTS (SELECT 1 FROM {t:materials_dispatch} d WHERE d.id = NEW.dispatch_id AND d.material_id = NEW.material_id"
        " AND d.revision = NEW.revision AND d.mac = NEW.mac)",
        moments=LEAVING,
    ),
)
