"""Every row of every app."""

from tests.security.acts import (
    accounts,
    advocacy,
    brought,
    casework_access,
    casework_packet,
    casework_translations,
    directory,
    found_by_a_scan,
    keeping_open,
    marking,
    materials,
    materials_leaving,
    materials_unasked,
    notes,
    results,
    safety,
)
from tests.security.acts.record import Act, Unasked

ACTS: tuple[Act, ...] = (
    *accounts.ACTS,
    *keeping_open.ACTS,
    *casework_packet.ACTS,
    *casework_translations.ACTS,
    *brought.ACTS,
    *casework_access.ACTS,
    *safety.ACTS,
    *found_by_a_scan.ACTS,
    *marking.ACTS,
    *directory.ACTS,
    *materials.ACTS,
    *materials_leaving.ACTS,
    *advocacy.ACTS,
    *notes.ACTS,
    *results.ACTS,
)
UNASKED: tuple[Unasked, ...] = (
    *accounts.UNASKED,
    *keeping_open.UNASKED,
    *casework_access.UNASKED,
    *directory.UNASKED,
    *safety.UNASKED,
    *marking.UNASKED,
    *materials_unasked.UNASKED,
    *materials_leaving.UNASKED,
    *advocacy.UNASKED,
    *notes.UNASKED,
    *results.UNASKED,
)
