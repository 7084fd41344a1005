"""The data keys of materials; a material may be about several cases, so its words are sealed under a key of their own."""

from materials.models import MaterialKey
from sealing.owner_keys import OwnerKeys

MATERIAL_KEYS = OwnerKeys("material", MaterialKey)
