"""What binds an assessment, a review and a clearance. The database compares columns; only this shows they are ours."""

from typing import Any

from sealing import keys


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""


def assessment_parts(row: Any) -> list[str]:
    """Return what a signature on an assessment binds, in a fixed order."""
    return [
        "assessment",
        str(row.pk),
        str(row.case_id),
        str(row.material_id or ""),
        str(row.revision or ""),
        row.kind,
        row.level,
        str(int(row.has_hard_stop)),
        str(int(row.needs_full)),
        str(int(row.is_unknown_alone)),
        _iso(row.ends_by),
        str(row.author_id),
        str(row.co_author_id or ""),
        _iso(row.written_at),
        str(row.signed_by_id or ""),
        _iso(row.signed_at),
        str(row.director_id or ""),
        _iso(row.granted_until),
    ]


def assessment_mac(row: Any) -> bytes:
    """Return the MAC of an assessment as it is now; made anew only when it is written or signed by our own verbs."""
    return keys.gate_mac(assessment_parts(row))


def exception_parts(row: Any) -> list[str]:
    """Return what the two signatures on an exception bind: which case, assessment and material, who, when."""
    return [
        "exception",
        str(row.pk),
        str(row.case_id),
        str(row.assessment_id),
        str(row.material_id),
        str(row.acting),
        str(row.not_acting),
        str(row.asked_by_id),
        _iso(row.asked_at),
        str(row.reviewer_id or ""),
        str(row.director_id or ""),
        _iso(row.granted_at),
    ]


def exception_mac(row: Any) -> bytes:
    """Return the MAC of an exception as it is now; made anew only when it is asked for or signed by our own verbs."""
    return keys.gate_mac(exception_parts(row))


def extension_parts(row: Any) -> list[str]:
    """Return what the agreement to more days of grace binds: which page and material, who asked, who agreed, when."""
    return [
        "extension",
        str(row.pk),
        str(row.page_id),
        str(row.material_id),
        str(row.asked_by_id),
        _iso(row.asked_at),
        str(row.agreed_by_id or ""),
        _iso(row.agreed_at),
    ]


def extension_mac(row: Any) -> bytes:
    """Return the MAC of an extension as it is now; made anew only when it is asked for or agreed to by our own verbs."""
    return keys.gate_mac(extension_parts(row))


def review_parts(row: Any) -> list[str]:
    """Return what a review binds: which text, which uses, who, when, what verdict."""
    return [
        "review",
        str(row.pk),
        str(row.material_id),
        str(row.revision),
        bytes(row.material_mac).hex(),
        bytes(row.uses_mac).hex(),
        row.verdict,
        str(row.reviewer_id),
        str(row.author_id),
        str(row.last_editor_id),
        _iso(row.signed_at),
    ]


def review_mac(row: Any) -> bytes:
    """Return the MAC of a review; made once, when it is signed."""
    return bytes(row.mac) if not row._state.adding else keys.gate_mac(review_parts(row))


def clearance_parts(row: Any) -> list[str]:
    """Return what a clearance binds: which text, level, audience, on whose review, until when."""
    return [
        "clearance",
        str(row.pk),
        str(row.material_id),
        str(row.revision),
        bytes(row.material_mac).hex(),
        row.level,
        row.audience,
        str(row.review_id or ""),
        str(int(row.is_alone)),
        str(row.granted_by_id),
        _iso(row.granted_at),
        _iso(row.granted_until),
    ]


def clearance_mac(row: Any) -> bytes:
    """Return the MAC of a clearance; made once, when it is granted."""
    return bytes(row.mac) if not row._state.adding else keys.gate_mac(clearance_parts(row))
