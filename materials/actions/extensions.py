"""More days of grace for a public page, once: one person asks with a reason, another agrees with a fresh second factor."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from accounts.sign_in.freshness import Proof
from audit.trail import record
from materials.actions.materials import locked
from materials.actions.public_pages import may_be_read
from materials.leaving import page_expiry
from materials.models import Material, PageExtension, PublicPage
from materials.notify import SENDERS, SIGNERS, tell
from safety.models import OfficeSafety
from safety.people import why_not_sign


def pages_running_out(material: Material) -> list[PublicPage]:
    """Return the pages of this material that a stranger may read now and whose consent or assessment ends soon."""
    rows = PublicPage.objects.filter(dispatch__material=material, taken_down_at=None)
    found = rows.select_related(
        "dispatch__clearance__review", "dispatch__material", "extension__asked_by", "extension__agreed_by"
    )
    now = timezone.now()
    return [page for page in found if page_expiry.is_running_out(page, now=now) and may_be_read(page)]


@transaction.atomic
def ask_extension(*, actor: User, material: Material, reason: str) -> list[PageExtension]:
    """Ask that what is public stays for twice the days of grace; another person agrees. Refused with every reason."""
    cases = locked(actor, material, "dispatch")
    found = pages_running_out(material)
    asked = [page for page in found if page_expiry.extension_of(page) is not None]
    refuse_if(
        (not found, _("No page of this material runs out now.")),
        (OfficeSafety.current().grace_days == 0, _("The office gives no days of grace, so there are none to double.")),
        (not reason.strip(), _("Say why it stays.")),
        (bool(found) and len(asked) == len(found), _("It was asked for already; it can be asked for once.")),
    )
    made = []
    for page in found:
        if page in asked:
            continue
        row = PageExtension(page=page, material=material, asked_by=actor, reason=reason.strip())
        row.save(force_insert=True)
        made.append(row)
        for case in cases:
            record(actor=actor, verb="materials.extension.asked", case=case, about=material)
    tell(verb="materials.extension.asked", material=material, cases=cases, actor=actor, next_readers=[SIGNERS])
    return made


@transaction.atomic
def agree_extension(*, actor: User, material: Material, proof: Proof) -> list[PageExtension]:
    """Agree to what was asked, as somebody else who signs on every case; then the days count. Refused with every reason."""
    cases = locked(actor, material, "sign_review")
    keys = [page.pk for page in pages_running_out(material)]
    waiting = PageExtension.objects.select_for_update().filter(page__in=keys, agreed_at=None)
    rows = list(waiting)
    now = timezone.now()
    refuse_if(
        (not rows, _("Nothing waits for agreement here.")),
        (any(actor.pk in row.signers for row in rows), _("You asked for it. Somebody else agrees.")),
        *[(True, str(reason)) for case in cases if (reason := why_not_sign(actor, case, right="sign_review", at=now))],
    )
    for row in rows:
        row.agreed_by, row.agreed_at = actor, now
        row.save(update_fields=["agreed_by", "agreed_at"])
        for case in cases:
            record(actor=actor, verb="materials.extension.agreed", case=case, about=material, factor=proof.method)
    tell(verb="materials.extension.agreed", material=material, cases=cases, actor=actor, next_readers=[SENDERS])
    return rows
