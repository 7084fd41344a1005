"""When the facts of a case last changed: what was written from older facts is stale."""

import datetime as dt

from django.utils import timezone

from casework.models import Case


def note_fact_change(case: Case) -> dt.datetime:
    """Note that a fact of the case changes now; call it in the verb, within its transaction. Returns the instant."""
    now = timezone.now()
    Case.objects.filter(pk=case.pk).update(facts_changed_at=now)
    case.facts_changed_at = now
    return now


def changed_since(case: Case, at: dt.datetime) -> bool:
    """Say whether a fact of the case changed after this instant; one query, whatever the row in hand says."""
    return Case.objects.filter(pk=case.pk, facts_changed_at__gt=at).exists()
