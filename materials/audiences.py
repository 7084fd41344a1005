"""Which audiences are public, which stay inside, and the least gate level of each (SECURITY.md 4)."""

from casework.consent_codes import FULL_AUDIENCES, INSIDE_AUDIENCES, TRUSTED, least_level_of

PUBLISHED_AUDIENCES = ["AU_PUBLIC", "AU_SUPPORT"]
ASSESSED_DISCLOSURES = ["AU_HOLDER", "AU_PARL"]


def least_level(kind: str, audience: str) -> str:
    """Return the least gate level of a material of this kind for this audience."""
    is_notice = kind == "PROTECTIVE_NOTICE" and audience == TRUSTED
    return "emergency" if is_notice else least_level_of(audience)


__all__ = [
    "ASSESSED_DISCLOSURES",
    "FULL_AUDIENCES",
    "INSIDE_AUDIENCES",
    "PUBLISHED_AUDIENCES",
    "TRUSTED",
    "least_level",
]
