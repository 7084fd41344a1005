"""Approaches and answers of a case: one list, newest first, of what was recorded and of the copies that were handed over."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.models import Approach, Reply
from advocacy.pages.answer_rows import ApproachRow, approach_row, copy_row, links_of, promise_words
from casework.access import rights_on
from casework.models import Case
from directory.vocabulary import label
from materials.material_keys import MATERIAL_KEYS
from materials.models import Copy

PAGE, MOST_PROMISES = 25, 20
Position = tuple[dt.datetime, uuid.UUID]


@dataclass(frozen=True)
class PromiseLine:
    """An open promise on top of the list: what, by whom, until when."""

    row: Reply
    by: str
    state: str
    mark: str
    tone: str
    url: str
    settle_url: str


@dataclass(frozen=True)
class AnswersPage:
    """Approaches and answers of a case (advocacy/answers/list.html)."""

    case: Case
    rows: Sequence[ApproachRow]
    promises: Sequence[PromiseLine]
    may_record: bool
    call_url: str
    approach_url: str
    first_url: str = ""
    next_url: str = ""
    next_label: str = ""
    tab: str = "plan"


def answers_page(case: Case, user: User, *, after: uuid.UUID | None = None) -> AnswersPage:
    """Return a page of the list for somebody who sees the case; LookupError where `after` is nothing of it.

    Copies stand in it for who may send them, as everywhere. The queries do not grow with the rows.
    """
    rights, today = rights_on(user, case), timezone.localdate()
    may_record, is_sender = "plan" in rights, "dispatch" in rights
    last = _position(case, user, after) if after else None
    approaches = list(_before(_approaches(case), last, "happened_at")[: PAGE + 1])
    copies = list(_before(_handed(case, user), last, "handed_over_at")[: PAGE + 1]) if is_sender else []
    MATERIAL_KEYS.open_many(copy.material_id for copy in copies)
    links = links_of(case, approaches, copies, may_record=may_record, today=today)
    placed = [((row.happened_at, row.pk), approach_row(row, links)) for row in approaches]
    placed += [((copy.handed_over_at, copy.pk), copy_row(copy, links)) for copy in copies]
    placed.sort(key=lambda one: one[0], reverse=True)
    address = reverse("advocacy:answers", args=[case.reference])
    return AnswersPage(
        case=case,
        rows=[row for _place, row in placed[:PAGE]],
        promises=[] if after else _promises(case, may_record, today),
        may_record=may_record,
        call_url=reverse("advocacy:record_call", args=[case.reference]),
        approach_url=reverse("advocacy:record_approach", args=[case.reference]),
        first_url=address if after else "",
        next_url=f"?after={placed[PAGE - 1][0][1]}" if len(placed) > PAGE else "",
        next_label=_("Older approaches"),
    )


def _approaches(case: Case) -> QuerySet[Approach]:
    rows = Approach.objects.filter(case=case).order_by("-happened_at", "-pk")
    return rows.select_related("actor__parent__parent", "met", "made_by")  # type: ignore[no-any-return]


def _handed(case: Case, user: User) -> QuerySet[Copy]:
    rows = Copy.objects.where(user, may="dispatch").held(case=case).filter(handed_over_at__isnull=False)
    return rows.select_related("material", "sent_to", "handed_over_by").order_by("-handed_over_at", "-pk")


def _before(rows: QuerySet[Any], last: Position | None, column: str) -> QuerySet[Any]:
    if last is None:
        return rows
    moment, key = last
    return rows.filter(Q(**{f"{column}__lt": moment}) | Q(**{column: moment, "pk__lt": key}))


def _position(case: Case, user: User, key: uuid.UUID) -> Position:
    """Return where a row stands in the list of this reader; LookupError where it stands nowhere."""
    moment = _approaches(case).filter(pk=key).values_list("happened_at", flat=True).first()
    moment = moment or _handed(case, user).filter(pk=key).values_list("handed_over_at", flat=True).first()
    if moment is None:
        raise LookupError(key)
    return moment, key


def _promises(case: Case, may_record: bool, today: dt.date) -> list[PromiseLine]:
    rows = Reply.objects.promised().filter(case=case).select_related("approach__actor__parent__parent")
    return [_promise(case, row, may_record, today) for row in rows.order_by("due_on", "created_at")[:MOST_PROMISES]]


def _promise(case: Case, row: Reply, may_record: bool, today: dt.date) -> PromiseLine:
    row.case = case
    state, mark, tone = promise_words(row, today=today)
    return PromiseLine(
        row=row,
        by=_whose(case, row),
        state=state,
        mark=mark,
        tone=tone,
        url=f"#a-{row.approach_id}" if row.approach_id else f"#c-{row.copy_id}",
        settle_url=reverse("advocacy:settle_promise", args=[case.reference, row.pk]) if may_record else "",
    )


def _whose(case: Case, row: Reply) -> str:
    """Return who promised; of a copy only that it was one: to whom it went is read by those who send."""
    approach = row.approach
    if approach is None:
        return _("whoever holds a copy: %(kind)s") % {"kind": label("response_type", row.kind)}
    approach.case = case
    return approach.actor.line if approach.actor else approach.to_name or ""
