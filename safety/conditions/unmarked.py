"""Columns that a condition reads and no mark covers, each with why that is safe. A test walks the SQL and this list.

A column that is on neither side makes `tests/gate/test_marks_cover_the_gate.py` fail: cover it by the mark of its row,
or say here why nobody gains by changing it.
"""

FINGERPRINT = "a MAC itself; the mark, the review and the clearance bind it again"
BOUND_BY_CLEARANCE = "the clearance and the review bind the list of uses and the cases, and are compared with it"
COUNTED = "counted by the database; review, clearance and dispatch bind the number together with the MAC of the text"
THE_ROW_ITSELF = "of the dispatch whose copy is made; its text and mark are compared before anything leaves"

WHY_NO_MARK = {
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
