"""Office roles that one administrator gives, and the end of any."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import PersonRole, User
from accounts.notify import tell_signers
from accounts.refusals import refuse_if
from accounts.roles import GIVEN_BY_TWO, OfficeRole, holds
from audit.trail import record


@transaction.atomic
def give_role(*, actor: User, person: User, role: str) -> PersonRole:
    """Give the role that neither signs nor proposes: auditor. Every other one needs propose_role and a second person.

    Refused to anybody but an administrator, and for an account that is closed.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(
        (
            not holds(actor, OfficeRole.ADMINISTRATOR),
            _("Only an administrator may do this."),
        ),
        (
            role in GIVEN_BY_TWO,
            _("This role needs a second person who is neither you nor the one who gets it."),
        ),
        (not person.is_active, _("This account is closed.")),
    )
    held = person.office_roles.live().filter(role=role).first()
    if held:
        return held
    given = PersonRole.objects.create(user=person, role=role, granted_by=actor)
    tell_signers(verb="accounts.role.given", about=person, by=actor, role=role)
    record(
        actor=actor,
        verb="accounts.role.given",
        about=given,
        role=role,
        person=person.pk,
    )
    return given


@transaction.atomic
def end_role(*, actor: User, held: PersonRole) -> PersonRole:
    """End a role at once. Refused to anybody but an administrator, and for the last administrator's own."""
    held = PersonRole.objects.select_for_update().get(pk=held.pk)
    administrators = PersonRole.objects.live().filter(role=OfficeRole.ADMINISTRATOR, user__is_active=True)
    is_last = held.role == OfficeRole.ADMINISTRATOR and not administrators.exclude(pk=held.pk).exists()
    refuse_if(
        (
            not holds(actor, OfficeRole.ADMINISTRATOR),
            _("Only an administrator may do this."),
        ),
        (is_last, _("This is the last administrator.")),
    )
    if held.ended_at:
        return held
    held.ended_at, held.ended_by = timezone.now(), actor
    held.save(update_fields=["ended_at", "ended_by"])
    tell_signers(verb="accounts.role.ended", about=held.user, by=actor, role=held.role)
    record(
        actor=actor,
        verb="accounts.role.ended",
        about=held,
        role=held.role,
        person=held.user_id,
    )
    return held
