"""Which audiences are public, which stay inside, and the least gate level of each (SECURITY.md 4)."""

FULL_AUDIENCES = ["AU_MEDIA_BG", "AU_PUBLIC", "AU_SUPPORT"]
INSIDE_AUDIENCES = ["AU_INTERNAL", "AU_ORG"]
PUBLISHED_AUDIENCES = ["AU_PUBLIC", "AU_SUPPORT"]
ASSESSED_DISCLOSURES = ["AU_HOLDER", "AU_PARL"]
TRUSTED = "AU_TRUSTED"


def least_level(kind: str, audience: str) -> str:
    """Return the least gate level of a material of this kind for this audience."""
    if audience in FULL_AUDIENCES:
        return "full"
    if audience in INSIDE_AUDIENCES:
        return "none"
    if kind == "PROTECTIVE_NOTICE" and audience == TRUSTED:
        return "emergency"
    return "disclosure"
