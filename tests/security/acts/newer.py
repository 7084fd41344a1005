"""Acts that ask by more than one word: closing the last who confirm, marking anew, papers by their number.

Each is called directly by each wrong person in the tests of its own file, which its row names; `equivalents.py` names
the same file for each of its questions.
"""

from tests.security.acts.record import Act, part, reads

MARKING = "safety.actions.marking"
KEEPING = "accounts.actions.keeping_open"
MARK_ANEW = "safety.management.commands.mark_anew"
WALKED_MARKS = "it asks; tests/safety/test_mark_anew.py calls it as each wrong person"
WALKED_OFFICE = "it asks; tests/accounts/test_nobody_shuts_the_office.py calls it as each wrong person"
WAS_ASKED = "whoever may do so was asked before"

ACTS = (Act("casework.actions.cases.draw_codename", lambda w: {"case": w.case}, all_of=("change_case",)),)
UNASKED = (
    *reads(
        "it is the question itself",
        "accounts.actions.closing.who_may_close",
        "accounts.actions.closing.why_not_close",
        "accounts.actions.roles.why_not_end",
        "accounts.actions.joining.address_is_taken",
        f"{KEEPING}.why_not_finish",
        "materials.actions.papers.may_open",
        f"{MARKING}.may_know",
        f"{MARKING}.is_as_shown",
        f"{MARKING}.cases_behind",
        f"{MARKING}.waiting",
        f"{MARKING}.shown",
    ),
    *reads("it writes nothing", "accounts.actions.four_eyes.verb_of"),
    part(WAS_ASKED, "accounts.actions.closing.close_account", "accounts.actions.closing", "accounts.actions.four_eyes"),
    part(WAS_ASKED, "accounts.actions.roles.end_held_role", "accounts.actions.roles", "accounts.actions.four_eyes"),
    part(WAS_ASKED, "accounts.actions.four_eyes.propose", "accounts.actions.four_eyes", KEEPING),
    part(WAS_ASKED, "accounts.actions.four_eyes.notify_of", "accounts.actions.four_eyes", KEEPING),
    part(WALKED_OFFICE, f"{KEEPING}.propose_deactivation", "accounts.views.office"),
    part(WALKED_OFFICE, f"{KEEPING}.propose_role_end", "accounts.views.office"),
    part(WALKED_OFFICE, f"{KEEPING}.finish_alone", "accounts.views.office", "accounts.management.commands.finish_act"),
    part(WALKED_OFFICE, f"{KEEPING}.propose_recovery", "accounts.management.commands.recover_office"),
    part(WALKED_MARKS, f"{MARKING}.propose_mark", MARK_ANEW),
    part(WALKED_MARKS, f"{MARKING}.second_mark", MARK_ANEW),
    part(WALKED_MARKS, f"{MARKING}.finish_mark", MARK_ANEW),
    part(WALKED_MARKS, f"{MARKING}.withdraw_mark", MARK_ANEW),
    part(
        "it asks for the number and who may see; tests/materials/test_paper_numbers.py calls it as a stranger",
        "materials.actions.papers.find",
        "materials.views.papers",
    ),
)
