"""Ruling that the words still hold after a fact under them changed: by the author, and by a second person once it is out."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import NotAllowed, lock, may
from materials.actions.materials import locked
from materials.asks_used import overtaken_asks, say_asks_make_sense
from materials.facts_used import changed_facts, has_changed, rule_still_right, second_still_right
from materials.models import Material
from materials.notify import tell

MAY_AGREE = ("write_material", "sign_review")


@transaction.atomic
def still_right(*, actor: User, material: Material) -> bool:
    """Rule that the words still hold after a fact changed; the revision stays.

    True when the text is out already: then the ruling counts once a second person agrees. Refused where a fact that
    the words use was taken out of the packet, and where they ask for what makes no sense any more.
    """
    cases = locked(actor, material, "write_material")
    stored = Material.objects.select_for_update().get(pk=material.pk)
    gone = [fact for fact in changed_facts(stored) if not fact.after]
    named = ", ".join(fact.before for fact in gone)
    said = _("This was taken out of the packet, so the words cannot still hold: %(what)s. Edit or compose them again.")
    faults = [said % {"what": named}] if gone else []
    faults += overtaken_asks(stored)
    if faults:
        raise ValidationError(faults)
    needs_second = rule_still_right(stored, actor=actor)
    say_asks_make_sense(stored, actor=actor)
    if not needs_second:
        stored.edited_at, stored.is_stale = timezone.now(), False
        stored.save(update_fields=["edited_at", "is_stale"])
    for case in cases:
        record(actor=actor, verb="materials.material.still_right", case=case, about=stored, revision=stored.revision)
    tell(
        verb="materials.material.still_right",
        material=stored,
        cases=cases,
        actor=actor,
        next_readers=MAY_AGREE if needs_second else (),
    )
    return needs_second


@transaction.atomic
def agree_still_right(*, actor: User, material: Material) -> int:
    """Agree, as a second person who writes or signs on every case, that the words still hold. Returns how many facts."""
    cases = lock(*material.cases.values_list("pk", flat=True))
    for case in cases:
        if not any(may(actor, right, case) for right in MAY_AGREE):
            raise NotAllowed("write_material", case)
    stored = Material.objects.select_for_update().get(pk=material.pk)
    agreed = second_still_right(stored, actor=actor)
    if not agreed:
        raise ValidationError(_("Somebody else must agree: you ruled on this yourself, or nothing waits any more."))
    if not has_changed(stored):
        Material.objects.filter(pk=stored.pk).update(is_stale=False)
    for case in cases:
        record(actor=actor, verb="materials.material.still_right_agreed", case=case, about=stored, facts=agreed)
    tell(verb="materials.material.still_right_agreed", material=stored, cases=cases, actor=actor)
    return agreed
