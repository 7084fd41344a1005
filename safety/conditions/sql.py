"""Pieces of SQL that conditions of several subjects share.

`NEW` is the row that wants to leave: a Dispatch, a Copy, or, when the gate is only asked, a row made up of the same
columns. `c` is one case of the material. Placeholders: {audience} (of the row, or of a copy's trusted recipient),
{now}, {deadline} (now; for pages already public, now less the days of grace), {recent} (72 hours ago), {day_ago},
{t:table}.
"""

from collections.abc import Iterable

LEVEL = "(SELECT m.level FROM {t:materials_material} m WHERE m.id = NEW.material_id)"
MATERIAL_KIND = "(SELECT m.kind FROM {t:materials_material} m WHERE m.id = NEW.material_id)"
IS_FULL = f"{LEVEL} = 'full'"
IS_ASSESSED = f"({IS_FULL} OR ({LEVEL} = 'disclosure' AND {{audience}} IN ('AU_HOLDER', 'AU_PARL')))"
IS_REVIEWED_BEFORE = f"{LEVEL} IN ('disclosure', 'full')"
LATEST_WISH = "w.case_id = c.id AND w.number = (SELECT MAX(v.number) FROM {t:casework_wish} v WHERE v.case_id = c.id)"
IS_ALONE = "EXISTS (SELECT 1 FROM {t:safety_clearance} x WHERE x.id = NEW.clearance_id AND x.is_alone)"
CASES_OF_IT = (
    " AND c.id IN (SELECT mc.case_id FROM {t:materials_materialcase} mc WHERE mc.material_id = NEW.material_id)"
)


def literals(codes: Iterable[str]) -> str:
    """Return codes of ours as a list of SQL literals."""
    return ", ".join(f"'{code}'" for code in sorted(codes))


def for_each_case(holds: str) -> str:
    """Return the SQL that is true when the condition holds for every case of the material."""
    return (
        "NOT EXISTS (SELECT 1 FROM {t:materials_materialcase} mc JOIN {t:casework_case} c ON c.id = mc.case_id"
        f" WHERE mc.material_id = NEW.material_id AND NOT COALESCE(({holds}), {{false}}))"
    )
