"""Whether each translation that the words print is signed by a second reader, and of what the packet says now."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.facts import UNDER_IT
from safety.conditions.mending import MATERIAL_PAGE, TRANSLATES
from safety.conditions.record import EVERYTHING, Condition, ReviewCell, no_such
from safety.conditions.sql import LEVEL

TRANSLATED_TABLES = {
    "person": "casework_person",
    "detention": "casework_detention",
    "place": "casework_place",
    "charge": "casework_charge",
    "claim": "casework_claim",
    "source": "casework_source",
    "demand": "casework_demand",
    "ask": "casework_ask",
}
# The MAC of an original binds which words of which row it is, so it is found among those of that row alone.
SAYS_SO = "x.id = t.row_id AND {place_in_bytes}(x.words_macs, t.original_mac) > 0"
IS_CURRENT = " OR ".join(
    [
        f"EXISTS (SELECT 1 FROM {{t:casework_case}} x WHERE {SAYS_SO})",
        *(
            f"EXISTS (SELECT 1 FROM {{t:{table}}} x WHERE {SAYS_SO} AND x.removed_at IS NULL)"
            for table in TRANSLATED_TABLES.values()
        ),
    ]
)
# Nobody waits for a second reader at night; of an original that changed meanwhile a notice says nothing either.
IS_SIGNED = f"(t.signed_by_id IS NOT NULL OR {LEVEL} = 'emergency')"
TRANSLATION_NOT_SIGNED_ROWS = (
    f"{UNDER_IT} AND f.kind = 'translated' AND NOT EXISTS (SELECT 1 FROM {{t:casework_translation}} t"
    f" WHERE t.id = f.row_id AND {IS_SIGNED} AND ({IS_CURRENT}))"
)

TRANSLATIONS: tuple[Condition, ...] = (
    Condition(
        code="translation-not-signed",
        sentence=_(
            "A translation that the text prints has no signature of a second reader, or its original changed since."
        ),
        mend=_("See which translation"),
        page=MATERIAL_PAGE,
        mender=TRANSLATES,
        cell=ReviewCell.TEXT,
        holds=no_such(TRANSLATION_NOT_SIGNED_ROWS),
        rows=TRANSLATION_NOT_SIGNED_ROWS,
        keys="f.case_id, f.row_id",
        moments=EVERYTHING,
    ),
)
