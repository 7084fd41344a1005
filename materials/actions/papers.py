"""Whose paper this is: from the number on it to the copy, for who may know of every case of its material."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from materials.models import Copy


@transaction.atomic
def find(*, actor: User, number: str) -> Copy:
    """Return the copy whose paper carries this number, and note on its cases that somebody asked.

    Raises ValidationError in the same words for a number that nobody drew and for one of a case that is hidden.
    """
    copy = Copy.objects.visible_to(actor).select_related("material").numbered(number).first()
    if copy is None or copy.paper_number != number:
        raise ValidationError({"number": _("There is no such paper. Look at each letter once more.")})
    for case in copy.material.cases.all():
        record(actor=actor, verb="materials.paper.found", case=case, about=copy, number=copy.number)
    return copy


def may_open(actor: User, copy: Copy) -> bool:
    """Say whether this person may open the page of the copy, which names its recipient."""
    return Copy.objects.where(actor, may="dispatch").filter(pk=copy.pk).exists()
