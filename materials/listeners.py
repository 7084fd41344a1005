"""What materials hear from the packet: a consent that one person made smaller shortens the pages that stand on it."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from casework import events
from casework.models import Case, Consent
from materials.leaving.page_expiry import LONGEST
from materials.models import MaterialCase, PageShortening, PublicPage

CONSENT_SHRANK = "TR_CONSENT"
LOOKED_AT_WITHIN = dt.timedelta(hours=24)


@events.register
def note_shortening(*, actor: User, case: Case, code: str, about: Any, what: str = "") -> None:
    """Ask another to look, in the transaction of the act itself: an earlier end, or fewer items, is one person's act.

    A consent that was withdrawn is the giver's word: the page is gone, and no reason is asked.
    """
    if code != CONSENT_SHRANK or not isinstance(about, Consent) or about.withdrawn_at is not None:
        return
    now = timezone.now()
    of_case = MaterialCase.objects.filter(material=OuterRef("dispatch__material"), case=case)
    standing = PublicPage.objects.filter(Exists(of_case), taken_down_at=None)
    standing = standing.filter(Q(ends_at=None) | Q(ends_at__gt=now - LONGEST))
    asked = (
        PageShortening.objects.unseen().filter(page__in=standing, shortened_by=actor).values_list("page_id", flat=True)
    )
    PageShortening.objects.bulk_create(
        [
            PageShortening(page=page, shortened_by=actor, shortened_at=now, review_due_at=now + LOOKED_AT_WITHIN)
            for page in standing.exclude(pk__in=list(asked))
        ]
    )
