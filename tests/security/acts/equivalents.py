"""Questions that the table does not miss when they are taken out one at a time: what asks the same, or which test holds it."""

AGAIN = "the verbs that it calls ask for the same right before they write"
SCANS_FIRST = "its decorator asks for the same right before the scan"

# By how a question begins, as `mutants.Site` writes it.
ASKED_ELSEWHERE = {
    "advocacy.actions.sending.send: locked(": SCANS_FIRST,
    "materials.actions.dispatches.dispatch: locked(": SCANS_FIRST,
    "materials.actions.public_pages.publish: locked(": SCANS_FIRST,
    "materials.actions.reviews.sign: locked(": SCANS_FIRST,
    "casework.actions.evidence.add_claim: require(": AGAIN,
    "casework.actions.evidence.change_claim: require(": AGAIN,
    "materials.actions.dispatches.frozen: _require_dispatch(": AGAIN,
    "safety.actions.holds.lift_hold: _locked(": "it asks for the right to lift next, of which nobody has less than a role",
    "materials.leaving.scanning.scans_first: not isinstance(actor": "it is of the kind of person, after the right",
}
HELD_BY = {
    "materials.actions.dispatches.through_the_gate: clearance is None": "tests/gate/test_verbs.py",
    "materials.actions.exceptions.sign_exception: (any((row.reviewer_id": "tests/materials/test_critical_exception.py",
    "safety.actions.assessments.write_assessment: *why_not_against_facts": "tests/safety/test_what_the_packet_knows.py",
    "safety.actions.drafts._join: (actor.pk not in": "tests/safety/test_two_in_turn.py",
    "safety.actions.holds.ask_to_lift: (is_asked": "tests/safety/test_hold.py",
    "safety.actions.second_sets.give_second_set: (row.second_sets": "tests/safety/test_answers_unseen.py",
}
EXCUSED = (*ASKED_ELSEWHERE, *HELD_BY)
