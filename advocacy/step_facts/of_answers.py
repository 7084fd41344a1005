"""Facts of approaches and replies: whom somebody wrote to, met or rang about a case, and that a ministry answered.

What an office is stands in the directory: an office whose name was typed proves no step. A call that nobody took is no
approach. A copy that was handed over is a fact of papers.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.models import Approach, Reply
from advocacy.step_facts.fact import Fact, Found
from casework.models import Case
from directory.dates import office_time, relative_time
from directory.fitting import OFFICIALS, SOCIETY, serves_a_holder
from directory.models import Actor
from directory.vocabulary import label
from sealing.queries import row_of, written_once

MOST = 40
THIRD = frozenset({*SOCIETY, "AC_ENVOY", "AC_MEDIATOR", "AC_BUSINESS"})
OF_UN = frozenset({"AC_UNSP", "AC_UNTB", "AC_OHCHR", "AC_REGIONAL"})


def _is_ministry(case: Case, entry: Actor) -> bool:
    """Say whether it is a ministry or a mission of a State that does not hold the person."""
    return entry.actor_type in OFFICIALS and not serves_a_holder(entry.actor_type, entry.country, {case.country})


def _codes(case: Case, entry: Actor) -> list[str]:
    told = {
        "APPROACHED_MINISTRY": _is_ministry(case, entry),
        "APPROACHED_THIRD": entry.actor_type in THIRD,
        "APPROACHED_UN": entry.actor_type in OF_UN,
        "APPROACHED_MEDIA": entry.actor_type == "AC_MEDIA",
    }
    return [code for code, is_so in told.items() if is_so]


def _approached(case: Case, reader: User, at: datetime) -> Sequence[Found]:
    return [found for row in _approaches(case=case) for found in _facts_of(case, row)]


@written_once(case=row_of(Case))
def _approaches(*, case: Case) -> QuerySet[Approach]:
    rows = Approach.objects.present().filter(case=case, actor__isnull=False, is_missed=False)
    rows = rows.select_related("actor", "created_by").defer(*(field.name for field in Approach.sealed_fields()))
    return rows.order_by("-happened_at")[:MOST]  # type: ignore[no-any-return]


def _facts_of(case: Case, row: Approach) -> Sequence[Found]:
    if row.actor is None or row.created_by is None:
        return ()
    said = {
        "kind": row.get_kind_display(),
        "to": row.actor.name,
        "day": relative_time.full_day(row.happened_at),
        "name": row.created_by,
    }
    words = _("%(kind)s: %(to)s, %(day)s. Recorded by %(name)s.") % said
    url = f"{reverse('advocacy:answers', args=[case.reference])}#a-{row.pk}"
    by = row.created_by
    return [Found(code, row.pk, row.happened_at, by, words, url) for code in _codes(case, row.actor)]


def _is_withdrawn(at: datetime) -> Q:
    return ~Q(Exists(Approach.objects.present().filter(pk=OuterRef("fact_row"))))


def _answered(case: Case, reader: User, at: datetime) -> Sequence[Found]:
    return [found for row in _replies(case=case) for found in _fact_of_reply(case, row)]


@written_once(case=row_of(Case))
def _replies(*, case: Case) -> QuerySet[Reply]:
    rows = Reply.objects.present().filter(case=case, approach__actor__isnull=False)
    rows = rows.select_related("approach__actor", "created_by")
    sealed = [field.name for field in Approach.sealed_fields()]
    rows = rows.defer(*(field.name for field in Reply.sealed_fields()), *(f"approach__{name}" for name in sealed))
    return rows.order_by("-received_on", "-created_at")[:MOST]  # type: ignore[no-any-return]


def _fact_of_reply(case: Case, row: Reply) -> Sequence[Found]:
    entry = row.approach.actor if row.approach else None
    if entry is None or row.created_by is None or not _is_ministry(case, entry):
        return ()
    came = min(office_time.noon(row.received_on), row.created_at)
    said = {
        "kind": label("response_type", row.kind),
        "from": entry.name,
        "day": relative_time.full_day(came),
        "name": row.created_by,
    }
    words = _("%(kind)s: %(from)s, %(day)s. Recorded by %(name)s.") % said
    url = f"{reverse('advocacy:answers', args=[case.reference])}#a-{row.approach_id}"
    return [Found("ANSWERED_MINISTRY", row.pk, came, row.created_by, words, url)]


def _reply_is_withdrawn(at: datetime) -> Q:
    return ~Q(Exists(Reply.objects.present().filter(pk=OuterRef("fact_row"))))


APPROACHED = ("APPROACHED_MINISTRY", "APPROACHED_THIRD", "APPROACHED_UN", "APPROACHED_MEDIA")
FACTS = (
    *(Fact(code, _approached, _is_withdrawn) for code in APPROACHED),
    Fact("ANSWERED_MINISTRY", _answered, _reply_is_withdrawn),
)
