"""What the database cannot judge: whether a record carries our mark, and what a person took down."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import MATERIAL_PAGE, NO_RIGHT, TRAIL_PAGE
from safety.conditions.record import Ground, ReviewCell

JUDGED_IN_PYTHON: tuple[Ground, ...] = (
    Ground(
        code="not-authentic",
        sentence=_(
            "A record behind this text was changed outside the program. Nothing leaves and nothing is served on it:"
            " tell a director of the office, and whoever runs the server."
        ),
        mend=_("See the audit trail"),
        page=TRAIL_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.TEXT,
    ),
    Ground(
        code="withdrawn",
        sentence=_("It was taken down."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.TEXT,
    ),
)
