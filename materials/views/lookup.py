"""The one way from an address to a material, a copy or a page. Hidden and missing answer alike: 404."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.models import User
from accounts.sign_in.requests import SignedInRequest
from audit.trail import record
from casework.access import NotAllowed, rights_on
from casework.models import Case
from materials.models import Copy, Material
from materials.text_as_read import READS_WORDS


@dataclass(frozen=True)
class Opened:
    """A material with its cases and what its reader may do on all of them."""

    material: Material
    cases: list[Case]
    rights: frozenset[str]

    @property
    def case(self) -> Case:
        """Return the case under whose tabs the material is shown."""
        return self.cases[0]

    @property
    def may_read(self) -> bool:
        """Say whether the reader may see the words, not only that they exist."""
        return bool(self.rights & READS_WORDS)


def material_or_404(request: SignedInRequest, pk: uuid.UUID, *, may: str = "view_case") -> Opened:
    """Return a material all of whose cases the reader may know of; without the right asked for, NotAllowed in words."""
    rows = Material.objects.visible_to(request.user).select_related("author", "last_editor")
    material = rows.filter(pk=pk).first()
    if material is None:
        raise Http404
    cases = sorted(material.cases.select_related("lead"), key=lambda case: str(case.pk))
    rights = [rights_on(request.user, case) for case in cases]
    for case, held in zip(cases, rights, strict=True):
        if may not in held:
            raise NotAllowed(may, case)
    return Opened(material, cases, frozenset.intersection(*rights))


def copy_or_404(request: SignedInRequest, pk: uuid.UUID) -> Copy:
    """Return a copy for those who may dispatch its material; for everybody else it is not there."""
    rows = Copy.objects.select_related(
        "dispatch__clearance__review",
        "dispatch__material",
        "dispatch__created_by",
        "material",
        "recipient",
        "sent_to__entry__parent__parent",
        "created_by",
        "handed_over_by",
    )
    copy = rows.where(request.user, may="dispatch").filter(pk=pk).first()
    if copy is None:
        raise Http404
    return copy


def note_reading(actor: User | AnonymousUser, opened: Opened) -> None:
    """Record that somebody opened the words of a material; they may name the person."""
    for case in opened.cases:
        record(
            actor=actor,
            verb="materials.material.read",
            case=case,
            about=opened.material,
            revision=opened.material.revision,
        )
