"""The MAC of a material's canonical plain text. Ciphertext differs at each sealing, so the database compares this."""

import json
from typing import Any

from sealing import keys


def text_parts(*, material_id: Any, kind: str, audience: str, language: str, title: str | None, body: Any) -> list[str]:
    """Return the canonical plain text in a fixed order; the body as JSON with sorted keys."""
    return [
        "material",
        str(material_id),
        kind,
        audience,
        language,
        title or "",
        json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
    ]


def material_mac(material: Any) -> bytes:
    """Return the MAC of the material's words as they are now."""
    return keys.gate_mac(
        text_parts(
            material_id=material.pk,
            kind=material.kind,
            audience=material.audience,
            language=material.language,
            title=material.title,
            body=material.body,
        )
    )


def file_parts(copy: Any) -> tuple[keys.Part, ...]:
    """Return what the MAC of a copy is made of: its own bytes, which copy they are of, and as what they are handed out."""
    return ("materials.copy.file", str(copy.pk), copy.format, bytes(copy.file or b""))
