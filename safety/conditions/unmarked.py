"""Columns that a condition reads and no mark covers, each with why that is safe. A test walks the SQL and this list.

A column that is on neither side makes `tests/gate/test_marks_cover_the_gate.py` fail: cover it by the mark of its row,
or say here why nobody gains by changing it.
"""

FINGERPRINT = "a MAC itself; the mark, the review and the clearance bind it again"
BOUND_BY_CLEARANCE = "the clearance and the review bind the list of uses and the cases, and are compared with it"
COUNTED = "counted by the database; review, clearance and dispatch bind the number together with the MAC of the text"
THE_ROW_ITSELF = "of the dispatch whose copy is made; its text and mark are compared before anything leaves"
AGE_STANDS = (
    "the database refuses every change; it bounds people, and what one person sends carries their key and its own mark"
)
ROLE_OPENS = (
    "a role is what lets anybody write at all: whoever writes one by SQL gains nothing that its rights did not give"
)

WHY_NO_MARK = {
    **dict.fromkeys(("accounts_user.id", "accounts_user.joined_at", "accounts_user.is_founder"), AGE_STANDS),
    **{
        f"casework_membership.{column}": ROLE_OPENS
        for column in ("user_id", "granted_by_id", "granted_at", "is_opening", "seconded_at", "until", "ended_at")
    },
    "casework_case.protected_revision": "counted upwards by the database alone; another number only asks for a new scan",
    "casework_claimitem.claim_id": "the mark of the claim binds the items that it names",
    "casework_claimitem.item": "the mark of the claim binds the items that it names",
    "materials_material.revision": COUNTED,
    "materials_material.mac": FINGERPRINT,
    "materials_materialcase.material_id": BOUND_BY_CLEARANCE,
    "materials_materialcase.case_id": BOUND_BY_CLEARANCE,
    "materials_materialclaim.material_id": BOUND_BY_CLEARANCE,
    "materials_materialclaim.revision": BOUND_BY_CLEARANCE,
    "materials_materialclaim.claim_id": BOUND_BY_CLEARANCE,
    "materials_materialclaim.printed_as": BOUND_BY_CLEARANCE,
    "materials_materialitem.material_id": BOUND_BY_CLEARANCE,
    "materials_materialitem.revision": BOUND_BY_CLEARANCE,
    "materials_materialitem.case_id": BOUND_BY_CLEARANCE,
    "materials_materialitem.contact_id": BOUND_BY_CLEARANCE,
    "materials_materialitem.item": BOUND_BY_CLEARANCE,
    "materials_dispatch.mac": THE_ROW_ITSELF,
}
