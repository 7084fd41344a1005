"""Every row of every app."""

from tests.security.acts import accounts, advocacy, casework_access, casework_packet, materials, newer, safety
from tests.security.acts.record import Act, Unasked

ACTS: tuple[Act, ...] = (
    *accounts.ACTS,
    *casework_packet.ACTS,
    *casework_access.ACTS,
    *safety.ACTS,
    *materials.ACTS,
    *advocacy.ACTS,
    *newer.ACTS,
)
UNASKED: tuple[Unasked, ...] = (
    *accounts.UNASKED,
    *casework_access.UNASKED,
    *safety.UNASKED,
    *materials.UNASKED,
    *advocacy.UNASKED,
    *newer.UNASKED,
)
