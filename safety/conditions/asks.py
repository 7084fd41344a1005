"""Whether what the text asks still makes sense after what happened to the person.

The SQL is made from the table of aims (casework.models.aims); what is typed in words of one's own counts by what a
person said of it, never by its words.
"""

from django.utils.translation import gettext_lazy as _

from casework.models.aims import HELD, MAKES_SENSE, STATUSES, Aim, Situation
from safety.conditions.facts import COUNTS, UNDER_IT
from safety.conditions.mending import CHANGES_TEXT, CONCERNED_PAGE, EDIT_PAGE
from safety.conditions.record import EVERYTHING, Condition, ReviewCell
from safety.conditions.sql import literals

SITUATION = (
    "CASE"
    + "".join(f" WHEN c.status IN ({literals(codes)}) THEN '{where}'" for where, codes in STATUSES.items())
    + f" ELSE '{HELD}' END"
)
NOT_HELD = f"c.status IN ({literals(code for codes in STATUSES.values() for code in codes)})"


def _fits(situation: Situation) -> str:
    """Return the SQL of the aim of a demand `d` making sense in this situation."""
    return f"d.aim IN ({literals(aim for aim, sense in MAKES_SENSE.items() if situation in sense.situations)})"


FITS_NOW = (
    "CASE"
    + "".join(f" WHEN c.status IN ({literals(codes)}) THEN {_fits(where)}" for where, codes in STATUSES.items())
    + f" ELSE {_fits(HELD)} END"
)
MAKES_SENSE_NOW = f"((d.aim = '{Aim.OWN}' AND d.said_for = {SITUATION}) OR {FITS_NOW})"
ASKS_OVERTAKEN_ROWS = (
    "{t:materials_materialfact} f JOIN {t:casework_demand} d ON d.id ="
    " COALESCE((SELECT x.demand_id FROM {t:casework_ask} x WHERE x.id = f.row_id), f.row_id)"
    " WHERE f.material_id = NEW.material_id AND f.revision = NEW.revision AND f.kind IN ('ask', 'demand')"
    f" AND f.case_id = c.id AND NOT {MAKES_SENSE_NOW}"
)
LOOKED_AT = (
    f"EXISTS (SELECT 1 FROM {UNDER_IT} AND f.case_id = c.id AND f.kind = 'asked' AND f.code = {SITUATION}"
    f" AND {COUNTS('f')})"
)

ASKS: tuple[Condition, ...] = (
    Condition(
        code="asks-overtaken-by-fate",
        sentence=_("The text asks for something that makes no sense after what happened to the person."),
        mend=_("See what this concerns"),
        page=CONCERNED_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.TEXT,
        holds=f"NOT EXISTS (SELECT 1 FROM {ASKS_OVERTAKEN_ROWS})",
        rows=ASKS_OVERTAKEN_ROWS,
        keys="f.case_id, f.id",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="asks-not-looked-at",
        sentence=_(
            "The person is not held any more, and nobody has said that what the text asks makes sense all the same."
        ),
        mend=_("Edit the text and say so"),
        page=EDIT_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.TEXT,
        holds=f"NOT ({NOT_HELD}) OR {LOOKED_AT}",
        moments=EVERYTHING,
        of_each_case=True,
    ),
)
