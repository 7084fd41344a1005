"""What is asked of a protective notice, and of whoever sends one alone.

Sending alone is bounded (SECURITY.md 4): one notice that nobody looked at a person and three an office, and nobody who
is new or works on nothing. Who may not send alone calls the signers, and sends what one of them signed.
"""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import NO_RIGHT, NOTICE_PAGE, TODAY_PAGE
from safety.conditions.record import ASKED, Condition, Moment, ReviewCell
from safety.conditions.sql import IS_ALONE, LEVEL

MOST_OF_AN_OFFICE = 3
THIS_REVISION = "z.material_id = NEW.material_id AND z.revision = NEW.revision"
# What left alone and nobody looked at, beside this revision of this notice.
UNSEEN = (
    "{t:materials_dispatch} d JOIN {t:safety_clearance} y ON y.id = d.clearance_id AND y.is_alone"
    " WHERE d.reviewed_after_at IS NULL AND NOT (d.material_id = NEW.material_id AND d.revision = NEW.revision)"
)
# Once the look is late, the right rests: that is the condition above, and one sentence is enough.
NOT_LATE = "(d.review_due_at IS NULL OR d.review_due_at > {now})"
# Who came a day ago; the first two people of the office waited for nobody.
HERE_FOR_A_DAY = (
    "EXISTS (SELECT 1 FROM {t:accounts_user} p WHERE p.id = NEW.created_by_id"
    " AND (p.joined_at <= {day_ago} OR p.is_founder))"
)
# A role that somebody else gave or agreed to, or a day of leading a case: an alarm's own case does not count at once.
HAS_A_ROLE = (
    "EXISTS (SELECT 1 FROM {t:casework_membership} g WHERE g.user_id = NEW.created_by_id AND g.ended_at IS NULL"
    " AND (g.until IS NULL OR g.until > {now}) AND ((g.granted_at <= {day_ago} AND g.is_opening)"
    " OR (NOT g.is_opening AND (g.granted_by_id <> g.user_id OR g.seconded_at IS NOT NULL))))"
)

EMERGENCY: tuple[Condition, ...] = (
    Condition(
        code="four-questions-open",
        sentence=_("The four safety questions are not answered."),
        mend=_("Open the notice"),
        page=NOTICE_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        holds=f"{LEVEL} <> 'emergency' OR EXISTS (SELECT 1 FROM {{t:materials_emergencycheck}} e WHERE e.material_id = NEW.material_id"
        " AND e.revision = NEW.revision)",
        moments=ASKED,
    ),
    Condition(
        code="a-signer-may-still-answer",
        sentence=_("A signer may still answer; sending alone is not possible yet."),
        mend=_("Open the notice"),
        page=NOTICE_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        holds=f"NOT {IS_ALONE} OR (EXISTS (SELECT 1 FROM {{t:safety_signeralarm}} z WHERE {THIS_REVISION})"
        f" AND NOT EXISTS (SELECT 1 FROM {{t:safety_signeralarm}} z WHERE {THIS_REVISION}"
        " AND (z.alone_from IS NULL OR z.alone_from > {now} OR z.answered_at IS NOT NULL)))",
        moments=frozenset({Moment.INSERT}),
    ),
    Condition(
        code="emergency-right-rests",
        sentence=_("An earlier notice that you sent alone was not reviewed in time, so sending alone rests."),
        mend=_("See Today"),
        page=TODAY_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        holds=f"NOT {IS_ALONE} OR NOT EXISTS (SELECT 1 FROM {{t:materials_dispatch}} d WHERE d.created_by_id = NEW.created_by_id"
        " AND d.review_due_at <= {now} AND d.reviewed_after_at IS NULL)",
        moments=frozenset({Moment.INSERT}),
    ),
    Condition(
        code="account-is-too-new",
        sentence=_(
            "Your account is less than 24 hours old. Call the signers; one of them signs, and then you may send."
        ),
        mend=_("Open the notice"),
        page=NOTICE_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        holds=f"NOT {IS_ALONE} OR {HERE_FOR_A_DAY}",
        moments=frozenset({Moment.INSERT}),
    ),
    Condition(
        code="no-role-on-a-case",
        sentence=_(
            "You have no role on a case but those that you opened today. Call the signers; one of them signs, and then you may send."
        ),
        mend=_("Open the notice"),
        page=NOTICE_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        # CASE, and not OR as elsewhere: SQLite works out both sides of an OR, and somebody who brought in a thousand cases
        # today has a thousand roles to go through, whatever they send and with whom.
        holds=f"CASE WHEN {IS_ALONE} THEN {HAS_A_ROLE} ELSE TRUE END",
        moments=frozenset({Moment.INSERT}),
    ),
    Condition(
        code="own-lone-notice-unseen",
        sentence=_(
            "You sent a notice alone that nobody has looked at yet. Ask a signer to look at it, or to sign this one."
        ),
        mend=_("See Today"),
        page=TODAY_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        holds=f"NOT {IS_ALONE} OR NOT EXISTS (SELECT 1 FROM {UNSEEN} AND d.created_by_id = NEW.created_by_id AND {NOT_LATE})",
        moments=frozenset({Moment.INSERT}),
    ),
    Condition(
        code="lone-notices-unseen",
        sentence=_(
            "Three notices that were sent alone wait for a second look. Ask a signer to look at one, or to sign this one."
        ),
        mend=_("See Today"),
        page=TODAY_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.EMERGENCY,
        holds=f"NOT {IS_ALONE} OR (SELECT COUNT(DISTINCT d.material_id) FROM {UNSEEN}) < {MOST_OF_AN_OFFICE}",
        moments=frozenset({Moment.INSERT}),
    ),
)
