"""The codes of consent that the rule, the ledger's pages, the triggers and the gate share: audiences, givers, spans."""

import datetime as dt

FULL_AUDIENCES = ["AU_MEDIA_BG", "AU_PUBLIC", "AU_SUPPORT"]
INSIDE_AUDIENCES = ["AU_INTERNAL", "AU_ORG"]
TRUSTED = "AU_TRUSTED"  # recipients of a notice: whatever audience an answer names covers them
PUBLIC_AUDIENCES = frozenset({*FULL_AUDIENCES, "AU_UNPUB"})
PROTECTIVE = frozenset({"AU_INTERNAL", "AU_PARTNER", "AU_DIPLO", "AU_OWNGOV", "AU_UN", "AU_COURT"})

# Whose answer weighs more (DOMAIN.md 4): a refusal gives way to a newer answer of the same or a higher rank alone.
RANKS = {
    "CG_SELF": 7,
    "CG_SELF_LAWYER": 6,
    "CG_WRITTEN_PRIOR": 5,
    "CG_POA": 4,
    "CG_FAMILY": 3,
    "CG_GUARDIAN": 2,
    "CG_LAWYER": 1,
    "CG_NONE_BEST": 0,
}
OWN_GIVERS = frozenset({"CG_SELF", "CG_SELF_LAWYER", "CG_WRITTEN_PRIOR", "CG_POA"})
FAMILY_GIVERS = frozenset({"CG_FAMILY", "CG_GUARDIAN"})

# What may hurt most, whoever reads it: the giver is named, with method, language, proof and what was explained.
SENSITIVE_ITEMS = frozenset({"CI_PHOTO", "CI_HEALTH", "CI_TORTURE", "CI_SEXUAL", "CI_RELIGION", "CI_SOGI", "CI_FAMILY"})
LAWYER_ITEMS = frozenset({"CI_NAME", "CI_DOCS", "CI_LOCATION"})  # a lawyer alone: name, charge and place
LAWYER_AUDIENCES = frozenset({*INSIDE_AUDIENCES, "AU_DIPLO", "AU_OWNGOV", "AU_UN", "AU_COURT"})  # to officials

LONGEST = dt.timedelta(days=366)  # no answer is recorded for longer than twelve months from today

BEST_INTEREST_LASTS = dt.timedelta(hours=72)
SECOND_WITHIN = dt.timedelta(hours=24)


STOP = "stop"  # the level of a stop notice: it discloses nothing, so no missing consent keeps it from a holder


def least_level(audience: str) -> str:
    """Return the least gate level at which anything reaches this audience, a notice to trusted recipients apart."""
    if audience in FULL_AUDIENCES:
        return "full"
    return "none" if audience in INSIDE_AUDIENCES else "disclosure"


def needs_proof(item: str, audience: str) -> bool:
    """Say whether this item for this audience asks for the giver's name, method, language, proof and explanation."""
    return audience in PUBLIC_AUDIENCES or (item in SENSITIVE_ITEMS and audience not in INSIDE_AUDIENCES)


def lawyer_may_give(item: str, audience: str) -> bool:
    """Say whether a lawyer alone, whom nobody authorised, may give this item to this audience."""
    return item in LAWYER_ITEMS and audience in LAWYER_AUDIENCES
