"""What the database keeps of packets: consent only shrinks, claims and sources stay, a right comes from a role."""

from casework.access.roles import RIGHTS
from casework.models import (
    Ask,
    Charge,
    Citation,
    Claim,
    Contact,
    Demand,
    Detention,
    Name,
    PacketAnswer,
    Person,
    Place,
    RightImplicated,
    Source,
    TimelineEvent,
)
from sealing import triggers
from sealing.triggers import Clause, Trigger

CONSENT, GRANT, MEMBER, RIGHT = (
    "casework_consent",
    "casework_consentgrant",
    "casework_membership",
    "casework_caseuserobjectpermission",
)
CHANGING_ROWS = (
    Ask, Charge, Citation, Claim, Contact, Demand, Detention, Name, PacketAnswer, Person, Place, RightImplicated, Source, TimelineEvent
)  # fmt: skip
WITHIN = (
    ("casework_citation", "claim_id", "casework_claim"),
    ("casework_citation", "source_id", "casework_source"),
    ("casework_timelineevent", "claim_id", "casework_claim"),
    ("casework_ask", "demand_id", "casework_demand"),
    ("casework_place", "detention_id", "casework_detention"),
    ("casework_charge", "detention_id", "casework_detention"),
    ("casework_name", "person_id", "casework_person"),
    (CONSENT, "subject_contact_id", "casework_contact"),
)
IN_FORCE = (
    f"FROM {{t:{MEMBER}}} m WHERE m.case_id = NEW.content_object_id AND m.user_id = NEW.user_id AND m.ended_at IS NULL"
    " AND (m.granted_by_id <> m.user_id OR m.is_opening OR m.seconded_by_id IS NOT NULL)"
)
ALLOWS = "{0}.status NOT IN ('CS_REFUSED', 'CS_DISPUTED')".format
NEWER_ANSWER = (
    f"EXISTS (SELECT 1 FROM {{t:{CONSENT}}} k WHERE k.case_id = OLD.case_id AND k.subject = OLD.subject AND k.giver = OLD.giver"
    " AND k.id <> OLD.id AND k.status <> 'CS_ASKED' AND k.created_at > OLD.created_at)"
)
NEWER_GRANT = (
    f"EXISTS (SELECT 1 FROM {{t:{CONSENT}}} o JOIN {{t:{CONSENT}}} k ON k.case_id = o.case_id AND k.subject = o.subject AND k.giver = o.giver"
    f" AND k.id <> o.id AND k.status <> 'CS_ASKED' AND k.created_at > o.created_at JOIN {{t:{GRANT}}} g ON g.consent_id = k.id"
    " WHERE o.id = OLD.consent_id AND g.item = OLD.item AND g.audience = OLD.audience)"
)
first = "OLD.{0} IS NULL".format


def ledger_triggers() -> list[Trigger]:
    """Return what holds the ledger: an allowance only shrinks, and a refusal gives way only to a newer answer of its giver."""
    of_grant = f"EXISTS (SELECT 1 FROM {{t:{CONSENT}}} o WHERE o.id = OLD.consent_id AND {ALLOWS('o')})"
    shorter = f"NEW.until_at < OLD.until_at AND ({ALLOWS('OLD')} OR {NEWER_ANSWER})"
    withdrawn = Clause(
        "consent-withdrawn",
        f"EXISTS (SELECT 1 FROM {{t:{CONSENT}}} k WHERE k.id = NEW.consent_id AND k.withdrawn_at IS NULL)",
    )
    return [
        *triggers.only_these_columns_change(
            CONSENT,
            name="a_consent_only_shrinks",
            columns={
                "withdrawn_at": f"OLD.withdrawn_at IS NULL AND ({ALLOWS('OLD')} OR {NEWER_ANSWER})",
                "until_at": shorter,
                "seconded_by_id": first("seconded_by_id"),
                "proof": "1 = 1",
                "pressure": "1 = 1",
                "version": "NEW.version > OLD.version",
            },
        ),
        *triggers.never_deleted(CONSENT, name="a_consent_is_never_deleted"),
        Trigger("nothing_is_granted_after_a_withdrawal", GRANT, "INSERT", (withdrawn,)),
        *triggers.only_these_columns_change(
            GRANT,
            name="a_grant_only_ends",
            columns={"ended_at": f"OLD.ended_at IS NULL AND ({of_grant} OR {NEWER_GRANT})"},
        ),
        *triggers.never_deleted(GRANT, name="a_grant_is_never_deleted"),
        *triggers.append_only("casework_wish", name="wishes_are_append_only"),
        *triggers.append_only("casework_familytold", name="what_the_family_was_told_is_append_only"),
    ]


def evidence() -> list[Trigger]:
    """Return what holds the facts: rows stay in their case, and a claim or source is marked as removed, never deleted."""
    stays = Clause("moved-to-another-case", "NEW.case_id = OLD.case_id")
    keeps = Clause("moved-to-another-claim", "NEW.claim_id = OLD.claim_id")
    numbered = Clause("number-changed", "NEW.number = OLD.number")
    tables = [model._meta.db_table for model in CHANGING_ROWS]
    return [
        *(Trigger(f"a_row_of_{table[9:]}_stays_in_its_case", table, "UPDATE OF case_id", (stays,)) for table in tables),
        *(t for table, column, other in WITHIN for t in same_case_triggers(table, column, other)),
        Trigger("an_item_stays_with_its_claim", "casework_claimitem", "UPDATE OF claim_id", (keeps,)),
        Trigger("a_citation_stays_with_its_claim", "casework_citation", "UPDATE OF claim_id", (keeps,)),
        Trigger("a_claim_keeps_its_number", "casework_claim", "UPDATE OF number", (numbered,)),
        *triggers.never_deleted("casework_claim", name="a_claim_is_never_deleted"),
        *triggers.never_deleted("casework_source", name="a_source_is_never_deleted"),
    ]


def same_case_triggers(table: str, column: str, other: str) -> list[Trigger]:
    """Return the triggers that let a row point at rows of its own case alone."""
    holds = f"NEW.{column} IS NULL OR EXISTS (SELECT 1 FROM {{t:{other}}} o WHERE o.id = NEW.{column} AND o.case_id = NEW.case_id)"
    name, clauses = f"{table[9:]}_and_{other[9:]}_are_of_one_case", (Clause("of-another-case", holds),)
    return [Trigger(name, table, "INSERT", clauses), Trigger(f"{name}_still", table, f"UPDATE OF {column}", clauses)]


def rights_triggers() -> list[Trigger]:
    """Return what holds the rights: each comes from a role in force that gives it, and roles are ended, never rewritten."""
    given = " OR ".join(
        f"(m.role = '{role}' AND p.codename IN ({literals(rights)}))" for role, rights in RIGHTS.items() if rights
    )
    of_role = f"EXISTS (SELECT 1 {IN_FORCE} AND EXISTS (SELECT 1 FROM {{t:auth_permission}} p WHERE p.id = NEW.permission_id AND ({given})))"
    opener = "NOT NEW.is_opening OR EXISTS (SELECT 1 FROM {t:casework_case} c WHERE c.id = NEW.case_id AND c.opened_by_id = NEW.user_id)"
    return [
        Trigger(
            "a_right_on_a_case_comes_from_a_role",
            RIGHT,
            "INSERT",
            (Clause("no-role-in-force", f"EXISTS (SELECT 1 {IN_FORCE})"), Clause("not-a-right-of-the-role", of_role)),
        ),
        *triggers.only_these_columns_change(RIGHT, name="a_right_is_given_or_taken_never_moved", columns={}),
        Trigger("only_the_opener_opens", MEMBER, "INSERT", (Clause("not-the-opener", opener),)),
        *triggers.only_these_columns_change(
            MEMBER,
            name="a_role_on_a_case_is_only_seconded_or_ended",
            columns={
                **{column: first(column) for column in ("ended_at", "ended_by_id", "seconded_at", "seconded_by_id")},
                "until": "NEW.until IS NOT NULL AND (OLD.until IS NULL OR NEW.until < OLD.until)",
            },
        ),
        *triggers.never_deleted(MEMBER, name="a_role_on_a_case_is_never_deleted"),
        Trigger(
            "a_case_keeps_its_opener",
            "casework_case",
            "UPDATE OF opened_by_id",
            (Clause("another-opener", "NEW.opened_by_id = OLD.opened_by_id"),),
        ),
    ]


def literals(codes: frozenset[str]) -> str:
    """Return codes of ours as a list of SQL literals."""
    return ", ".join(f"'{code}'" for code in sorted(codes))


for trigger in [*ledger_triggers(), *evidence(), *rights_triggers()]:
    triggers.register(trigger)
