"""An approach, or a copy that was handed over, as one row of a list: what it was, what came back, and what the rule says."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.answering import rules
from advocacy.answering.rules import AnswerRule
from advocacy.models import Approach, ApproachAsk, Reply
from casework.models import Case
from directory.dates import office_time, relative_time
from directory.vocabulary import label
from materials.models import Copy

HARM, HELP = ("triangle", "stop"), ("ring-full", "ok")
TONES = {Reply.Effect.POSITIVE: HELP, Reply.Effect.NEGATIVE: HARM, Reply.Effect.STRONG_NEGATIVE: HARM}


@dataclass(frozen=True)
class ReplyLine:
    """One reply with its promise, in words, and what may be done about it (advocacy/answers/_reply.html)."""

    row: Reply
    kind: str
    effect: str
    after: str
    promise: str
    mark: str
    tone: str
    settle_url: str
    withdraw_url: str


@dataclass(frozen=True)
class RowState:
    """How an approach stands: its badge, and the rule that applies, or the day on which the first one will."""

    words: str
    mark: str
    tone: str = ""
    rule: AnswerRule | None = None
    remind: str = ""


@dataclass(frozen=True)
class ApproachRow:
    """One approach or handed copy (advocacy/answers/_row.html)."""

    key: str
    at: dt.datetime
    what: str
    to: str
    state: RowState
    url: str = ""
    to_url: str = ""
    is_hour_told: bool = False
    met: str = ""
    by: str = ""
    asks: Sequence[str] = ()
    told: str = ""
    told_items: str = ""
    handling: str = ""
    withdrawn: str = ""
    follow_up_on: dt.date | None = None
    replies: Sequence[ReplyLine] = ()
    reply_url: str = ""
    call_url: str = ""
    withdraw_url: str = ""


@dataclass(frozen=True)
class RowLinks:
    """What belongs to the rows of one page, read for all of them at once; and whether the reader may record."""

    case: Case
    may_record: bool
    today: dt.date
    asks: Mapping[uuid.UUID, Sequence[str]] = field(default_factory=dict)
    replies: Mapping[uuid.UUID, Sequence[Reply]] = field(default_factory=dict)


def links_of(
    case: Case, approaches: Sequence[Approach], copies: Sequence[Copy], *, may_record: bool, today: dt.date
) -> RowLinks:
    """Return what belongs to these rows of one case, in three queries however many they are."""
    keys = [row.pk for row in approaches]
    asks: dict[uuid.UUID, list[str]] = defaultdict(list)
    for link in ApproachAsk.objects.filter(approach__in=keys).select_related("ask"):
        asks[link.approach_id].append(link.ask.text or "")
    replies: dict[uuid.UUID, list[Reply]] = defaultdict(list)
    for reply in _with_people(Reply.objects.filter(approach__in=keys)):
        replies[reply.approach_id].append(reply)
    for reply in _with_people(Reply.objects.filter(case=case, copy__in=[copy.pk for copy in copies])):
        replies[reply.copy_id].append(reply)
    return RowLinks(case, may_record, today, asks, replies)


def _with_people(rows: QuerySet[Reply]) -> Iterable[Any]:
    return rows.select_related("created_by", "settled_by", "removed_by").order_by("received_on", "created_at")


def approach_row(row: Approach, links: RowLinks) -> ApproachRow:
    """Return an approach as a row. Its entry with places, who was met and who made it must be loaded."""
    case, replies = links.case, links.replies.get(row.pk, ())
    row.case = case
    day = timezone.localdate(row.happened_at)
    is_open = links.may_record and not row.removed_at
    has_answer = any(not reply.removed_at for reply in replies)
    return ApproachRow(
        key=f"a-{row.pk}",
        at=row.happened_at,
        what=str(row.get_kind_display()),
        to=row.actor.line if row.actor else row.to_name or "",
        state=approach_state(row, replies, today=links.today),
        to_url=reverse("directory:entry", args=[row.actor_id]) if row.actor_id else "",
        is_hour_told=row.is_hour_told,
        met=(row.met.name if row.met else row.met_name) or "",
        by=row.made_by.get_full_name(),
        asks=links.asks.get(row.pk, ()),
        told=row.told or "",
        told_items=", ".join(label("consent_item", code) for code in row.told_items or ()),
        handling=_handling(row),
        withdrawn=row.withdrawn_because or "",
        follow_up_on=None if has_answer or row.removed_at else row.follow_up_on,
        replies=[_reply_line(reply, day, links) for reply in replies],
        reply_url=_address("advocacy:approach_reply", case, row.pk) if is_open and not row.is_missed else "",
        call_url=f"{reverse('advocacy:record_call', args=[case.reference])}?follows={row.pk}" if is_open else "",
        withdraw_url=_address("advocacy:withdraw_approach", case, row.pk) if is_open and not has_answer else "",
    )


def copy_row(copy: Copy, links: RowLinks) -> ApproachRow:
    """Return a copy that was handed over as a row: it is an approach by itself, and is never typed again."""
    at = copy.handed_over_at or copy.created_at
    day, replies = timezone.localdate(at), links.replies.get(copy.pk, ())
    said = {"kind": copy.material.get_kind_display(), "number": copy.number}
    entry = copy.sent_to.entry_id if copy.sent_to else None
    call = reverse("advocacy:record_call", args=[links.case.reference])
    return ApproachRow(
        key=f"c-{copy.pk}",
        at=at,
        what=_("%(kind)s, copy %(number)s") % said,
        url=reverse("materials:copy", args=[copy.pk]),
        to=copy.recipient_name or "",
        state=_waiting(replies, day, links.today),
        to_url=reverse("directory:entry", args=[entry]) if entry else "",
        by=copy.handed_over_by.get_full_name() if copy.handed_over_by else "",
        replies=[_reply_line(reply, day, links) for reply in replies],
        reply_url=_address("advocacy:copy_reply", links.case, copy.pk) if links.may_record else "",
        call_url=f"{call}?to={entry}" if links.may_record and entry else "",
    )


def approach_state(row: Approach, replies: Sequence[Reply], *, today: dt.date) -> RowState:
    """Return how an approach stands: withdrawn, not taken, answered, or waiting for so many days."""
    if row.removed_at:
        return RowState(_("Withdrawn"), "ring-slash")
    if row.is_missed:
        return RowState(_("Nobody took it"), "ring-empty", rule=rules.after_missed_call())
    return _waiting(replies, timezone.localdate(row.happened_at), today)


def _waiting(replies: Sequence[Reply], day: dt.date, today: dt.date) -> RowState:
    """Return what came back, or how long nothing did, with the rule that applies and the day on which one will."""
    present = [reply for reply in replies if not reply.removed_at]
    if present:
        last = present[-1]
        mark, tone = TONES.get(Reply.Effect(last.effect), ("ring-full", ""))
        return RowState(label("response_type", last.kind), mark, tone, rules.after_reply(last, day=today))
    days = max(0, (today - day).days)
    words = ngettext("Waiting %(days)d day", "Waiting %(days)d days", days) % {"days": days}
    rule = rules.after_silence(days)
    if rule:
        return RowState(words, "ring-half", "care", rule)
    on, first = rules.remind_on(day)
    said = {"day": relative_time.full_day(office_time.noon(on)), "code": first.code}
    return RowState(words, "ring-empty", remind=_("Remind on %(day)s (rule %(code)s)") % said)


def _reply_line(row: Reply, since: dt.date, links: RowLinks) -> ReplyLine:
    row.case = links.case
    days = max(0, (row.received_on - since).days)
    promise, mark, tone = promise_words(row, today=links.today)
    is_open = links.may_record and not row.removed_at
    return ReplyLine(
        row=row,
        kind=label("response_type", row.kind),
        effect=str(row.get_effect_display()),
        after=_after(days),
        promise=promise,
        mark=mark,
        tone=tone,
        settle_url=_address("advocacy:settle_promise", links.case, row.pk) if is_open and row.promise == "open" else "",
        withdraw_url=_address("advocacy:withdraw_reply", links.case, row.pk) if is_open else "",
    )


def _after(days: int) -> str:
    if not days:
        return _("on the same day")
    return ngettext("after %(days)d day", "after %(days)d days", days) % {"days": days}


def promise_words(row: Reply, *, today: dt.date) -> tuple[str, str, str]:
    """Return how a promise stands in words, with its mark and tone; nothing where nothing was promised."""
    if not row.promise or row.removed_at or row.due_on is None:
        return "", "", ""
    if row.promise == Reply.Promise.KEPT:
        return _("Promise kept"), "ring-full", "ok"
    if row.promise == Reply.Promise.BROKEN:
        return _("Promise broken"), "triangle", "stop"
    late = (today - row.due_on).days
    if late > 0:
        words = ngettext("Unkept, %(days)d day past", "Unkept, %(days)d days past", late) % {"days": late}
        return words, "triangle", "stop"
    return _("Promise open"), "ring-half", "care"


def _handling(row: Approach) -> str:
    if not (row.told or row.told_items):
        return ""
    said = {
        "level": label("handling_level", row.handling_level),
        "rule": label("attribution_rule", row.attribution_rule),
    }
    return _("%(level)s. %(rule)s") % said


def _address(name: str, case: Case, key: uuid.UUID) -> str:
    return reverse(name, args=[case.reference, key])
