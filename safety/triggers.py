"""The gate in the database: what may be inserted into dispatches and copies, and which inputs may only get stricter."""

from directory.models.channels import GOOD_DAYS
from safety.conditions import registry
from safety.conditions.record import Condition
from safety.conditions.sql import IS_ALONE, for_each_case
from sealing import triggers
from sealing.triggers import Clause, Trigger

COPY_AUDIENCE = (
    "COALESCE((SELECT t.audience FROM {t:directory_recipient} t WHERE t.id = NEW.recipient_id),"
    " (SELECT m.audience FROM {t:materials_material} m WHERE m.id = NEW.material_id))"
)
DISPATCH_AUDIENCE = "(SELECT m.audience FROM {t:materials_material} m WHERE m.id = NEW.material_id)"
OF_MATERIAL = "(SELECT mc.case_id FROM {t:materials_materialcase} mc WHERE mc.material_id = NEW.material_id)"
OF_A_TWIN = " OR ".join(
    f"id IN (SELECT tw.{one}_id FROM {{t:casework_possibletwin}} tw WHERE tw.{other}_id IN {OF_MATERIAL})"
    for one, other in (("one", "other"), ("other", "one"))
)
LOCKS = (
    f"SELECT 1 FROM {{t:casework_case}} WHERE id IN {OF_MATERIAL} OR {OF_A_TWIN} ORDER BY id",
    f"SELECT 1 FROM {{t:casework_possibletwin}} WHERE one_id IN {OF_MATERIAL} OR other_id IN {OF_MATERIAL} ORDER BY id",
    "SELECT 1 FROM {t:materials_material} WHERE id = NEW.material_id",
    f"SELECT 1 FROM {{t:casework_consent}} WHERE case_id IN {OF_MATERIAL} ORDER BY id",
    "SELECT 1 FROM {t:casework_consentgrant} WHERE consent_id IN (SELECT k.id FROM {t:casework_consent} k"
    f" WHERE k.case_id IN {OF_MATERIAL}) ORDER BY id",
    f"SELECT 1 FROM {{t:safety_riskassessment}} WHERE case_id IN {OF_MATERIAL} ORDER BY id",
    "SELECT 1 FROM {t:safety_criticalexception} WHERE material_id = NEW.material_id ORDER BY id",
    "SELECT 1 FROM {t:materials_materialfact} WHERE material_id = NEW.material_id ORDER BY id",
    "SELECT 1 FROM {t:safety_clearance} WHERE id = NEW.clearance_id",
    "SELECT 1 FROM {t:safety_review} WHERE material_id = NEW.material_id ORDER BY id",
)
CHANNEL_AND_ENTRY = (
    "SELECT 1 FROM {t:directory_actor} WHERE id = (SELECT l.entry_id FROM {t:directory_channel} l WHERE l.id = NEW.sent_to_id)",
    "SELECT 1 FROM {t:directory_channel} WHERE id = NEW.sent_to_id",
)
LONE_NOTICES = 0x416C6F6E  # any number; the same for every process
# Of two who send alone at once neither would see the other's row: the second waits here, and counts when the first is
# through. Each statement of a trigger sees what was committed before it, unless the whole transaction keeps an old view.
ONE_LONE_NOTICE_AT_A_TIME = f"SELECT pg_advisory_xact_lock({LONE_NOTICES}) FROM {{t:safety_clearance}} x WHERE x.id = NEW.clearance_id AND x.is_alone"
ROLES_OF_WHO_SENDS_ALONE = (
    f"SELECT 1 FROM {{t:casework_membership}} g WHERE g.user_id = NEW.created_by_id AND {IS_ALONE} ORDER BY g.id"
)
COUNTED_NOW = Clause(
    "counted-in-an-old-view",
    sqlite="1 = 1",
    postgresql=f"NOT {IS_ALONE} OR current_setting('transaction_isolation') IN ('read committed', 'serializable')",
)
# A day, and an hour for the clocks of two machines.
LOOKED_AT_LATER = (
    "NOT {alone} OR (NEW.reviewed_after_at IS NULL AND NEW.review_due_at IS NOT NULL AND NEW.review_due_at <= {latest})"
)
BORN_WITH_A_LOOK = Clause(
    "alone-without-a-look",
    sqlite=LOOKED_AT_LATER.format(alone=IS_ALONE, latest="strftime('%Y-%m-%d %H:%M:%f', 'now', '+25 hours')"),
    postgresql=LOOKED_AT_LATER.format(alone=IS_ALONE, latest="clock_timestamp() + interval '25 hours'"),
)
ENGINES = {
    "sqlite": {
        "recent": "strftime('%Y-%m-%d %H:%M:%f', 'now', '-72 hours')",
        "day_ago": "strftime('%Y-%m-%d %H:%M:%f', 'now', '-24 hours')",
        "today": "date('now')",
        "last_good_day": f"date('now', '-{GOOD_DAYS - 1} days')",
        "place_in_bytes": "instr",
        "false": "0",
        "true": "1",
    },
    "postgresql": {
        "recent": "clock_timestamp() - interval '72 hours'",
        "day_ago": "clock_timestamp() - interval '24 hours'",
        "today": "(clock_timestamp() AT TIME ZONE 'UTC')::date",
        "last_good_day": f"((clock_timestamp() AT TIME ZONE 'UTC')::date - {GOOD_DAYS - 1})",
        "place_in_bytes": 'pg_catalog."position"',
        "false": "FALSE",
        "true": "TRUE",
    },
}


def clause_sql(sql: str, *, engine: str, audience: str, deadline: str = "{now}") -> str:
    """Return the clause's SQL with the gate's own placeholders filled in; {now} and {t:} stay for the registry."""
    for name, words in ENGINES[engine].items():
        sql = sql.replace("{" + name + "}", words)
    return sql.replace("{audience}", audience).replace("{deadline}", deadline)


def condition(clause: Condition, *, engine: str, audience: str, deadline: str = "{now}") -> str:
    """Return the SQL of a gate clause for one engine, asked of every case where it is about cases."""
    sql = for_each_case(clause.holds) if clause.of_each_case else clause.holds
    return clause_sql(sql, engine=engine, audience=audience, deadline=deadline)


def gate(clause: Condition, audience: str) -> Clause:
    """Return a gate clause as a clause of a trigger."""
    return Clause(
        clause.code,
        condition(clause, engine="sqlite", audience=audience),
        sqlite=condition(clause, engine="sqlite", audience=audience),
        postgresql=condition(clause, engine="postgresql", audience=audience),
    )


def gates(
    table: str,
    noun: str,
    conditions: tuple[Condition, ...],
    audience: str,
    *born: Clause,
    locks: tuple[str, ...] = LOCKS,
) -> list[Trigger]:
    """Return the two gates of a table: when the row is made, and again when it leaves; `born` is asked of its first columns."""
    first = (Clause("born-dispatched", "NEW.dispatched_at IS NULL"), COUNTED_NOW, *born)
    return [
        Trigger(
            f"{noun}_meets_every_condition",
            table,
            "INSERT",
            (*first, *(gate(clause, audience) for clause in registry.at("insert", conditions))),
            locks=(ONE_LONE_NOTICE_AT_A_TIME, *locks, ROLES_OF_WHO_SENDS_ALONE),
        ),
        Trigger(
            f"{noun}_leaves_only_while_the_gate_is_open",
            table,
            "UPDATE OF dispatched_at",
            tuple(gate(clause, audience) for clause in registry.at("leave", conditions)),
            when="NEW.dispatched_at IS NOT NULL AND OLD.dispatched_at IS NULL",
            locks=locks,
        ),
    ]


SIGNED_AND_NEWER = (
    "EXISTS (SELECT 1 FROM {t:safety_riskassessment} a WHERE a.id = NEW.%s AND a.case_id = NEW.case_id"
    " AND a.material_id IS NULL AND a.signed_at IS NOT NULL AND a.written_at >= OLD.%s)"
)
ANSWERED_UNSEEN = (
    "EXISTS (SELECT 1 FROM {t:safety_secondset} s WHERE s.assessment_id = NEW.id AND s.given_by_id = NEW.signed_by_id)"
)
UNSIGNED = "OLD.signed_at IS NULL"
RULED_ANEW = "(OLD.carried_from_id IS NOT NULL AND NEW.carried_from_id IS NULL)"
CARRIED_FROM = (
    "EXISTS (SELECT 1 FROM {{t:safety_leakfinding}} o JOIN {{t:safety_leakscan}} os ON os.id = o.scan_id"
    " JOIN {{t:safety_leakscan}} ns ON ns.id = NEW.scan_id WHERE o.id = NEW.carried_from_id AND {0})".format
)
# No finding is born ruled on, but one that takes over a ruling: of the same words, or of the same name in the same
# sentences for the same readers. Which sentences these are, only the key of the gate can say.
A_RULING_STANDS_AGAIN = Trigger(
    "a_ruling_stands_again_only_for_the_same",
    "safety_leakfinding",
    "INSERT",
    (
        Clause("another-ruling", CARRIED_FROM("o.ruled_by_id = NEW.ruled_by_id AND o.ruled_at = NEW.ruled_at")),
        Clause("carried-twice", CARRIED_FROM("o.carried_from_id IS NULL")),
        Clause("another-material", CARRIED_FROM("o.material_id = NEW.material_id")),
        Clause("another-case", CARRIED_FROM("o.case_id = NEW.case_id")),
        Clause("another-field", CARRIED_FROM("o.field = NEW.field")),
        Clause("other-readers", CARRIED_FROM("os.audience = ns.audience")),
        Clause("another-language", CARRIED_FROM("os.language = ns.language")),
        Clause(
            "other-words",
            CARRIED_FROM(
                "(o.surroundings_mac = NEW.surroundings_mac OR (os.revision = ns.revision AND os.material_mac ="
                ' ns.material_mac AND o.part = NEW.part AND o.start = NEW.start AND o."end" = NEW."end"))'
            ),
        ),
    ),
    when="NEW.ruled_by_id IS NOT NULL OR NEW.carried_from_id IS NOT NULL",
)
ONLY_SHORTER = "NEW.{0} IS NOT NULL AND NEW.{0} <= OLD.{0}"
# What another case protects, which may be about the same person, nobody lets out who may not see it.
WHO_RULES_MAY_SEE = Trigger(
    "who_rules_on_a_finding_signs_on_its_case",
    "safety_leakfinding",
    "UPDATE OF ruled_by_id",
    (
        Clause(
            "unseen",
            "EXISTS (SELECT 1 FROM {t:casework_caseuserobjectpermission} g JOIN {t:auth_permission} p"
            " ON p.id = g.permission_id AND p.codename = 'sign_review' WHERE g.content_object_id = NEW.case_id"
            " AND g.user_id = NEW.ruled_by_id AND (g.until IS NULL OR g.until > {now}))",
        ),
    ),
    when="NEW.ruled_by_id IS NOT NULL",
)


def registered() -> list[Trigger]:
    """Return every trigger of this app."""
    only = triggers.only_these_columns_change
    first = "OLD.{0} IS NULL".format
    return [
        *gates("materials_dispatch", "dispatch", registry.OF_A_DISPATCH, DISPATCH_AUDIENCE, BORN_WITH_A_LOOK),
        *gates("materials_copy", "copy", registry.OF_A_COPY, COPY_AUDIENCE, locks=(*LOCKS, *CHANNEL_AND_ENTRY)),
        *only(
            "safety_riskassessment",
            name="a_signed_assessment_only_gets_stricter",
            columns={
                **{
                    column: UNSIGNED
                    for column in (
                        "danger_now",
                        "level",
                        "has_hard_stop",
                        "needs_full",
                        "answers",
                        "worst_case",
                        "not_acting",
                        "dissent",
                    )
                },
                **{
                    column: first(column)
                    for column in (
                        "signed_by_id",
                        "signed_at",
                        "signed_with",
                        "granted_until",
                        "director_id",
                        "director_at",
                        "ended_at",
                        "ended_by_id",
                        "end_reason",
                    )
                },
                "signed_with": UNSIGNED,
                "expires_at": f"OLD.expires_at IS NULL OR ({ONLY_SHORTER.format('expires_at')})",
            },
        ),
        *triggers.never_deleted("safety_riskassessment", name="an_assessment_is_never_deleted"),
        Trigger(
            "who_signs_a_high_risk_first_answered_it_unseen",
            "safety_riskassessment",
            "UPDATE OF signed_by_id",
            (Clause("no-second-set", ANSWERED_UNSEEN),),
            when="NEW.signed_by_id IS NOT NULL AND OLD.signed_by_id IS NULL AND NEW.material_id IS NULL"
            " AND NEW.level IN ('RL_HIGH', 'RL_CRIT')",
        ),
        *only("safety_secondset", name="a_second_set_is_only_explained", columns={"explained": first("explained")}),
        *triggers.never_deleted("safety_secondset", name="a_second_set_is_never_deleted"),
        Trigger(
            "an_exception_is_born_unsigned",
            "safety_criticalexception",
            "INSERT",
            (Clause("born-signed", "NEW.reviewer_id IS NULL AND NEW.director_id IS NULL AND NEW.granted_at IS NULL"),),
        ),
        *only(
            "safety_criticalexception",
            name="an_exception_is_only_signed_or_ended",
            columns={
                **{
                    column: f"{first(column)} AND OLD.granted_at IS NULL AND OLD.ended_at IS NULL"
                    for column in ("reviewer_id", "reviewed_at", "director_id", "director_at", "granted_at")
                },
                "ended_at": first("ended_at"),
                "ended_by_id": first("ended_by_id"),
            },
        ),
        *triggers.never_deleted("safety_criticalexception", name="an_exception_is_never_deleted"),
        *triggers.append_only("safety_riskharm", name="rated_harms_are_append_only"),
        *triggers.append_only("safety_posture", name="postures_are_append_only"),
        *only(
            "safety_review",
            name="a_review_can_only_be_revoked",
            columns={"revoked_at": first("revoked_at"), "revoked_by_id": first("revoked_by_id")},
        ),
        *triggers.never_deleted("safety_review", name="a_review_is_never_deleted"),
        *triggers.append_only("safety_reviewcheck", name="confirmed_checks_are_append_only"),
        *only(
            "safety_clearance",
            name="a_clearance_can_only_shrink",
            columns={
                "revoked_at": first("revoked_at"),
                "revoked_by_id": first("revoked_by_id"),
                "until": ONLY_SHORTER.format("until"),
            },
        ),
        *triggers.never_deleted("safety_clearance", name="a_clearance_is_never_deleted"),
        *only(
            "safety_leakscan",
            name="a_scan_is_only_read_afterwards",
            columns={"read_by_id": first("read_by_id"), "read_at": first("read_at")},
        ),
        *triggers.never_deleted("safety_leakscan", name="a_scan_is_never_deleted"),
        *triggers.append_only("safety_scannedcase", name="what_a_scan_knew_is_append_only"),
        *only(
            "safety_leakfinding",
            name="a_finding_is_only_ruled_on",
            columns={
                "ruled_by_id": f"{first('ruled_by_id')} OR {RULED_ANEW}",
                "ruled_at": f"{first('ruled_at')} OR {RULED_ANEW}",
                "reason": f"{first('ruled_at')} OR {RULED_ANEW}",
                "carried_from_id": RULED_ANEW,
            },
        ),
        A_RULING_STANDS_AGAIN,
        WHO_RULES_MAY_SEE,
        *triggers.never_deleted("safety_leakfinding", name="a_finding_is_never_deleted"),
        *only(
            "safety_hold",
            name="a_hold_is_only_confirmed_or_lifted",
            columns={
                "kind": "OLD.kind = 'precaution' AND NEW.kind = 'until_lifted'",
                "ends_at": "NEW.ends_at IS NULL",
                "confirmed_by_id": first("confirmed_by_id"),
                "lift_asked_by_id": "OLD.lifted_at IS NULL",
                "lift_asked_at": "OLD.lifted_at IS NULL",
                "case_lift_reason": "OLD.lifted_at IS NULL",
                "wide_lift_reason": "OLD.lifted_at IS NULL",
                "lifted_by_id": first("lifted_by_id"),
                "lifted_at": "OLD.lifted_at IS NULL AND OLD.lift_asked_by_id IS NOT NULL",
            },
        ),
        *triggers.never_deleted("safety_hold", name="a_hold_is_never_deleted"),
        *only(
            "safety_pause",
            name="a_pause_ends_only_with_a_newer_signed_assessment",
            columns={
                "ended_at": f"OLD.ended_at IS NULL AND {SIGNED_AND_NEWER % ('ended_by_assessment_id', 'since')}",
                "ended_by_assessment_id": first("ended_by_assessment_id"),
            },
        ),
        *triggers.never_deleted("safety_pause", name="a_pause_is_never_deleted"),
        *only(
            "safety_riskevent",
            name="a_trigger_is_only_answered_by_a_newer_signed_assessment",
            columns={
                "answered_at": f"OLD.answered_at IS NULL AND {SIGNED_AND_NEWER % ('answered_by_assessment_id', 'noted_at')}",
                "answered_by_assessment_id": first("answered_by_assessment_id"),
            },
        ),
        *triggers.never_deleted("safety_riskevent", name="a_trigger_is_never_deleted"),
        *only(
            "safety_markproposal",
            name="a_proposal_to_mark_anew_is_only_answered",
            columns={
                **{
                    column: first(column)
                    for column in ("seconded_by_id", "seconded_at", "withdrawn_by_id", "withdrawn_at")
                },
                "done_at": first("done_at"),
            },
        ),
        Trigger(
            "a_row_is_marked_anew_a_day_after_two_agreed",
            "safety_markproposal",
            "UPDATE OF done_at",
            (
                Clause(
                    "before-a-day-has-passed",
                    "",
                    sqlite="OLD.seconded_at IS NOT NULL AND julianday(NEW.done_at) >= julianday(OLD.seconded_at) + 0.999999",
                    postgresql="NEW.done_at >= OLD.seconded_at + interval '24 hours'",
                ),
            ),
            when="NEW.done_at IS NOT NULL",
        ),
        *triggers.never_deleted("safety_markproposal", name="a_proposal_to_mark_anew_is_never_deleted"),
        *triggers.never_deleted("safety_officesafety", name="the_settings_of_the_office_are_never_deleted"),
        *only("safety_signeralarm", name="an_alarm_is_only_answered", columns={"answered_at": first("answered_at")}),
        *triggers.never_deleted("safety_signeralarm", name="an_alarm_is_never_deleted"),
    ]


for trigger in registered():
    triggers.register(trigger)
