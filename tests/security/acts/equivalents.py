"""Questions that the table cannot miss when they are taken out one at a time: something else asks the same before a write."""

AGAIN = "the verbs that it calls ask for the same right before they write"
SCANS_FIRST = "its decorator asks for the same right before the scan"
FOUR_EYES = "the constraint of the row says it again, before it is written and in the database"

# By how a question begins, as `mutants.Site` writes it.
ASKED_ELSEWHERE = {
    "advocacy.actions.sending.send: locked(": SCANS_FIRST,
    "materials.actions.dispatches.dispatch: locked(": SCANS_FIRST,
    "materials.actions.public_pages.publish: locked(": SCANS_FIRST,
    "materials.actions.reviews.sign: locked(": SCANS_FIRST,
    "casework.actions.cases.open_case: (not may_open_cases(": AGAIN,
    "casework.actions.evidence.add_claim: require(": AGAIN,
    "casework.actions.evidence.change_claim: require(": AGAIN,
    "claims.actions.rows.save_claim_row: require(": AGAIN,
    "consents.actions.answers.save_answer: require(": AGAIN,
    "packet.actions.answers.answer_question: require(": AGAIN,
    "packet.actions.events.save_event: require(": AGAIN,
    "casework.actions.translations.sign: (bool(own)": FOUR_EYES,
    "materials.actions.dispatches.frozen: _require_dispatch(": AGAIN,
    "safety.actions.holds.lift_hold: _locked(": "it asks for the right to lift next, of which nobody has less than a role",
    "materials.leaving.scanning.scans_first: not isinstance(actor": "it is of the kind of person, after the right",
}
