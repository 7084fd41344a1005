"""Something happened that may change the risk: a stop pauses public work at once, a review sets a time, a note is kept."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.trail import record
from casework.access import lock, require
from casework.models import Case
from casework.vocabulary import terms
from safety.models import Pause, RiskTrigger
from safety.told import tell


@transaction.atomic
def note_happening(*, actor: Any, case: Case, code: str, what: str = "", now: Any = None) -> RiskTrigger:
    """Record what happened; its class in the vocabulary decides the effect. Anybody who may see the case may tell."""
    (case,) = lock(case)
    require(actor, "view_case", case)
    term = terms("reassess_trigger").get(code)
    if term is None:
        raise ValidationError(_("Choose what happened from the list."))
    now = now or timezone.now()
    due_at = now + timedelta(hours=term.limit_hours) if term.limit_hours else None
    happening = RiskTrigger.objects.create(
        case=case,
        code=code,
        trigger_class=term.trigger_class,
        noted_by=actor,
        noted_at=now,
        due_at=due_at,
        what=what.strip(),
    )
    if term.trigger_class == RiskTrigger.TriggerClass.STOP:
        Pause.objects.create(case=case, trigger=happening, since=now)
    tell(verb="safety.happening.noted", case=case, about=happening, actor=actor)
    record(
        actor=actor,
        verb="safety.happening.noted",
        case=case,
        about=happening,
        code=code,
        trigger_class=term.trigger_class,
    )
    return happening
