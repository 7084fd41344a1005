"""The logo of the office: put on the letterhead, and taken off it. By an administrator of the office, into the trail."""

import base64

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import record
from directory.actions.office import ONLY_ADMINISTRATORS, may_manage
from directory.models import OfficeLogo
from directory.pictures import cleaned


@transaction.atomic
def change_logo(*, actor: User, data: bytes) -> OfficeLogo:
    """Draw this picture anew and put it on the letterhead; what left before keeps the one it left with.

    Refused to everybody but administrators, and for what is no picture that may be printed.
    """
    refuse_if((not may_manage(actor), ONLY_ADMINISTRATORS))
    try:
        picture = cleaned(data)
    except ValidationError as refused:
        raise ValidationError({"picture": refused.messages}) from None
    kept = base64.b64encode(picture.png).decode()
    row = OfficeLogo(picture=kept, width=picture.width, height=picture.height, made_by=actor)
    row.save(force_insert=True)
    record(actor=actor, verb="directory.logo.changed", about=row, width=row.width, height=row.height)
    return row


@transaction.atomic
def remove_logo(*, actor: User) -> OfficeLogo | None:
    """Take the logo off the letterhead; what left keeps it. None where there was none. Administrators alone."""
    refuse_if((not may_manage(actor), ONLY_ADMINISTRATORS))
    if OfficeLogo.at() is None:
        return None
    row = OfficeLogo(made_by=actor)
    row.save(force_insert=True)
    record(actor=actor, verb="directory.logo.removed", about=row)
    return row
