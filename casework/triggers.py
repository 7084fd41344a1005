"""What the database keeps of packets: consent only shrinks, claims and sources stay, a right comes from a role."""

import datetime as dt
from collections.abc import Iterable

from accounts.roles import SIGNING_DELAY
from casework.access.own_rows import BROUGHT
from casework.access.roles import RIGHTS
from casework.consent_codes import (
    INSIDE_AUDIENCES,
    LAWYER_AUDIENCES,
    LAWYER_ITEMS,
    LONGEST,
    PUBLIC_AUDIENCES,
    SENSITIVE_ITEMS,
)
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
    Translation,
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
    Ask, Charge, Citation, Claim, Contact, Demand, Detention, Name, PacketAnswer, Person, Place, RightImplicated, Source, TimelineEvent, Translation
)  # fmt: skip
WITHIN = (
    ("casework_citation", "claim_id", "casework_claim"),
    ("casework_citation", "source_id", "casework_source"),
    ("casework_timelineevent", "claim_id", "casework_claim"),
    ("casework_detention", "arrest_claim_id", "casework_claim"),
    ("casework_place", "claim_id", "casework_claim"),
    *(("casework_charge", f"{stage}_claim_id", "casework_claim") for stage in ("charge", "trial", "sentence")),
    ("casework_ask", "demand_id", "casework_demand"),
    ("casework_place", "detention_id", "casework_detention"),
    ("casework_charge", "detention_id", "casework_detention"),
    ("casework_name", "person_id", "casework_person"),
    (CONSENT, "subject_contact_id", "casework_contact"),
)
# What the leak scan protects (safety.leaks.terms), and what it asks beside each: a scan knows how often these changed.
PROTECTED = {
    "casework_charge": ("case_number", "removed_at"),
    "casework_claim": ("number", "removed_at"),
    "casework_consent": ("giver", "giver_name", "removed_at"),
    "casework_contact": ("kind", "name", "other_names", "email", "address", "phone", "formless_in", "removed_at"),
    "casework_detention": ("taken_at", "removed_at"),
    "casework_name": ("kind", "value", "removed_at"),
    "casework_person": ("document_number", "residence", "formless_in", "removed_at"),
    "casework_place": ("place", "removed_at"),
    "casework_source": ("identity", "formless_in", "removed_at"),
}
IN_FORCE = (
    f"FROM {{t:{MEMBER}}} m WHERE m.case_id = NEW.content_object_id AND m.user_id = NEW.user_id AND m.ended_at IS NULL"
    " AND (m.granted_by_id <> m.user_id OR m.is_opening OR m.seconded_by_id IS NOT NULL)"
)
ALLOWS = "{0}.status NOT IN ('CS_REFUSED', 'CS_DISPUTED')".format
WITHIN_A_YEAR = Clause(
    "longer-than-a-year",
    sqlite=f"NEW.until_at <= strftime('%Y-%m-%d %H:%M:%f', 'now', '+{LONGEST.days} days') || '999'",
    postgresql=f"NEW.until_at <= clock_timestamp() + interval '{LONGEST.days} days'",
)
NEW_HERE_HOURS = SIGNING_DELAY // dt.timedelta(hours=1)
CAME_BEFORE = "EXISTS (SELECT 1 FROM {{t:accounts_user}} p WHERE p.id = NEW.seconded_by_id AND (p.joined_at <= {0} OR p.is_founder))"
HERE_FOR_A_DAY = Clause(
    "account-is-too-new",
    sqlite=CAME_BEFORE.format(f"strftime('%Y-%m-%d %H:%M:%f', 'now', '-{NEW_HERE_HOURS} hours')"),
    postgresql=CAME_BEFORE.format(f"clock_timestamp() - interval '{NEW_HERE_HOURS} hours'"),
)
first = "OLD.{0} IS NULL".format


def ledger_triggers() -> list[Trigger]:
    """Return what holds the ledger: an allowance only shrinks, a refusal stays as it is, and who may not give an item does not."""
    allowing = f"EXISTS (SELECT 1 FROM {{t:{CONSENT}}} o WHERE o.id = OLD.consent_id AND {ALLOWS('o')})"
    kept = "OLD.{0} IS NULL OR NEW.{0} IS NOT NULL".format
    withdrawn = Clause(
        "consent-withdrawn",
        f"EXISTS (SELECT 1 FROM {{t:{CONSENT}}} k WHERE k.id = NEW.consent_id AND k.withdrawn_at IS NULL)",
    )
    return [
        *triggers.only_these_columns_change(
            CONSENT,
            name="a_consent_only_shrinks",
            columns={
                "withdrawn_at": f"OLD.withdrawn_at IS NULL AND {ALLOWS('OLD')}",
                "until_at": f"NEW.until_at < OLD.until_at AND {ALLOWS('OLD')}",
                "seconded_by_id": first("seconded_by_id"),
                "proof": kept("proof"),
                "pressure": "1 = 1",
                "version": "NEW.version > OLD.version",
            },
        ),
        *triggers.never_deleted(CONSENT, name="a_consent_is_never_deleted"),
        Trigger("no_answer_is_kept_for_longer_than_a_year", CONSENT, "INSERT", (WITHIN_A_YEAR,)),
        *(
            Trigger(name, CONSENT, event, (HERE_FOR_A_DAY,), when="NEW.seconded_by_id IS NOT NULL")
            for name, event in (
                ("who_agrees_to_best_interest_has_been_here_a_day", "UPDATE OF seconded_by_id"),
                ("nobody_new_agrees_to_best_interest_from_the_start", "INSERT"),
            )
        ),
        Trigger("an_item_is_granted_by_who_may_give_it", GRANT, "INSERT", (withdrawn, *who_may_give())),
        *triggers.only_these_columns_change(
            GRANT, name="a_grant_only_ends", columns={"ended_at": f"OLD.ended_at IS NULL AND {allowing}"}
        ),
        *triggers.never_deleted(GRANT, name="a_grant_is_never_deleted"),
        *triggers.append_only("casework_wish", name="wishes_are_append_only"),
        *triggers.append_only("casework_familytold", name="what_the_family_was_told_is_append_only"),
    ]


def who_may_give() -> tuple[Clause, Clause]:
    """Return what casework.consent_codes says of proof and of a lawyer alone, for the answers that allow something."""
    public, sensitive = literals(PUBLIC_AUDIENCES), literals(SENSITIVE_ITEMS)
    asked = f"(NEW.audience IN ({public}) OR (NEW.item IN ({sensitive}) AND NEW.audience NOT IN ({literals(INSIDE_AUDIENCES)})))"
    lawyers = f"(NEW.item IN ({literals(LAWYER_ITEMS)}) AND NEW.audience IN ({literals(LAWYER_AUDIENCES)}))"
    answer = f"EXISTS (SELECT 1 FROM {{t:{CONSENT}}} k WHERE k.id = NEW.consent_id AND (k.status NOT IN ('CS_GIVEN', 'CS_LIMITED') OR"
    proven = (
        "(k.giver_name IS NOT NULL AND k.proof IS NOT NULL AND k.explained IS NOT NULL"
        " AND k.method <> '' AND k.language <> '')))"
    )
    return (
        Clause("given-without-name-or-proof", f"NOT {asked} OR {answer} {proven}"),
        Clause("not-for-a-lawyer-alone", f"{lawyers} OR {answer} k.giver <> 'CG_LAWYER'))"),
    )


def evidence() -> list[Trigger]:
    """Return what holds the facts: rows stay in their case, and a claim or source is marked as removed, never deleted."""
    stays = Clause("moved-to-another-case", "NEW.case_id = OLD.case_id")
    keeps = Clause("moved-to-another-claim", "NEW.claim_id = OLD.claim_id")
    numbered = Clause("number-changed", "NEW.number = OLD.number")
    author = Clause("another-author", "{same:created_by_id}")
    tables = [model._meta.db_table for model in CHANGING_ROWS]
    brought = [model._meta.db_table for model in BROUGHT]
    return [
        *(Trigger(f"a_row_of_{table[9:]}_stays_in_its_case", table, "UPDATE OF case_id", (stays,)) for table in tables),
        *(t for table, column, other in WITHIN for t in same_case_triggers(table, column, other)),
        *(
            Trigger(f"who_added_a_row_of_{table[9:]}_stays", table, "UPDATE OF created_by_id", (author,))
            for table in brought
        ),
        Trigger("an_item_stays_with_its_claim", "casework_claimitem", "UPDATE OF claim_id", (keeps,)),
        Trigger("a_citation_stays_with_its_claim", "casework_citation", "UPDATE OF claim_id", (keeps,)),
        Trigger("a_claim_keeps_its_number", "casework_claim", "UPDATE OF number", (numbered,)),
        *triggers.never_deleted("casework_claim", name="a_claim_is_never_deleted"),
        *triggers.never_deleted("casework_source", name="a_source_is_never_deleted"),
    ]


def same_case_triggers(table: str, column: str, other: str) -> list[Trigger]:
    """Return the triggers that let a row point at rows of its own case alone."""
    holds = f"NEW.{column} IS NULL OR EXISTS (SELECT 1 FROM {{t:{other}}} o WHERE o.id = NEW.{column} AND o.case_id = NEW.case_id)"
    name, clauses = f"{table[9:]}_and_{column.removesuffix('_id')}_are_of_one_case", (Clause("of-another-case", holds),)
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


def protected_words() -> list[Trigger]:
    """Return what counts, on the case, each change of what the leak scan protects; the count never falls."""
    counted = Clause("protected-words-fell", "NEW.protected_revision >= OLD.protected_revision")
    return [
        Trigger("protected_words_are_counted_upwards", "casework_case", "UPDATE OF protected_revision", (counted,)),
        *(
            trigger
            for table, columns in PROTECTED.items()
            for trigger in triggers.raises_parent_revision(
                table,
                "casework_case",
                "case_id",
                f"protected_words_of_{table[9:]}",
                revision="protected_revision",
                columns=columns,
            )
        ),
    ]


def twin_triggers() -> list[Trigger]:
    """Return what holds the pairs of cases about one person: kept for good, asked anew but never less, ruled on by whoever may."""
    pair = "EXISTS (SELECT 1 FROM {t:casework_possibletwin} tw WHERE tw.id = NEW.twin_id AND %s)"
    later = (
        "EXISTS (SELECT 1 FROM {t:casework_case} a JOIN {t:casework_case} b ON a.id <> b.id WHERE a.id IN (tw.one_id, tw.other_id)"
        " AND b.id IN (tw.one_id, tw.other_id) AND a.opened_by_id = NEW.ruled_by_id AND a.opened_at > b.opened_at)"
    )
    return [
        *triggers.only_these_columns_change(
            "casework_possibletwin",
            name="a_pair_of_cases_is_only_asked_about_anew",
            columns={"question": "NEW.question > OLD.question"},
        ),
        *triggers.never_deleted("casework_possibletwin", name="a_pair_of_cases_is_never_forgotten"),
        Trigger(
            "a_pair_of_cases_is_ruled_on_by_others",
            "casework_twinruling",
            "INSERT",
            (
                Clause("not-of-the-pair", pair % "NEW.case_id IN (tw.one_id, tw.other_id)"),
                Clause("not-the-question", pair % "tw.question = NEW.question"),
                Clause("opened-the-later-case", pair % f"NOT {later}"),
            ),
        ),
        *triggers.append_only("casework_twinruling", name="rulings_on_a_pair_are_append_only"),
    ]


def translation_triggers() -> list[Trigger]:
    """Return what holds translations: a reader of the language signs, nobody is written under a signature, no row wanders."""
    table = "casework_translation"
    is_reader = "EXISTS (SELECT 1 FROM {{t:accounts_user}} u WHERE u.id = NEW.signed_by_id AND u.is_active AND {0}(',' || u.reads || ',', ',' || NEW.language || ',') > 0)"
    unsigned_or_same = "NEW.signed_by_id IS NULL OR {same:signed_by_id}"
    stays = ("what", "row_id", "language", "created_by_id", "created_at")
    return [
        Trigger(
            "a_translation_begins_unsigned", table, "INSERT", (Clause("signed-at-once", "NEW.signed_by_id IS NULL"),)
        ),
        Trigger(
            "a_translation_keeps_what_was_signed",
            table,
            "UPDATE",
            (
                Clause(
                    "signed-words-changed", "OLD.signed_by_id IS NULL OR NEW.signed_by_id IS NULL OR {same:facts_mac}"
                ),
                Clause(
                    "signed-over-a-signature",
                    "OLD.signed_by_id IS NULL OR NEW.signed_by_id IS NULL OR {same:signed_by_id}",
                ),
                Clause(
                    "signer-does-not-read-it",
                    sqlite=f"{unsigned_or_same} OR {is_reader.format('instr')}",
                    postgresql=f"{unsigned_or_same} OR {is_reader.format('strpos')}",
                ),
                Clause("of-other-words", " AND ".join(f"{{same:{column}}}" for column in stays)),
            ),
        ),
        *triggers.never_deleted(table, name="a_translation_is_never_deleted"),
    ]


def literals(codes: Iterable[str]) -> str:
    """Return codes of ours as a list of SQL literals."""
    return ", ".join(f"'{code}'" for code in sorted(codes))


for trigger in [
    *ledger_triggers(),
    *evidence(),
    *rights_triggers(),
    *protected_words(),
    *twin_triggers(),
    *translation_triggers(),
]:
    triggers.register(trigger)
