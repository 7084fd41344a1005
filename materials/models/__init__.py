"""What is written, judged and sent, one subject a file."""

from materials.models.dispatch import Copy, Dispatch, PublicPage
from materials.models.emergency import EmergencyCheck
from materials.models.extension import PageExtension
from materials.models.facts import MaterialFact
from materials.models.material import Material, MaterialCase, MaterialClaim, MaterialItem, MaterialKey, MaterialText
from materials.models.shortening import PageShortening

__all__ = [
    "Copy",
    "Dispatch",
    "EmergencyCheck",
    "Material",
    "MaterialCase",
    "MaterialClaim",
    "MaterialFact",
    "MaterialItem",
    "MaterialKey",
    "MaterialText",
    "PageExtension",
    "PageShortening",
    "PublicPage",
]
