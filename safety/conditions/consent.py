"""Whether the person, or who may speak for them, agreed that this audience sees what the text discloses."""

from django.utils.translation import gettext_lazy as _

from casework.consent_codes import OWN_GIVERS, RANKS
from safety.conditions.mending import CONSENTS_PAGE, NO_RIGHT, NOTICE_PAGE, RECORDS_CONSENT
from safety.conditions.record import AFTER_REVIEW, EVERYTHING, Condition, ReviewCell, no_such
from safety.conditions.sql import IS_A_STOP_NOTICE, LEVEL, literals, wishes_silence

OWN = f"({literals(OWN_GIVERS)})"
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


def weight(answer: str) -> str:
    """Return the SQL of how much the giver of this answer weighs (casework.consent_codes.RANKS)."""
    return f"CASE {answer}.giver " + " ".join(f"WHEN '{code}' THEN {rank}" for code, rank in RANKS.items()) + " END"


def on_this_pair(answer: str, grant: str, *, of: str = "k", by: str = "g") -> str:
    """Return the SQL of an answer, whatever it says, on the pair of item and audience that `of` and `by` name."""
    return (
        f"{{t:casework_consent}} {answer} JOIN {{t:casework_consentgrant}} {grant} ON {grant}.consent_id = {answer}.id"
        f" WHERE {answer}.case_id = {of}.case_id AND {answer}.subject = {of}.subject"
        f" AND ({answer}.subject_contact_id = {of}.subject_contact_id OR {of}.subject = 'prisoner') AND {is_answer(answer)}"
        f" AND {grant}.item = {by}.item AND {grant}.audience = {by}.audience"
    )


def is_answer(answer: str) -> str:
    """Return the SQL of a row of the ledger being an answer that was given by now."""
    return f"{answer}.removed_at IS NULL AND {answer}.status <> 'CS_ASKED' AND {answer}.from_at <= {{now}}"


# A refusal has no end: it stands until a newer answer of a giver of the same or a higher rank names the pair.
STANDS = (
    f"r.status IN ('CS_REFUSED', 'CS_DISPUTED') AND NOT EXISTS (SELECT 1 FROM {on_this_pair('n', 'ng', of='r', by='rg')}"
    " AND n.withdrawn_at IS NULL AND n.from_at >= r.from_at AND n.created_at > r.created_at"
    f" AND {weight('n')} >= {weight('r')})"
)
STANDING_REFUSAL = f"{on_this_pair('r', 'rg')} AND {STANDS}"
# The person's own answer on a pair bounds everybody else's, and their own refusal stands against all.
NOT_OVERRULED_BY_THE_PERSON = (
    f" AND (k.giver IN {OWN} OR NOT EXISTS (SELECT 1 FROM {on_this_pair('o', 'og')} AND o.giver IN {OWN}))"
    f" AND NOT EXISTS (SELECT 1 FROM {STANDING_REFUSAL} AND r.giver IN {OWN})"
)
# Where something public is judged and the person's own word is not known, the stricter view governs.
NOT_OVERRULED_BY_OTHERS = (
    f" AND ({LEVEL} <> 'full' OR k.giver IN {OWN} OR NOT EXISTS (SELECT 1 FROM {STANDING_REFUSAL}))"
)
NOT_OVERRULED = f"{NOT_OVERRULED_BY_THE_PERSON}{NOT_OVERRULED_BY_OTHERS}"
ITEM_WITHOUT_CONSENT_ROWS = f"{USED_ITEMS} AND NOT {OF_THIS_ITEM})"
REFUSED_BY_THE_PERSON_ROWS = f"{USED_ITEMS} AND {OF_THIS_ITEM}) AND NOT {OF_THIS_ITEM}{NOT_OVERRULED_BY_THE_PERSON})"
FAMILY_DISAGREES_ROWS = (
    f"{USED_ITEMS} AND {LEVEL} = 'full' AND {OF_THIS_ITEM}{NOT_OVERRULED_BY_THE_PERSON})"
    f" AND NOT {OF_THIS_ITEM}{NOT_OVERRULED})"
)

CONSENT: tuple[Condition, ...] = (
    Condition(
        code="no-consent",
        sentence=_("There is no live consent for this audience."),
        mend=_("Record what the person or family said"),
        page=CONSENTS_PAGE,
        mender=RECORDS_CONSENT,
        cell=ReviewCell.CONSENT,
        holds=f"{IS_A_STOP_NOTICE} OR {OF_THE_PERSON}{NOT_OVERRULED})",
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
        sentence=_("The person whose information it is has refused, for this audience, what the text discloses."),
        mend=_("See the consent ledger"),
        page=CONSENTS_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.CONSENT,
        holds=no_such(REFUSED_BY_THE_PERSON_ROWS),
        rows=REFUSED_BY_THE_PERSON_ROWS,
        keys="i.case_id, i.item",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="family-disagrees",
        sentence=_("The family disagrees about what the text discloses, and the person's own word is not known."),
        mend=_("See the consent ledger"),
        page=CONSENTS_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.CONSENT,
        holds=no_such(FAMILY_DISAGREES_ROWS),
        rows=FAMILY_DISAGREES_ROWS,
        keys="i.case_id, i.item",
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
        holds=f"{IS_A_STOP_NOTICE} OR NOT {wishes_silence('c')}",
        moments=EVERYTHING,
        of_each_case=True,
    ),
)
