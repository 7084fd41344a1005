"""Whether what the words rest on is still as it was when they were written, and the stop date has not passed."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import CHANGES_TEXT, MATERIAL_PAGE
from safety.conditions.record import EVERYTHING, Condition, ReviewCell

ROW_TABLES = {
    "claim": "casework_claim",
    "name": "casework_name",
    "person": "casework_person",
    "spell": "casework_detention",
    "place": "casework_place",
    "charge": "casework_charge",
    "ask": "casework_ask",
    "source": "casework_source",
    "demand": "casework_demand",
    "nothing": "casework_nostatement",
    "translated": "casework_translation",
}
# A claim that was taken out is a ground of its own, so it is not looked for here.
# A ruling on a text that is out counts when a second person agreed; the words themselves (number 1) always do.
COUNTS = "(NOT {0}.needs_second OR {0}.seconded_by_id IS NOT NULL)".format
NEWER = (
    "EXISTS (SELECT 1 FROM {t:materials_materialfact} n WHERE n.material_id = f.material_id AND n.revision = f.revision"
    " AND n.case_id = f.case_id AND n.kind = f.kind AND (n.row_id = f.row_id OR f.row_id IS NULL)"
    f" AND n.number > f.number AND {COUNTS('n')})"
)
SPELLS = "SELECT COUNT(*) FROM {t:casework_detention} x WHERE x.case_id = f.case_id AND x.removed_at IS NULL"
LAW = "c.country || ':' || CAST((SELECT COUNT(*) FROM {t:directory_treatycorrection} x WHERE x.country = c.country) AS varchar)"
AS_IT_WAS = " OR ".join(
    [
        "f.kind = 'asked'",  # somebody's word, which a condition of its own compares
        "(f.kind = 'status' AND f.code = c.status)",
        "(f.kind = 'case' AND f.row_mac = c.facts_mac)",
        f"(f.kind = 'spells' AND f.code = CAST(({SPELLS}) AS varchar))",
        f"(f.kind = 'law' AND f.code = {LAW})",
        *(
            f"(f.kind = '{kind}' AND EXISTS (SELECT 1 FROM {{t:{table}}} x WHERE x.id = f.row_id"
            f" AND x.case_id = f.case_id{'' if kind == 'claim' else ' AND x.removed_at IS NULL'} AND x.facts_mac = f.row_mac))"
            for kind, table in ROW_TABLES.items()
        ),
    ]
)
CHANGED = f"f.case_id = c.id AND {COUNTS('f')} AND NOT {NEWER} AND NOT COALESCE(({AS_IT_WAS}), {{false}})"
UNDER_IT = "{t:materials_materialfact} f WHERE f.material_id = NEW.material_id AND f.revision = NEW.revision"
FACTS_CHANGED_ROWS = f"{UNDER_IT} AND {CHANGED}"

FACTS: tuple[Condition, ...] = (
    Condition(
        code="facts-changed",
        sentence=_("A fact that the text uses has changed since it was written, or nobody noted what it rests on."),
        mend=_("See what changed"),
        page=MATERIAL_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.TEXT,
        holds=f"EXISTS (SELECT 1 FROM {UNDER_IT} AND f.case_id = c.id AND f.kind = 'status')"
        f" AND NOT EXISTS (SELECT 1 FROM {FACTS_CHANGED_ROWS})",
        rows=FACTS_CHANGED_ROWS,
        keys="f.case_id, f.id",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="stop-date-passed",
        sentence=_("The stop date of the text has passed."),
        mend=_("Set a later stop date"),
        page=MATERIAL_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.TEXT,
        holds="EXISTS (SELECT 1 FROM {t:materials_material} m WHERE m.id = NEW.material_id"
        " AND (m.stop_on IS NULL OR m.stop_on >= {today}))",
        moments=EVERYTHING,
    ),
)
