"""Columns that no mark covers, each with why that is safe: those that a condition reads, and those of marked rows.

A column that is on neither side makes `tests/gate/test_marks_cover_the_gate.py` fail: cover it by the mark of its row,
or say here why nobody gains by changing it. A sealed column needs no line: nobody writes one without its key, and the
mark covers whether it is empty where that counts.
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

IN_THE_TRAIL = "who entered or removed a fact, and when: the trail says it too, under a chain of its own; no signature"
A_FACT = "a fact for those on the case; no condition reads it, and what is printed of a fact is frozen with the text"
SOURCES_OF_A_FACT = "which claim a fact of ours bears in a text that is composed later; what was signed holds its marks"
HOW_IT_IS_KEPT = "how the row is kept and found, shown as no word of anybody"
WHERE_A_TEXT_STANDS = "where a text stands on its way; nothing leaves by it, only by a dispatch whose chain is whole"

# Of rows that carry a mark: `column` for every table, or `table.column`.
WHY_OUTSIDE_THE_MARK = {
    "version": "tells two people who edit at once apart, and nothing else",
    "casework_case.reference": HOW_IT_IS_KEPT,
    "casework_case.codename": HOW_IT_IS_KEPT,
    "casework_case.year_detained": HOW_IT_IS_KEPT,
    "casework_case.import_tag": HOW_IT_IS_KEPT,
    "casework_case.protected_revision": WHY_NO_MARK["casework_case.protected_revision"],
    "casework_case.status_on": A_FACT,
    "casework_case.lead": "who looks after the case: a membership of the case gives the rights, not this column",
    "casework_case.opened_by": IN_THE_TRAIL,
    "casework_case.opened_at": IN_THE_TRAIL,
    **{
        f"casework_{table}.{column}": IN_THE_TRAIL
        for table in (
            "demand",
            "ask",
            "person",
            "name",
            "detention",
            "place",
            "charge",
            "source",
            "claim",
            "citation",
            "translation",
        )
        for column in ("created_at", "created_by", "removed_by")
    },
    "casework_demand.is_lead": "which demand stands first; what is printed, and in which order, is frozen with the text",
    "casework_demand.rank": "which demand stands first; what is printed, and in which order, is frozen with the text",
    "casework_detention.arrest_claim": SOURCES_OF_A_FACT,
    "casework_place.claim": SOURCES_OF_A_FACT,
    **{f"casework_charge.{stage}_claim": SOURCES_OF_A_FACT for stage in ("charge", "trial", "sentence")},
    "casework_detention.acknowledged": A_FACT,
    "casework_detention.basis_kind": A_FACT,
    "casework_detention.counsel": A_FACT,
    "casework_detention.contact_allowed": A_FACT,
    "casework_source.kind": A_FACT,
    "casework_source.is_general": A_FACT,
    "casework_translation.translated_at": IN_THE_TRAIL,
    "casework_claim.number": HOW_IT_IS_KEPT,
    "materials_material.mac": FINGERPRINT,
    "materials_material.language": "part of the MAC of the text, which review, clearance and dispatch bind",
    "materials_material.uses_digest": "a digest of the uses; the MAC of the uses in review and clearance is what counts",
    "materials_material.revision": COUNTED,
    "materials_material.status": WHERE_A_TEXT_STANDS,
    "materials_material.created_at": WHERE_A_TEXT_STANDS,
    "materials_material.edited_at": WHERE_A_TEXT_STANDS,
    "materials_material.sent_to_review_at": WHERE_A_TEXT_STANDS,
    "materials_material.is_stale": WHERE_A_TEXT_STANDS,
    "materials_dispatch.mac": THE_ROW_ITSELF,
    "materials_dispatch.dispatched_at": "claimed by one UPDATE when it leaves; its trigger lets it be set once, to now",
}
