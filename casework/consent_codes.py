"""The codes of consent that the rule, the ledger's pages and the gate share: audiences, givers, spans."""

import datetime as dt

FULL_AUDIENCES = ["AU_MEDIA_BG", "AU_PUBLIC", "AU_SUPPORT"]
INSIDE_AUDIENCES = ["AU_INTERNAL", "AU_ORG"]
TRUSTED = "AU_TRUSTED"  # recipients of a notice: whatever audience an answer names covers them
PUBLIC_AUDIENCES = frozenset({*FULL_AUDIENCES, "AU_UNPUB"})
PROTECTIVE = frozenset({"AU_INTERNAL", "AU_PARTNER", "AU_DIPLO", "AU_OWNGOV", "AU_UN", "AU_COURT"})

OWN_GIVERS = frozenset({"CG_SELF", "CG_SELF_LAWYER", "CG_WRITTEN_PRIOR", "CG_POA"})
FAMILY_GIVERS = frozenset({"CG_FAMILY", "CG_GUARDIAN"})

BEST_INTEREST_LASTS = dt.timedelta(hours=72)
SECOND_WITHIN = dt.timedelta(hours=24)


def least_level(audience: str) -> str:
    """Return the least gate level at which anything reaches this audience, a notice to trusted recipients apart."""
    if audience in FULL_AUDIENCES:
        return "full"
    return "none" if audience in INSIDE_AUDIENCES else "disclosure"
