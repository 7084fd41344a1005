"""What binds a consent and its grants: a row forged by hand does not carry the gate key's MAC."""

from typing import Any

from sealing import keys


def consent_parts(consent: Any) -> list[str]:
    """Return what can never change about a consent, in a fixed order."""
    return [
        "consent",
        str(consent.pk),
        str(consent.case_id),
        consent.subject,
        str(consent.subject_contact_id or ""),
        consent.giver,
        consent.basis,
        consent.status,
        consent.from_at.isoformat(),
        consent.granted_until.isoformat(),
    ]


def consent_mac(consent: Any) -> bytes:
    """Return the MAC of a consent row under the gate key; made once, so that saving a forged row never heals it."""
    if not consent._state.adding:
        return bytes(consent.mac)
    return keys.gate_mac(consent_parts(consent))


def grant_parts(grant: Any) -> list[str]:
    """Return what a grant binds: its consent, item and audience."""
    return ["grant", str(grant.pk), str(grant.consent_id), grant.item, grant.audience]


def grant_mac(grant: Any) -> bytes:
    """Return the MAC of a grant row under the gate key; made once."""
    if not grant._state.adding:
        return bytes(grant.mac)
    return keys.gate_mac(grant_parts(grant))
