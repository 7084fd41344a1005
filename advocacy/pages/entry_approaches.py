"""The approaches that went to an entry of the directory, or met somebody of it, of the cases that the reader may see."""

import uuid
from collections import defaultdict

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from advocacy.models import Approach, Reply
from advocacy.pages.answer_rows import approach_state
from directory.approached import ToldApproach, register_teller
from directory.models import Actor

MOST = 40


@register_teller
def told_approaches(reader: User, entry: Actor) -> list[ToldApproach]:
    """Return the newest approaches to this entry of cases that this reader may see; of others not even a number."""
    rows = Approach.objects.visible_to(reader).present().filter(Q(actor=entry) | Q(met=entry)).select_related("case")
    sealed = [field.name for field in Approach.sealed_fields()]
    found = list(rows.defer(*sealed).order_by("-happened_at", "-pk")[:MOST])
    came = Reply.objects.present().filter(approach__in=[row.pk for row in found]).order_by("received_on", "created_at")
    replies: dict[uuid.UUID, list[Reply]] = defaultdict(list)
    for reply in came.defer(*(field.name for field in Reply.sealed_fields())):
        if reply.approach_id:
            replies[reply.approach_id].append(reply)
    return [_told(row, replies[row.pk]) for row in found]


def _told(row: Approach, replies: list[Reply]) -> ToldApproach:
    state = approach_state(row, replies, today=timezone.localdate())
    return ToldApproach(
        url=f"{reverse('advocacy:answers', args=[row.case.reference])}#a-{row.pk}",
        text=str(row.get_kind_display()),
        case=str(row.case),
        at=row.happened_at,
        state=state.words,
        mark=state.mark,
        tone=state.tone,
    )
