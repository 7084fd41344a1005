"""Whether every claim that the text prints may be printed so, and what it discloses is named and counted."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import CHANGES_TEXT, CLAIMS_PAGE, MATERIAL_PAGE, RULES_ON_CLAIMS
from safety.conditions.record import ASKED, EVERYTHING, Condition, ReviewCell, no_such
from safety.conditions.sql import IS_REVIEWED_BEFORE

USED_CLAIMS = "{t:materials_materialclaim} u JOIN {t:casework_claim} q ON q.id = u.claim_id WHERE u.material_id = NEW.material_id AND u.revision = NEW.revision"
SUPPORT = (
    "EXISTS (SELECT 1 FROM {t:casework_citation} ct JOIN {t:casework_source} s ON s.id = ct.source_id WHERE ct.claim_id = q.id"
    " AND ct.removed_at IS NULL AND ct.kind = 'supports' AND s.removed_at IS NULL AND s.reliability IN "
)
BY_A_OR_B = SUPPORT + "('A', 'B'))"
BY_C = SUPPORT + "('C'))"
UNLESS_NOT_REVIEWED = f"NOT {IS_REVIEWED_BEFORE} OR "
CLAIM_TAKEN_OUT_ROWS = f"{USED_CLAIMS} AND q.removed_at IS NOT NULL"
CLAIM_IN_DOUBT_ROWS = f"{USED_CLAIMS} AND q.status IN ('VS_NEW', 'VS_REFUTED', 'VS_STALE', 'VS_CONFLICT')"
CLAIM_NOT_PUBLISHABLE_ROWS = (
    f"{USED_CLAIMS} AND NOT COALESCE((q.credibility <= 2 AND {BY_A_OR_B})"
    f" OR (u.printed_as = 'attributed' AND ((q.credibility = 3 AND {BY_A_OR_B}) OR (q.credibility <= 2 AND {BY_C}))), {{false}})"
)
CLAIM_NAMES_NO_ITEMS_ROWS = (
    f"{USED_CLAIMS} AND q.discloses_nothing = {{false}}"
    " AND NOT EXISTS (SELECT 1 FROM {t:casework_claimitem} ci WHERE ci.claim_id = q.id)"
)
ITEM_NOT_COUNTED_ROWS = (
    "{t:casework_claimitem} ci JOIN {t:materials_materialclaim} u"
    " ON u.claim_id = ci.claim_id JOIN {t:casework_claim} q ON q.id = u.claim_id WHERE u.material_id = NEW.material_id"
    " AND u.revision = NEW.revision AND NOT EXISTS (SELECT 1 FROM {t:materials_materialitem} i WHERE i.material_id = NEW.material_id"
    " AND i.revision = NEW.revision AND i.case_id = q.case_id AND i.contact_id IS NULL AND i.item = ci.item)"
)

CLAIMS: tuple[Condition, ...] = (
    Condition(
        code="claim-taken-out",
        sentence=_("The text uses a claim that was taken out of the packet."),
        mend=_("Edit the text"),
        page=MATERIAL_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.CLAIMS,
        holds=no_such(CLAIM_TAKEN_OUT_ROWS, unless=UNLESS_NOT_REVIEWED),
        rows=CLAIM_TAKEN_OUT_ROWS,
        keys="q.case_id, q.id",
        moments=EVERYTHING,
    ),
    Condition(
        code="claim-in-doubt",
        sentence=_("The text uses a claim that is unchecked, in conflict, stale or found false."),
        mend=_("See the claims"),
        page=CLAIMS_PAGE,
        mender=RULES_ON_CLAIMS,
        cell=ReviewCell.CLAIMS,
        holds=no_such(CLAIM_IN_DOUBT_ROWS, unless=UNLESS_NOT_REVIEWED),
        rows=CLAIM_IN_DOUBT_ROWS,
        keys="q.case_id, q.id",
        moments=EVERYTHING,
    ),
    Condition(
        code="claim-not-publishable",
        sentence=_("The text uses a claim whose sources are too weak for the way it is printed."),
        mend=_("See the claims"),
        page=CLAIMS_PAGE,
        mender=RULES_ON_CLAIMS,
        cell=ReviewCell.CLAIMS,
        holds=no_such(CLAIM_NOT_PUBLISHABLE_ROWS, unless=UNLESS_NOT_REVIEWED),
        rows=CLAIM_NOT_PUBLISHABLE_ROWS,
        keys="q.case_id, q.id",
        moments=EVERYTHING,
    ),
    Condition(
        code="claim-names-no-items",
        sentence=_("Nobody has said what a claim in the text discloses."),
        mend=_("See the claims"),
        page=CLAIMS_PAGE,
        mender=RULES_ON_CLAIMS,
        cell=ReviewCell.CLAIMS,
        holds=no_such(CLAIM_NAMES_NO_ITEMS_ROWS, unless=UNLESS_NOT_REVIEWED),
        rows=CLAIM_NAMES_NO_ITEMS_ROWS,
        keys="q.case_id, q.id",
        moments=ASKED,
    ),
    Condition(
        code="item-not-counted",
        sentence=_("What a claim discloses has changed since the text was written."),
        mend=_("Edit the text"),
        page=MATERIAL_PAGE,
        mender=CHANGES_TEXT,
        cell=ReviewCell.CLAIMS,
        holds=no_such(ITEM_NOT_COUNTED_ROWS, unless=UNLESS_NOT_REVIEWED),
        rows=ITEM_NOT_COUNTED_ROWS,
        keys="q.case_id, q.id",
        moments=EVERYTHING,
    ),
)
