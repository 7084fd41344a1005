"""Whether anything holds public work, whether the posture allows it, and whether the latest assessment does."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import (
    ASSESS_PAGE,
    ASSESSES,
    CHANGES_POSTURE,
    CONSENTS_PAGE,
    DECISION_PAGE,
    EXCEPTION_PAGE,
    HOLD_PAGE,
    LIFTS_HOLD,
    NO_RIGHT,
    PUBLISH_PAGE,
    RECORDS_CONSENT,
    SAFETY_PAGE,
    SIGNS_HIGH_RISK,
    SIGNS_REVIEW,
    SIGNS_RISK,
    TELLS_FAMILY,
)
from safety.conditions.record import ASKED, EVERYTHING, LEAVING, Condition, Moment, ReviewCell
from safety.conditions.sql import IS_ASSESSED, IS_FULL, LEVEL, MATERIAL_KIND, held, latest_wish

LATEST_ASSESSMENT = (
    "a.case_id = c.id AND a.material_id IS NULL AND a.number ="
    " (SELECT MAX(b.number) FROM {t:safety_riskassessment} b WHERE b.case_id = c.id AND b.material_id IS NULL)"
)
INFORMED_WISH = f"EXISTS (SELECT 1 FROM {{t:casework_wish}} w WHERE {latest_wish('c')} AND w.wants = 'publicity' AND w.told_by IS NOT NULL)"
EXCEPTION = (
    "EXISTS (SELECT 1 FROM {t:safety_criticalexception} x WHERE x.case_id = c.id AND x.assessment_id = a.id"
    " AND x.material_id = NEW.material_id AND x.ended_at IS NULL AND x.granted_at > {recent} AND x.granted_at <= {now})"
)
LATEST_POSTURE = (
    "p.case_id = c.id AND p.number = (SELECT MAX(o.number) FROM {t:safety_posture} o WHERE o.case_id = c.id)"
)

RISK: tuple[Condition, ...] = (
    Condition(
        code="on-hold",
        sentence=_("Public work is on hold."),
        mend=_("See who holds it and why"),
        page=HOLD_PAGE,
        mender=LIFTS_HOLD,
        cell=ReviewCell.POSTURE,
        holds=f"{LEVEL} <> 'full' OR NOT {held('c')}",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="paused",
        sentence=_("Public work is paused until a new assessment is signed."),
        mend=_("Assess the risk again"),
        page=ASSESS_PAGE,
        mender=ASSESSES,
        cell=ReviewCell.POSTURE,
        holds=f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_pause}} p WHERE p.case_id = c.id AND p.ended_at IS NULL)",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="review-of-risk-due",
        sentence=_("Something happened, and the risk has not been looked at again."),
        mend=_("Assess the risk again"),
        page=ASSESS_PAGE,
        mender=ASSESSES,
        cell=ReviewCell.ASSESSMENT,
        holds=f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskevent}} y WHERE y.case_id = c.id AND y.event_class = 'review' AND y.answered_at IS NULL)",
        moments=ASKED,
        of_each_case=True,
    ),
    Condition(
        code="review-of-risk-late",
        sentence=_("A new look at the risk is late."),
        mend=_("Assess the risk again"),
        page=ASSESS_PAGE,
        mender=ASSESSES,
        cell=ReviewCell.ASSESSMENT,
        holds=f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskevent}} y WHERE y.case_id = c.id AND y.event_class = 'review'"
        " AND y.answered_at IS NULL AND y.due_at <= {now})",
        moments=frozenset({Moment.SERVE}),
        of_each_case=True,
    ),
    Condition(
        code="posture-forbids",
        sentence=_("The posture of the case does not allow public words."),
        mend=_("See the posture"),
        page=SAFETY_PAGE,
        mender=CHANGES_POSTURE,
        cell=ReviewCell.POSTURE,
        holds=f"{LEVEL} <> 'full' OR EXISTS (SELECT 1 FROM {{t:safety_posture}} p WHERE {LATEST_POSTURE} AND (p.kind = 'PO_PUBLIC'"
        f" OR (p.kind = 'PO_EMBARGO' AND p.embargo_until <= {{now}}) OR (p.kind = 'PO_REACTIVE' AND {MATERIAL_KIND} = 'HOLDING')))",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="no-assessment",
        sentence=_("There is no risk assessment."),
        mend=_("Assess the risk"),
        page=ASSESS_PAGE,
        mender=ASSESSES,
        cell=ReviewCell.ASSESSMENT,
        holds=f"NOT {IS_ASSESSED} OR EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT})",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="assessment-not-signed",
        sentence=_("The latest risk assessment is not signed."),
        mend=_("Ask a second person to sign it"),
        page=SAFETY_PAGE,
        mender=SIGNS_RISK,
        cell=ReviewCell.ASSESSMENT,
        holds=f"NOT {IS_ASSESSED} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.signed_at IS NULL)",
        moments=ASKED,
        of_each_case=True,
    ),
    Condition(
        code="assessment-out-of-date",
        sentence=_("The latest risk assessment is out of date."),
        mend=_("Assess the risk again"),
        page=ASSESS_PAGE,
        mender=ASSESSES,
        cell=ReviewCell.ASSESSMENT,
        holds=f"NOT {IS_ASSESSED} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.signed_at IS NOT NULL"
        " AND (a.ended_at IS NOT NULL OR a.expires_at <= {deadline}))",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="risk-is-critical",
        sentence=_("The added risk is critical: nothing is public, unless three people agree on the one exception."),
        mend=_("See the exception"),
        page=EXCEPTION_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.ASSESSMENT,
        holds=f"NOT {IS_ASSESSED} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.level = 'RL_CRIT'"
        f" AND NOT ({IS_FULL} AND a.danger_now = 'imminent' AND {INFORMED_WISH} AND {EXCEPTION}))",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="high-risk-unsigned-by-director",
        sentence=_("The added risk is high, and no director has signed it."),
        mend=_("See the assessment"),
        page=SAFETY_PAGE,
        mender=SIGNS_HIGH_RISK,
        cell=ReviewCell.ASSESSMENT,
        holds=f"NOT {IS_FULL} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.level = 'RL_HIGH'"
        " AND a.director_id IS NULL)",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="high-risk-without-wish",
        sentence=_("The added risk is high, and no wish for publicity is recorded after a talk."),
        mend=_("Record what the person or family said"),
        page=CONSENTS_PAGE,
        mender=RECORDS_CONSENT,
        cell=ReviewCell.ASSESSMENT,
        holds=f"NOT {IS_FULL} OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.level = 'RL_HIGH')"
        f" OR {INFORMED_WISH}",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="needs-full-assessment",
        sentence=_("Questions that an answer in the assessment opened are not answered yet."),
        mend=_("Answer the opened questions"),
        page=ASSESS_PAGE,
        mender=ASSESSES,
        cell=ReviewCell.ASSESSMENT,
        holds=f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.kind = 'rapid' AND a.needs_full)",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="hard-stop",
        sentence=_("An answer in the assessment is a hard stop."),
        mend=_("See the assessment"),
        page=SAFETY_PAGE,
        mender=ASSESSES,
        cell=ReviewCell.ASSESSMENT,
        holds=f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:safety_riskassessment}} a WHERE {LATEST_ASSESSMENT} AND a.has_hard_stop)",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="no-rapid-check",
        sentence=_(
            "The twelve questions were not answered for this revision in the last 72 hours, or one of them stops it."
        ),
        mend=_("Open the review"),
        page=DECISION_PAGE,
        mender=SIGNS_REVIEW,
        cell=ReviewCell.FOUR_EYES,
        holds=f"{LEVEL} <> 'full' OR EXISTS (SELECT 1 FROM {{t:safety_clearance}} x JOIN {{t:safety_reviewcheck}} rc ON rc.review_id = x.review_id"
        " JOIN {t:safety_riskassessment} a ON a.id = rc.assessment_id WHERE x.id = NEW.clearance_id AND rc.case_id = c.id AND a.case_id = c.id"
        " AND a.material_id = NEW.material_id AND a.revision = NEW.revision AND a.written_at > {recent} AND a.has_hard_stop = {false})",
        moments=LEAVING,
        of_each_case=True,
    ),
    Condition(
        code="family-not-told",
        sentence=_("Nobody has recorded that the family was told."),
        mend=_("Record who was told"),
        page=PUBLISH_PAGE,
        mender=TELLS_FAMILY,
        cell=ReviewCell.FAMILY,
        holds=f"{LEVEL} <> 'full' OR EXISTS (SELECT 1 FROM {{t:casework_familytold}} f WHERE f.case_id = c.id AND f.material_id = NEW.material_id)",
        moments=LEAVING,
        of_each_case=True,
    ),
)
