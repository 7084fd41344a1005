"""Which audiences read what is published, and which disclosures ask for an assessment (SECURITY.md 4)."""

PUBLISHED_AUDIENCES = ["AU_PUBLIC", "AU_SUPPORT"]
ASSESSED_DISCLOSURES = ["AU_HOLDER", "AU_PARL"]
