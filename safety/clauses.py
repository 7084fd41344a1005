"""The conditions of the gate, as data: one text for the database's triggers and for `examine`.

Each condition is a piece of SQL that must be true. `NEW` is the row that wants to leave: a Dispatch, a Copy, or,
when the gate is only asked, a row made up of the same columns. A clause about cases is asked of every case `c` of
the material. Placeholders: {audience} (of the row, or of a copy's trusted recipient), {now}, {deadline} (now; for
pages already public, now less the days of grace), {recent} (72 hours ago), {day_ago}, {t:table}.
Source of the rules: SECURITY.md 4 and DOMAIN.md 3 and 4 of the project's design, told in docs/gate.md.
"""

from dataclasses import dataclass
from typing import Any

EVERYTHING = frozenset({"review", "insert", "leave", "serve"})
LEAVING = frozenset({"insert", "leave"})
ASKED = frozenset({"review", "insert", "leave"})
AFTER_REVIEW = frozenset({"insert", "leave", "serve"})


@dataclass(frozen=True)
class GateClause:
    """One condition: its code, the SQL, whether it is asked of each case, and at which moments.

    Where it asks that no row be of a kind, `rows` is their SQL and `keys` the case and the row, so that words can
    name each: the claim, the item, the finding.
    """

    name: str
    holds: str
    of_each_case: bool = False
    moments: frozenset[str] = ASKED
    rows: str = ""
    keys: str = ""


def no_row(name: str, rows: str, *, keys: str, unless: str = "", **options: Any) -> GateClause:
    """Return the condition that there is no such row; one text both refuses and says which row it was."""
    return GateClause(name, f"{unless}NOT EXISTS (SELECT 1 FROM {rows})", rows=rows, keys=keys, **options)


LEVEL = "(SELECT m.level FROM {t:materials_material} m WHERE m.id = NEW.material_id)"
MATERIAL_KIND = "(SELECT m.kind FROM {t:materials_material} m WHERE m.id = NEW.material_id)"
IS_FULL = f"{LEVEL} = 'full'"
IS_ASSESSED = f"({IS_FULL} OR ({LEVEL} = 'disclosure' AND {{audience}} IN ('AU_HOLDER', 'AU_PARL')))"
IS_REVIEWED_BEFORE = f"{LEVEL} IN ('disclosure', 'full')"
COVERS = "g.ended_at IS NULL AND (g.audience = {audience} OR {audience} = 'AU_TRUSTED')"
LIVE = (
    "k.case_id = c.id AND k.removed_at IS NULL AND k.withdrawn_at IS NULL AND k.status IN ('CS_GIVEN', 'CS_LIMITED', 'CS_PRESUMED')"
    " AND k.from_at <= {now} AND k.until_at > {deadline}"
    f" AND (k.basis = 'consent' OR ({LEVEL} <> 'full' AND k.from_at > {{recent}}"
    f" AND (k.seconded_by_id IS NOT NULL OR {LEVEL} = 'emergency')))"
)
IN_TIME = "(k.basis = 'consent' OR k.seconded_by_id IS NOT NULL OR k.from_at > {day_ago})"
A_COVERING_ONE = (
    "EXISTS (SELECT 1 FROM {t:casework_consent} k JOIN {t:casework_consentgrant} g ON g.consent_id = k.id"
    f" WHERE {LIVE} AND {COVERS}"
)
USED_ITEMS = (
    "{t:materials_materialitem} i WHERE i.material_id = NEW.material_id AND i.revision = NEW.revision"
    " AND i.case_id = c.id"
)
ITEMS = f"SELECT 1 FROM {USED_ITEMS}"
OF_THE_PERSON = f"{A_COVERING_ONE} AND k.subject = 'prisoner'"
OF_THIS_ITEM = (
    f"{A_COVERING_ONE} AND g.item = i.item"
    " AND ((i.contact_id IS NULL AND k.subject = 'prisoner') OR k.subject_contact_id = i.contact_id)"
)
REFUSAL = (
    "k.case_id = c.id AND k.subject = 'prisoner' AND k.removed_at IS NULL AND k.withdrawn_at IS NULL"
    " AND k.from_at <= {now} AND (k.until_at > {now} OR k.until_at = k.granted_until)"
)  # a refusal does not run out; only a newer answer of its giver shortens or withdraws it
OWN_GIVERS = "('CG_SELF', 'CG_SELF_LAWYER', 'CG_WRITTEN_PRIOR', 'CG_POA')"
LATEST_ASSESSMENT = (
    "a.case_id = c.id AND a.material_id IS NULL AND a.number ="
    " (SELECT MAX(b.number) FROM {t:safety_riskassessment} b WHERE b.case_id = c.id AND b.material_id IS NULL)"
)
LATEST_WISH = "w.case_id = c.id AND w.number = (SELECT MAX(v.number) FROM {t:casework_wish} v WHERE v.case_id = c.id)"
INFORMED_WISH = f"EXISTS (SELECT 1 FROM {{t:casework_wish}} w WHERE {LATEST_WISH} AND w.wants = 'publicity' AND w.told_by IS NOT NULL)"
EXCEPTION = (
    "EXISTS (SELECT 1 FROM {t:safety_criticalexception} x WHERE x.case_id = c.id AND x.assessment_id = a.id"
    " AND x.material_id = NEW.material_id AND x.ended_at IS NULL AND x.granted_at > {recent} AND x.granted_at <= {now})"
)
LATEST_POSTURE = (
    "p.case_id = c.id AND p.number = (SELECT MAX(o.number) FROM {t:safety_posture} o WHERE o.case_id = c.id)"
)
USED_CLAIMS = "{t:materials_materialclaim} u JOIN {t:casework_claim} q ON q.id = u.claim_id WHERE u.material_id = NEW.material_id AND u.revision = NEW.revision"
SUPPORT = (
    "EXISTS (SELECT 1 FROM {t:casework_citation} ct JOIN {t:casework_source} s ON s.id = ct.source_id WHERE ct.claim_id = q.id"
    " AND ct.removed_at IS NULL AND ct.kind = 'supports' AND s.removed_at IS NULL AND s.reliability IN "
)
BY_A_OR_B = SUPPORT + "('A', 'B'))"
BY_C = SUPPORT + "('C'))"
LATEST_SCAN = (
    "l.material_id = NEW.material_id AND l.revision = NEW.revision AND l.material_mac = NEW.mac AND l.scanned_at ="
    " (SELECT MAX(n.scanned_at) FROM {t:safety_leakscan} n WHERE n.material_id = NEW.material_id AND n.revision = NEW.revision)"
)
CLEARED = (
    "{t:safety_clearance} x WHERE x.id = NEW.clearance_id AND x.material_id = NEW.material_id AND x.revision = NEW.revision"
    f" AND x.material_mac = NEW.mac AND x.level = {LEVEL}"
)
SIGNED = (
    "{t:safety_clearance} x JOIN {t:safety_review} r ON r.id = x.review_id WHERE x.id = NEW.clearance_id"
    " AND r.material_id = NEW.material_id AND r.revision = NEW.revision AND r.material_mac = NEW.mac AND r.verdict = 'signed'"
)
IS_ALONE = "EXISTS (SELECT 1 FROM {t:safety_clearance} x WHERE x.id = NEW.clearance_id AND x.is_alone)"
THIS_REVISION = "z.material_id = NEW.material_id AND z.revision = NEW.revision"

CONSENT = (
    GateClause(
        "no-consent",
        f"{OF_THE_PERSON})",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    no_row(
        "item-without-consent",
        f"{USED_ITEMS} AND NOT {OF_THIS_ITEM})",
        keys="i.case_id, i.item",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "nobody-agreed",
        f"{LEVEL} <> 'emergency' OR ((NOT {OF_THE_PERSON}) OR {OF_THE_PERSON} AND {IN_TIME}))"
        f" AND NOT EXISTS ({ITEMS} AND {OF_THIS_ITEM}) AND NOT {OF_THIS_ITEM} AND {IN_TIME})))",
        of_each_case=True,
        moments=AFTER_REVIEW,
    ),
    GateClause(
        "refused-by-the-person",
        "NOT EXISTS (SELECT 1 FROM {t:casework_consent} k JOIN {t:casework_consentgrant} g ON g.consent_id = k.id"
        f" WHERE {REFUSAL} AND k.status = 'CS_REFUSED' AND k.giver IN {OWN_GIVERS} AND {COVERS})",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "family-disagrees",
        f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:casework_consent}} k JOIN {{t:casework_consentgrant}} g ON g.consent_id = k.id"
        f" WHERE {REFUSAL} AND k.status IN ('CS_REFUSED', 'CS_DISPUTED') AND k.giver NOT IN {OWN_GIVERS} AND {COVERS})"
        " OR EXISTS (SELECT 1 FROM {t:casework_consent} k JOIN {t:casework_consentgrant} g ON g.consent_id = k.id"
        f" WHERE {LIVE} AND k.subject = 'prisoner' AND k.giver IN {OWN_GIVERS} AND {COVERS})",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "wish-for-silence",
        f"NOT EXISTS (SELECT 1 FROM {{t:casework_wish}} w WHERE {LATEST_WISH} AND w.wants = 'silence')",
        of_each_case=True,
        moments=EVERYTHING,
    ),
)

RISK = (
    GateClause(
        "on-hold",
        f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_hold}} h WHERE h.lifted_at IS NULL AND (h.ends_at IS NULL OR h.ends_at > {{now}})"
        " AND (h.scope = 'office' OR (h.scope = 'case' AND h.case_id = c.id) OR (h.scope = 'country' AND h.country = c.country)"
        " OR (h.scope = 'group' AND h.group_id = c.group_id)))",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "paused",
        f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_pause}} p WHERE p.case_id = c.id AND p.ended_at IS NULL)",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "review-of-risk-due",
        f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskevent}} y WHERE y.case_id = c.id AND y.event_class = 'review' AND y.answered_at IS NULL)",
        of_each_case=True,
    ),
    GateClause(
        "review-of-risk-late",
        f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskevent}} y WHERE y.case_id = c.id AND y.event_class = 'review'"
        " AND y.answered_at IS NULL AND y.due_at <= {now})",
        of_each_case=True,
        moments=frozenset({"serve"}),
    ),
    GateClause(
        "posture-forbids",
        f"{LEVEL} <> 'full' OR EXISTS (SELECT 1 FROM {{t:safety_posture}} p WHERE {LATEST_POSTURE} AND (p.kind = 'PO_PUBLIC'"
        f" OR (p.kind = 'PO_EMBARGO' AND p.embargo_until <= {{now}}) OR (p.kind = 'PO_REACTIVE' AND {MATERIAL_KIND} = 'HOLDING')))",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "no-assessment",
        f"NOT {IS_ASSESSED} OR EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT})",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "assessment-not-signed",
        f"NOT {IS_ASSESSED} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.signed_at IS NULL)",
        of_each_case=True,
    ),
    GateClause(
        "assessment-out-of-date",
        f"NOT {IS_ASSESSED} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.signed_at IS NOT NULL"
        " AND (a.ended_at IS NOT NULL OR a.expires_at <= {deadline}))",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "risk-is-critical",
        f"NOT {IS_ASSESSED} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.level = 'RL_CRIT'"
        f" AND NOT ({IS_FULL} AND a.danger_now = 'imminent' AND {INFORMED_WISH} AND {EXCEPTION}))",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "high-risk-unsigned-by-director",
        f"NOT {IS_FULL} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.level = 'RL_HIGH'"
        " AND a.director_id IS NULL)",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "high-risk-without-wish",
        f"NOT {IS_FULL} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.level = 'RL_HIGH')"
        f" OR {INFORMED_WISH}",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "needs-full-assessment",
        f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.kind = 'rapid' AND a.needs_full)",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "hard-stop",
        f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.has_hard_stop)",
        of_each_case=True,
        moments=EVERYTHING,
    ),
    GateClause(
        "no-rapid-check",
        f"{LEVEL} <> 'full' OR EXISTS (SELECT 1 FROM {{t:safety_clearance}} x JOIN {{t:safety_reviewcheck}} rc ON rc.review_id = x.review_id"
        " JOIN {t:safety_riskassessment} a ON a.id = rc.assessment_id WHERE x.id = NEW.clearance_id AND rc.case_id = c.id AND a.case_id = c.id"
        " AND a.material_id = NEW.material_id AND a.revision = NEW.revision AND a.written_at > {recent} AND a.has_hard_stop = {false})",
        of_each_case=True,
        moments=LEAVING,
    ),
    GateClause(
        "family-not-told",
        f"{LEVEL} <> 'full' OR EXISTS (SELECT 1 FROM {{t:casework_familytold}} f WHERE f.case_id = c.id AND f.material_id = NEW.material_id)",
        of_each_case=True,
        moments=LEAVING,
    ),
)


def no_claim(name: str, rows: str, **options: Any) -> GateClause:
    """Return a condition on the claims that a revision prints, asked where somebody reads it before it leaves."""
    return no_row(name, rows, keys="q.case_id, q.id", unless=f"NOT {IS_REVIEWED_BEFORE} OR ", **options)


CLAIMS = (
    no_claim(
        "claim-taken-out",
        f"{USED_CLAIMS} AND q.removed_at IS NOT NULL",
        moments=EVERYTHING,
    ),
    no_claim(
        "claim-in-doubt",
        f"{USED_CLAIMS} AND q.status IN ('VS_NEW', 'VS_REFUTED', 'VS_STALE', 'VS_CONFLICT')",
        moments=EVERYTHING,
    ),
    no_claim(
        "claim-not-publishable",
        f"{USED_CLAIMS} AND NOT COALESCE((q.credibility <= 2 AND {BY_A_OR_B})"
        f" OR (u.printed_as = 'attributed' AND ((q.credibility = 3 AND {BY_A_OR_B}) OR (q.credibility <= 2 AND {BY_C}))), {{false}})",
        moments=EVERYTHING,
    ),
    no_claim(
        "claim-names-no-items",
        f"{USED_CLAIMS} AND q.discloses_nothing = {{false}}"
        " AND NOT EXISTS (SELECT 1 FROM {t:casework_claimitem} ci WHERE ci.claim_id = q.id)",
    ),
    no_claim(
        "item-not-counted",
        "{t:casework_claimitem} ci JOIN {t:materials_materialclaim} u"
        " ON u.claim_id = ci.claim_id JOIN {t:casework_claim} q ON q.id = u.claim_id WHERE u.material_id = NEW.material_id"
        " AND u.revision = NEW.revision AND NOT EXISTS (SELECT 1 FROM {t:materials_materialitem} i WHERE i.material_id = NEW.material_id"
        " AND i.revision = NEW.revision AND i.case_id = q.case_id AND i.contact_id IS NULL AND i.item = ci.item)",
    ),
)

SCAN = (
    GateClause(
        "leak-scan-missing", f"EXISTS (SELECT 1 FROM {{t:safety_leakscan}} l WHERE {LATEST_SCAN})", moments=ASKED
    ),
    GateClause(
        "leak-scan-cannot-check",
        f"NOT EXISTS (SELECT 1 FROM {{t:safety_leakscan}} l WHERE {LATEST_SCAN} AND l.verdict = 'cannot_check' AND l.read_by_id IS NULL)",
        moments=ASKED,
    ),
    no_row(
        "leak-finding-open",
        f"{{t:safety_leakscan}} l JOIN {{t:safety_leakfinding}} lf ON lf.scan_id = l.id WHERE {LATEST_SCAN} AND lf.ruled_by_id IS NULL",
        keys="lf.case_id, lf.id",
        moments=ASKED,
    ),
)

TEXT = (
    GateClause(
        "about-no-case",
        "EXISTS (SELECT 1 FROM {t:materials_materialcase} mc WHERE mc.material_id = NEW.material_id)",
        moments=EVERYTHING,
    ),
    GateClause("inside-only", f"{LEVEL} <> 'none'", moments=EVERYTHING),
    GateClause(
        "revision-is-old",
        "NEW.revision = (SELECT m.revision FROM {t:materials_material} m WHERE m.id = NEW.material_id)",
        moments=LEAVING,
    ),
    GateClause(
        "text-differs",
        "NEW.mac = (SELECT m.mac FROM {t:materials_material} m WHERE m.id = NEW.material_id)",
        moments=LEAVING,
    ),
)

SIGNATURE = (
    GateClause("no-clearance", f"EXISTS (SELECT 1 FROM {CLEARED})", moments=AFTER_REVIEW),
    GateClause(
        "clearance-revoked", f"NOT EXISTS (SELECT 1 FROM {CLEARED} AND x.revoked_at IS NOT NULL)", moments=AFTER_REVIEW
    ),
    GateClause("clearance-ended", f"NOT EXISTS (SELECT 1 FROM {CLEARED} AND x.until <= {{now}})", moments=LEAVING),
    GateClause("no-review", f"{IS_ALONE} OR EXISTS (SELECT 1 FROM {SIGNED})", moments=AFTER_REVIEW),
    GateClause(
        "review-revoked", f"NOT EXISTS (SELECT 1 FROM {SIGNED} AND r.revoked_at IS NOT NULL)", moments=AFTER_REVIEW
    ),
    GateClause(
        "four-eyes",
        f"NOT EXISTS (SELECT 1 FROM {SIGNED} AND EXISTS (SELECT 1 FROM {{t:materials_material}} m WHERE m.id = NEW.material_id"
        " AND (r.reviewer_id = m.author_id OR r.reviewer_id = m.last_editor_id)))",
        moments=LEAVING,
    ),
)

EMERGENCY = (
    GateClause(
        "four-questions-open",
        f"{LEVEL} <> 'emergency' OR EXISTS (SELECT 1 FROM {{t:materials_emergencycheck}} e WHERE e.material_id = NEW.material_id"
        " AND e.revision = NEW.revision)",
    ),
    GateClause(
        "a-signer-may-still-answer",
        f"NOT {IS_ALONE} OR (EXISTS (SELECT 1 FROM {{t:safety_signeralarm}} z WHERE {THIS_REVISION})"
        f" AND NOT EXISTS (SELECT 1 FROM {{t:safety_signeralarm}} z WHERE {THIS_REVISION}"
        " AND (z.alone_from IS NULL OR z.alone_from > {now} OR z.answered_at IS NOT NULL)))",
        moments=frozenset({"insert"}),
    ),
    GateClause(
        "emergency-right-rests",
        f"NOT {IS_ALONE} OR NOT EXISTS (SELECT 1 FROM {{t:materials_dispatch}} d WHERE d.created_by_id = NEW.created_by_id"
        " AND d.review_due_at <= {now} AND d.reviewed_after_at IS NULL)",
        moments=frozenset({"insert"}),
    ),
)

OF_A_DISPATCH = (*TEXT, *CONSENT, *RISK, *CLAIMS, *SCAN, *SIGNATURE, *EMERGENCY)

OF_A_COPY = (
    *OF_A_DISPATCH,
    GateClause(
        "recipient-not-trusted",
        f"{LEVEL} <> 'emergency' OR EXISTS (SELECT 1 FROM {{t:directory_recipient}} t WHERE t.id = NEW.recipient_id AND t.ended_at IS NULL"
        " AND t.approved_by_id IS NOT NULL AND t.seconded_by_id IS NOT NULL AND t.channel_verified_on IS NOT NULL)",
        moments=LEAVING,
    ),
    GateClause(
        "copy-of-another-text",
        "EXISTS (SELECT 1 FROM {t:materials_dispatch} d WHERE d.id = NEW.dispatch_id AND d.material_id = NEW.material_id"
        " AND d.revision = NEW.revision AND d.mac = NEW.mac)",
        moments=LEAVING,
    ),
)


CASES_OF_IT = (
    " AND c.id IN (SELECT mc.case_id FROM {t:materials_materialcase} mc WHERE mc.material_id = NEW.material_id)"
)


def for_each_case(holds: str) -> str:
    """Return the SQL that is true when the condition holds for every case of the material."""
    return (
        "NOT EXISTS (SELECT 1 FROM {t:materials_materialcase} mc JOIN {t:casework_case} c ON c.id = mc.case_id"
        f" WHERE mc.material_id = NEW.material_id AND NOT COALESCE(({holds}), {{false}}))"
    )


def at(moment: str, clauses: tuple[GateClause, ...]) -> tuple[GateClause, ...]:
    """Return the clauses that are asked at this moment: review, insert, leave or serve."""
    return tuple(clause for clause in clauses if moment in clause.moments)
