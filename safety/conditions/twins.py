"""Whether another case that may be about the same person stops it: safety belongs to the person, not to a row.

Until signers ruled "another person", what the other case knows counts here: a hold (where a hold stops at all), a wish
for silence, and the person's own refusal of what this text discloses. It is one condition with one code, so that whoever
may not see the other case cannot tell one from the other, nor either from what else waits for a signer.
"""

from django.utils.translation import gettext_lazy as _

from safety.conditions.consent import OWN, STANDS, is_answer
from safety.conditions.mending import MATERIAL_PAGE, NO_RIGHT
from safety.conditions.record import EVERYTHING, Condition, ReviewCell, no_such
from safety.conditions.sql import LEVEL, held, wishes_silence

SIGNER_LOOKS_FIRST = "signer-looks-first"
ON_THIS_QUESTION = "{0}.twin_id = tw.id AND {0}.question = tw.question AND {0}.verdict = '{1}'".format
# One who may sign on both cases rules alone; else two people, one for each case. Who says "the same" is believed at once.
ANOTHER_PERSON = (
    f"EXISTS (SELECT 1 FROM {{t:casework_twinruling}} tr WHERE {ON_THIS_QUESTION('tr', 'another')} AND (tr.is_for_both"
    f" OR EXISTS (SELECT 1 FROM {{t:casework_twinruling}} ts WHERE {ON_THIS_QUESTION('ts', 'another')}"
    " AND ts.case_id <> tr.case_id AND ts.ruled_by_id <> tr.ruled_by_id)))"
    f" AND NOT EXISTS (SELECT 1 FROM {{t:casework_twinruling}} tv WHERE {ON_THIS_QUESTION('tv', 'same')})"
)
COUNTED_TWINS = (
    "{t:materials_materialcase} mc JOIN {t:casework_possibletwin} tw ON (tw.one_id = mc.case_id OR tw.other_id = mc.case_id)"
    " JOIN {t:casework_case} x ON x.id = CASE WHEN tw.one_id = mc.case_id THEN tw.other_id ELSE tw.one_id END"
    f" WHERE mc.material_id = NEW.material_id AND NOT ({ANOTHER_PERSON})"
)
# Only what the other ledger itself says later takes the place of its refusal: whether this one is the same person's is open.
REFUSED_THERE = (
    "EXISTS (SELECT 1 FROM {t:materials_materialitem} i JOIN {t:casework_consentgrant} rg ON rg.item = i.item"
    " JOIN {t:casework_consent} r ON r.id = rg.consent_id WHERE i.material_id = NEW.material_id AND i.revision = NEW.revision"
    " AND i.case_id = mc.case_id AND i.contact_id IS NULL AND r.case_id = x.id AND r.subject = 'prisoner'"
    f" AND (rg.audience = {{audience}} OR {{audience}} = 'AU_TRUSTED') AND r.giver IN {OWN} AND {is_answer('r')} AND {STANDS})"
)
STOPPING_TWIN_ROWS = (
    f"{COUNTED_TWINS} AND (({LEVEL} = 'full' AND {held('x')}) OR {wishes_silence('x')} OR {REFUSED_THERE})"
)

TWINS: tuple[Condition, ...] = (
    Condition(
        code="signer-looks-first",
        sentence=_("A signer looks at this first."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.PERSON,
        holds=no_such(STOPPING_TWIN_ROWS),
        rows=STOPPING_TWIN_ROWS,
        keys="mc.case_id, tw.id",
        moments=EVERYTHING,
    ),
)
