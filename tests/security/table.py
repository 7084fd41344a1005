"""Every address with what each person is answered. Columns are the persons of world.PERSONS, in this order:

stranger, sam (on another case), reader, coordinator, reviewer, outside reviewer, auditor, administrator, and a
superuser to whom nothing was granted. Letters are those of asking.LETTERS. A POST carries a form without an answer.
"""

from dataclasses import dataclass

# The auditor's pages name a case by its reference, and nothing else of it.
SHOWS_REFERENCE_TO = {("auditor", "audit:entries")}
# An outside reviewer may hold the case from one page, which therefore says which case it is.
SHOWS_CASE_TO = {("outside", "safety:hold"), ("outside", "safety:ask_lift")}

# What is printed to leave carries no codename; one finding is judged apart from its case.
WITHOUT_CODENAME = {"advocacy:copy_print", "advocacy:material_print", "advocacy:pass_finding"}


@dataclass(frozen=True)
class Row:
    """One address: its name, the answers to reading and to writing, and what its path is made of."""

    name: str
    get: str
    post: str
    parts: tuple[str, ...] = ()

    @property
    def is_of_the_case(self) -> bool:
        """Say whether the page belongs to a case: a tab, a row, a material."""
        return bool({"ref", "material", "page_material", "notice_material", "copy"} & set(self.parts))

    @property
    def is_a_row_of_the_case(self) -> bool:
        """Say whether the path names a case and a row in it."""
        return "ref" in self.parts and len(self.parts) > 1 and "field" not in self.parts


ROWS = (
    Row("source", "ooooooooo", "mmmmmmmmm"),
    Row("account_login", "odddddddd", "odddddddd"),
    Row("mfa_authenticate", "ddddddddd", "ddddddddd"),
    Row("account_inactive", "ooooooooo", "mmmmmmmmm"),
    Row("account_logout", "doooooooo", "ddddddddd"),
    Row("account_change_password", "ioooooooo", "ioooooooo"),
    Row("accounts:accept_invitation", "ggggggggg", "ggggggggg"),
    Row("accounts:invitation", "ddddddddd", "ddddddddd", ("token",)),
    Row("accounts:me", "ioooooooo", "ioooooooo"),
    Row("accounts:sessions", "ioooooooo", "idddddddd"),
    Row("accounts:notices", "ioooooooo", "idddddddd"),
    Row("accounts:factor", "ioooooooo", "ioooooooo"),
    Row("accounts:recovery_codes", "ioooooooo", "ioooooooo"),
    Row("accounts:new_recovery_codes", "immmmmmmm", "idddddddd"),
    Row("accounts:prove_again", "ioooooooo", "ioooooooo"),
    Row("accounts:draft", "innonnnnn", "innonnnnn", ("draft",)),
    Row("accounts:delete_draft", "immmmmmmm", "inndnnnnn", ("draft",)),
    Row("accounts:people", "innnnnnon", "innnnnnon"),
    Row("accounts:invite", "innnnnnon", "innnnnnon"),
    Row("accounts:person", "innnnnnon", "innnnnnon", ("person",)),
    Row("accounts:give_role", "innnnnnmn", "innnnnndn", ("person",)),
    Row("accounts:reset", "innnnnnmn", "innnnnndn", ("person",)),
    Row("accounts:close", "innnnnnmn", "innnnnndn", ("person",)),
    Row("accounts:reopen", "innnnnnmn", "innnnnnrn", ("person",)),
    Row("accounts:end_role", "innnnnnmn", "innnnnndn", ("role",)),
    Row("accounts:withdraw_invitation", "innnnnnmn", "innnnnndn", ("invitation",)),
    Row("accounts:acts", "innnonnon", "innnonnon"),
    Row("accounts:act", "innnonnon", "innndnnrn", ("act",)),
    Row("accounts:withdraw_act", "innnmnnmn", "innndnndn", ("act",)),
    Row("audit:entries", "innnnnonn", "immmmmmmm"),
    Row("casework:help", "ioooooooo", "immmmmmmm"),
    Row("casework:cases", "ioooooooo", "immmmmmmm"),
    Row("casework:search", "immmmmmmm", "idddddddd"),
    Row("casework:open_case", "ioooooooo", "irrrrrrrr"),
    Row("casework:claims", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("casework:add_claim", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:claim", "inooonnnn", "immmmmmmm", ("ref", "claim")),
    Row("casework:change_claim", "infofnnnn", "infrfnnnn", ("ref", "claim")),
    Row("casework:verify_claim", "infofnnnn", "infrfnnnn", ("ref", "claim")),
    Row("casework:add_citation", "infofnnnn", "infrfnnnn", ("ref", "claim")),
    Row("casework:change_citation", "infofnnnn", "infrfnnnn", ("ref", "citation")),
    Row("casework:sources", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("casework:add_source", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:source", "inooonnnn", "immmmmmmm", ("ref", "source")),
    Row("casework:change_source", "infofnnnn", "infrfnnnn", ("ref", "source")),
    Row("casework:source_identity", "infoonnnn", "infrfnnnn", ("ref", "source")),
    Row("casework:asks", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("casework:add_ask", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:change_ask", "infofnnnn", "infrfnnnn", ("ref", "ask")),
    Row("casework:add_demand", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:change_demand", "infofnnnn", "infrfnnnn", ("ref", "demand")),
    Row("casework:rights", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("casework:add_right", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:change_right", "infofnnnn", "infrfnnnn", ("ref", "right")),
    Row("casework:timeline", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("casework:add_event", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:change_event", "infofnnnn", "infrfnnnn", ("ref", "event")),
    Row("casework:consents", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("casework:add_consent", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:presume_consent", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:add_wish", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:consent", "inooonnnn", "immmmmmmm", ("ref", "consent")),
    Row("casework:second_consent", "infoonnnn", "infrrnnnn", ("ref", "consent")),
    Row("casework:withdraw_consent", "infofnnnn", "infdfnnnn", ("ref", "consent")),
    Row("casework:shorten_consent", "infofnnnn", "infrfnnnn", ("ref", "consent")),
    Row("casework:narrow_consent", "infofnnnn", "infrfnnnn", ("ref", "consent")),
    Row("casework:note_pressure", "infofnnnn", "infdfnnnn", ("ref", "consent")),
    Row("casework:case", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("casework:change_case", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:identity", "infoonnnn", "immmmmmmm", ("ref",)),
    Row("casework:change_identity", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:contacts", "infoonnnn", "immmmmmmm", ("ref",)),
    Row("casework:add_contact", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:contact", "infoonnnn", "immmmmmmm", ("ref", "contact")),
    Row("casework:change_contact", "infofnnnn", "infrfnnnn", ("ref", "contact")),
    Row("casework:add_detention", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:change_detention", "infofnnnn", "infrfnnnn", ("ref", "detention")),
    Row("casework:add_place", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:change_place", "infofnnnn", "infrfnnnn", ("ref", "place")),
    Row("casework:add_charge", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:change_charge", "infofnnnn", "infrfnnnn", ("ref", "charge")),
    Row("casework:answer", "infofnnnn", "infrfnnnn", ("ref", "field")),
    Row("casework:access", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("casework:add_member", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("casework:second_member", "infoonnnn", "infddnnnn", ("ref", "member")),
    Row("casework:end_member", "inoofnnnn", "inddfnnnn", ("ref", "member")),
    Row("casework:activity", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("casework:remove", "immmmmmmm", "infdfnnnn", ("ref", "kind", "claim")),
    Row("casework:undo", "immmmmmmm", "infdfnnnn", ("ref", "kind", "claim")),
    Row("safety:safety", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("safety:assess", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("safety:posture", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("safety:trigger", "inooonnnn", "inrrrnnnn", ("ref",)),
    Row("safety:happening", "inooonnnn", "immmmmmmm", ("ref", "happening")),
    Row("safety:assessment", "inooonnnn", "immmmmmmm", ("ref", "assessment")),
    Row("safety:sign_assessment", "inffonnnn", "inffrnnnn", ("ref", "assessment")),
    Row("safety:send_back_assessment", "immmmmmmm", "inffrnnnn", ("ref", "assessment")),
    Row("safety:end_assessment", "immmmmmmm", "infrrnnnn", ("ref", "assessment")),
    Row("safety:hold", "inoooonnn", "inrrrrnnn", ("ref",)),
    Row("safety:confirm_hold", "immmmmmmm", "inddddnnn", ("ref", "hold")),
    Row("safety:ask_lift", "immmmmmmm", "inrrrrnnn", ("ref", "hold")),
    Row("safety:lift", "inffrnnnn", "inffrnnnn", ("ref", "hold")),
    Row("safety:office_safety", "innnnnnnn", "innnnnnnn"),
    Row("advocacy:today", "ioooooooo", "immmmmmmm"),
    Row("advocacy:notices", "ioooooooo", "immmmmmmm"),
    Row("advocacy:read_all_notices", "immmmmmmm", "idddddddd"),
    Row("advocacy:read_notice", "immmmmmmm", "inndnnnnn", ("notice",)),
    Row("advocacy:plan", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("advocacy:plan_new", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("advocacy:plan_move", "infofnnnn", "infrfnnnn", ("ref", "plan")),
    Row("advocacy:plan_end", "infofnnnn", "infdfnnnn", ("ref", "plan")),
    Row("advocacy:milestone", "inooonnnn", "immmmmmmm", ("ref", "step")),
    Row("advocacy:undo_milestone", "immmmmmmm", "infdfnnnn", ("ref", "step")),
    Row("advocacy:complete_milestone", "infdfnnnn", "infrfnnnn", ("ref", "step")),
    Row("advocacy:move_milestone", "infdfnnnn", "infrfnnnn", ("ref", "step")),
    Row("advocacy:assign_milestone", "infdfnnnn", "infrfnnnn", ("ref", "step")),
    Row("advocacy:note_milestone", "infdfnnnn", "infrfnnnn", ("ref", "step")),
    Row("advocacy:drop_milestone", "infdfnnnn", "infrfnnnn", ("ref", "step")),
    Row("advocacy:materials", "inooonnnn", "immmmmmmm", ("ref",)),
    Row("advocacy:material_new", "infofnnnn", "infrfnnnn", ("ref",)),
    Row("advocacy:material", "inooonnnn", "immmmmmmm", ("material",)),
    Row("advocacy:material_edit", "infofnnnn", "infrfnnnn", ("material",)),
    Row("advocacy:compose_again", "infofnnnn", "infdfnnnn", ("material",)),
    Row("advocacy:still_right", "immmmmmmm", "infdfnnnn", ("material",)),
    Row("advocacy:send_to_review", "immmmmmmm", "infdfnnnn", ("material",)),
    Row("advocacy:take_back", "immmmmmmm", "infdfnnnn", ("material",)),
    Row("advocacy:material_print", "innoonnnn", "immmmmmmm", ("material",)),
    Row("advocacy:dispatch", "infofnnnn", "infrfnnnn", ("material",)),
    Row("advocacy:publish", "innofnnnn", "innrfnnnn", ("page_material",)),
    Row("advocacy:exception", "inooonnnn", "infrfnnnn", ("material",)),
    Row("advocacy:sign_exception", "inffonnnn", "inffrnnnn", ("material",)),
    Row("advocacy:end_exception", "immmmmmmm", "infddnnnn", ("material",)),
    Row("advocacy:take_down", "immmmmmmm", "inndfnnnn", ("page_material",)),
    Row("advocacy:reviews", "ioooooooo", "immmmmmmm"),
    Row("advocacy:review", "infoonnnn", "immmmmmmm", ("material",)),
    Row("advocacy:sign", "inffonnnn", "inffrnnnn", ("material",)),
    Row("advocacy:send_back", "immmmmmmm", "inffrnnnn", ("material",)),
    Row("advocacy:read_for_names", "immmmmmmm", "inffdnnnn", ("material",)),
    Row("advocacy:revoke", "immmmmmmm", "inffdnnnn", ("material",)),
    Row("advocacy:pass_finding", "inffonnnn", "inffrnnnn", ("material", "finding")),
    Row("advocacy:copy", "innonnnnn", "immmmmmmm", ("copy",)),
    Row("advocacy:send_copy", "immmmmmmm", "inndnnnnn", ("copy",)),
    Row("advocacy:copy_pdf", "inndnnnnn", "immmmmmmm", ("copy",)),
    Row("advocacy:copy_print", "innonnnnn", "immmmmmmm", ("copy",)),
    Row("advocacy:job", "innonnnnn", "immmmmmmm", ("job",)),
    Row("advocacy:stop_job", "immmmmmmm", "inndnnnnn", ("job",)),
    Row("advocacy:public_page", "ooooooooo", "mmmmmmmmm", ("address",)),
    Row("advocacy:urgent", "ioooofooo", "irrrrfrrr"),
    Row("advocacy:urgent_notice", "innoonnnn", "immmmmmmm", ("notice_material",)),
    Row("advocacy:urgent_send", "immmmmmmm", "infdfnnnn", ("notice_material",)),
    Row("advocacy:urgent_sent", "infdfnnnn", "immmmmmmm", ("notice_material",)),
    Row("advocacy:urgent_call", "immmmmmmm", "infrfnnnn", ("notice_material",)),
    Row("advocacy:urgent_sign", "inffonnnn", "inffrnnnn", ("notice_material",)),
    Row("advocacy:urgent_agree", "immmmmmmm", "inffdnnnn", ("notice_material",)),
    Row("advocacy:urgent_look_back", "inffdnnnn", "inffdnnnn", ("notice_material",)),
    Row("advocacy:recipients", "ioooonooo", "immmmmmmm"),
    Row("advocacy:recipient_enter", "iofoonfff", "irfrrnfff"),
    Row("advocacy:recipient_approve", "ioooonooo", "irrrdnrrr", ("recipient",)),
    Row("advocacy:recipient_end", "immmmmmmm", "iddddnddd", ("recipient",)),
)
