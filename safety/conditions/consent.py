"""Whether the person, or who may speak for them, agreed that this audience sees what the text discloses."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import CONSENTS_PAGE, NO_RIGHT, NOTICE_PAGE, RECORDS_CONSENT
from safety.conditions.record import AFTER_REVIEW, EVERYTHING, Condition, ReviewCell, no_such
from safety.conditions.sql import LATEST_WISH, LEVEL

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
ITEM_WITHOUT_CONSENT_ROWS = f"{USED_ITEMS} AND NOT {OF_THIS_ITEM})"

CONSENT: tuple[Condition, ...] = (
    Condition(
        code="no-consent",
        sentence=_("There is no live consent for this audience."),
        mend=_("Record what the person or family said"),
        page=CONSENTS_PAGE,
        mender=RECORDS_CONSENT,
        cell=ReviewCell.CONSENT,
        holds=f"{OF_THE_PERSON})",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="item-without-consent",
        sentence=_("The text discloses something for which there is no consent."),
        mend=_("See the consent ledger"),
        page=CONSENTS_PAGE,
        mender=RECORDS_CONSENT,
        cell=ReviewCell.CONSENT,
        holds=no_such(ITEM_WITHOUT_CONSENT_ROWS),
        rows=ITEM_WITHOUT_CONSENT_ROWS,
        keys="i.case_id, i.item",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="nobody-agreed",
        sentence=_("Nobody agreed within 24 hours, as second person, that best interest may be presumed."),
        mend=_("Open the notice"),
        page=NOTICE_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.CONSENT,
        holds=f"{LEVEL} <> 'emergency' OR ((NOT {OF_THE_PERSON}) OR {OF_THE_PERSON} AND {IN_TIME}))"
        f" AND NOT EXISTS ({ITEMS} AND {OF_THIS_ITEM}) AND NOT {OF_THIS_ITEM} AND {IN_TIME})))",
        moments=AFTER_REVIEW,
        of_each_case=True,
    ),
    Condition(
        code="refused-by-the-person",
        sentence=_("The person has refused this audience."),
        mend=_("See the consent ledger"),
        page=CONSENTS_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.CONSENT,
        holds="NOT EXISTS (SELECT 1 FROM {t:casework_consent} k JOIN {t:casework_consentgrant} g ON g.consent_id = k.id"
        f" WHERE {REFUSAL} AND k.status = 'CS_REFUSED' AND k.giver IN {OWN_GIVERS} AND {COVERS})",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="family-disagrees",
        sentence=_("The family disagrees about this audience, and the person's own word is not known."),
        mend=_("See the consent ledger"),
        page=CONSENTS_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.CONSENT,
        holds=f"{LEVEL} <> 'full' OR NOT EXISTS (SELECT 1 FROM {{t:casework_consent}} k JOIN {{t:casework_consentgrant}} g ON g.consent_id = k.id"
        f" WHERE {REFUSAL} AND k.status IN ('CS_REFUSED', 'CS_DISPUTED') AND k.giver NOT IN {OWN_GIVERS} AND {COVERS})"
        " OR EXISTS (SELECT 1 FROM {t:casework_consent} k JOIN {t:casework_consentgrant} g ON g.consent_id = k.id"
        f" WHERE {LIVE} AND k.subject = 'prisoner' AND k.giver IN {OWN_GIVERS} AND {COVERS})",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="wish-for-silence",
        sentence=_("The known wish is silence or delay."),
        mend=_("See the known wish"),
        page=CONSENTS_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.CONSENT,
        holds=f"NOT EXISTS (SELECT 1 FROM {{t:casework_wish}} w WHERE {LATEST_WISH} AND w.wants = 'silence')",
        moments=EVERYTHING,
        of_each_case=True,
    ),
)
