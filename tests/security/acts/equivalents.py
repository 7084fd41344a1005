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
    "accounts.actions.four_eyes.withdraw_act: (is_own and act.is_recov": "tests/accounts/test_nobody_shuts_the_office.py",
    "accounts.actions.keeping_open.propose_deactivation: *who_may_close(": "tests/accounts/test_nobody_shuts_the_office.py",
    "accounts.actions.keeping_open.propose_role_end: (not holds(actor, Office": "tests/accounts/test_nobody_shuts_the_office.py",
    "accounts.actions.keeping_open.propose_recovery: (not holds(actor, *PROPO": "tests/accounts/test_nobody_shuts_the_office.py",
    "accounts.actions.keeping_open.propose_recovery: (actor.pk == person.pk a": "tests/accounts/test_nobody_shuts_the_office.py",
    "accounts.actions.keeping_open.finish_alone: *why_not_finish(actor=ac": "tests/accounts/test_nobody_shuts_the_office.py",
    "accounts.actions.keeping_open.why_not_finish: (not holds(actor, *roles": "tests/accounts/test_nobody_shuts_the_office.py",
    "accounts.actions.keeping_open.why_not_finish: (actor.pk == act.benefic": "tests/accounts/test_nobody_shuts_the_office.py",
    "casework.actions.consent.second_consent: not actor.is_founder and": "tests/advocacy/test_lone_notices.py",
    "safety.actions.marking.propose_mark: _locked(row)": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.propose_mark: *_who_may(actor, row)": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.second_mark: _locked(row)": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.second_mark: *_who_may(actor, row)": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.second_mark: (actor.pk == act.propose": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.second_mark: *_why_not_second(actor, ": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.finish_mark: _locked(row)": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.finish_mark: *_who_may(actor, row)": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.finish_mark: (actor.pk not in {act.pr": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.withdraw_mark: _locked(row)": "tests/safety/test_mark_anew.py",
    "safety.actions.marking.withdraw_mark: *_who_may(actor, row)": "tests/safety/test_mark_anew.py",
    "safety.actions.marking._who_may: (not holds(actor, *PROPO": "tests/safety/test_mark_anew.py",
    "safety.actions.marking._who_may: (not may_know(actor, row": "tests/safety/test_mark_anew.py",
    "safety.actions.marking._why_not_second: (not holds(actor, *SECON": "tests/safety/test_mark_anew.py",
    "safety.actions.marking._why_not_second: (bool(found), found[0] i": "tests/safety/test_mark_anew.py",
    "safety.actions.marking._why_not_second: (not all((may(actor, ": "tests/safety/test_mark_anew.py",
}
EXCUSED = (*ASKED_ELSEWHERE, *HELD_BY)
