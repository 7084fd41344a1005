"""Pieces of SQL that conditions of several subjects share.

`NEW` is the row that wants to leave: a Dispatch, a Copy, or, when the gate is only asked, a row made up of the same
columns. `c` is one case of the material. Placeholders: {audience} (of the row, or of a copy's trusted recipient),
{now}, {deadline} (now; for pages already public, now less the days of grace), {recent} (72 hours ago), {day_ago},
{t:table}.
"""

from collections.abc import Iterable

LEVEL = "(SELECT m.level FROM {t:materials_material} m WHERE m.id = NEW.material_id)"
MATERIAL_KIND = "(SELECT m.kind FROM {t:materials_material} m WHERE m.id = NEW.material_id)"
IS_A_STOP_NOTICE = f"{LEVEL} = 'stop'"
IS_FULL = f"{LEVEL} = 'full'"
IS_ASSESSED = f"({IS_FULL} OR ({LEVEL} = 'disclosure' AND {{audience}} IN ('AU_HOLDER', 'AU_PARL')))"
IS_REVIEWED_BEFORE = f"{LEVEL} IN ('disclosure', 'full')"
IS_ALONE = "EXISTS (SELECT 1 FROM {t:safety_clearance} x WHERE x.id = NEW.clearance_id AND x.is_alone)"
CASES_OF_IT = (
    " AND c.id IN (SELECT mc.case_id FROM {t:materials_materialcase} mc WHERE mc.material_id = NEW.material_id)"
)
EACH_OF_ITS_CASES = (
    " JOIN {t:materials_materialcase} mc ON mc.material_id = NEW.material_id"
    " JOIN {t:casework_case} c ON c.id = mc.case_id ORDER BY c.id"
)


def latest_wish(case: str) -> str:
    """Return the SQL of `w` being the latest wish of the case under this alias."""
    return (
        f"w.case_id = {case}.id AND w.number ="
        f" (SELECT MAX(v.number) FROM {{t:casework_wish}} v WHERE v.case_id = {case}.id)"
    )


def wishes_silence(case: str) -> str:
    """Return the SQL of the latest known wish of the case under this alias being silence or delay."""
    return f"EXISTS (SELECT 1 FROM {{t:casework_wish}} w WHERE {latest_wish(case)} AND w.wants = 'silence')"


def held(case: str) -> str:
    """Return the SQL of a hold that stands over the case under this alias: its own, its group's, its State's, the office's."""
    return (
        "EXISTS (SELECT 1 FROM {t:safety_hold} h WHERE h.lifted_at IS NULL AND (h.ends_at IS NULL OR h.ends_at > {now})"
        f" AND (h.scope = 'office' OR (h.scope = 'case' AND h.case_id = {case}.id)"
        f" OR (h.scope = 'country' AND h.country = {case}.country) OR (h.scope = 'group' AND h.group_id = {case}.group_id)))"
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
