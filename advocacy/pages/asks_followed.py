"""Each demand and its asks, followed: asked how often, answered how, promised until when, and how the ask stands."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.models import ApproachAsk, AskStanding, Reply
from advocacy.pages.results import State
from casework.models import Ask, Case, Demand
from directory import dates
from directory.dates import relative_time
from directory.dates.told import shown

MARKS = {
    AskStanding.State.PARTLY: ("ring-half", "ok"),
    AskStanding.State.MET: ("ring-full", ""),
    AskStanding.State.VERIFIED: ("ring-full", "ok"),
    AskStanding.State.BACK: ("ring-slash", "care"),
    AskStanding.State.OPEN: ("ring-empty", ""),
}


@dataclass(frozen=True)
class SayingLine:
    """What was said of an ask: how it stands, in which words, on which claim, by whom and when."""

    state: State
    words: str
    since: str
    claim_url: str
    claim: str
    who: str
    look_again: str
    is_to_look: bool


@dataclass(frozen=True)
class FollowedAsk:
    """One ask: of whom, by when, how often asked, what came back, what was promised, and how it stands."""

    text: str
    to: str
    by: str
    asked: str
    answered: str
    promised: str
    is_unkept: bool
    now: SayingLine | None
    earlier: Sequence[SayingLine]
    url: str


@dataclass(frozen=True)
class FollowedDemand:
    """One demand with its asks."""

    text: str
    is_lead: bool
    asks: Sequence[FollowedAsk]


@dataclass(frozen=True)
class AsksFollowedPage:
    """Demands and asks of a case, followed (advocacy/answers/asks.html)."""

    case: Case
    demands: Sequence[FollowedDemand]
    may_say: bool
    tab: str = "plan"


@dataclass(frozen=True)
class _Read:
    """What belongs to the asks of a case, read for all of them at once."""

    links: Mapping[uuid.UUID, Sequence[ApproachAsk]]
    replies: Mapping[uuid.UUID, Sequence[Reply]]
    standings: Mapping[uuid.UUID, Sequence[AskStanding]]
    today: dt.date
    may_say: bool


def asks_followed_page(case: Case, rights: frozenset[str], *, today: dt.date | None = None) -> AsksFollowedPage:
    """Return the demands of a case with their asks; five queries however many there are."""
    may_say = "plan" in rights
    read = _read(case, today or timezone.localdate(), may_say=may_say)
    asks = list(Ask.objects.filter(case=case).present().order_by("created_at"))
    of_demand: dict[uuid.UUID, list[FollowedAsk]] = defaultdict(list)
    for ask in asks:
        of_demand[ask.demand_id].append(_followed(case, ask, read))
    rows = Demand.objects.filter(case=case).present()
    demands = [FollowedDemand(row.text or "", row.is_lead, of_demand.get(row.pk, ())) for row in rows]
    return AsksFollowedPage(case, demands, may_say)


def _read(case: Case, today: dt.date, *, may_say: bool) -> _Read:
    links: dict[uuid.UUID, list[ApproachAsk]] = defaultdict(list)
    rows = ApproachAsk.objects.filter(case=case, approach__removed_at=None, approach__is_missed=False)
    for link in rows.select_related("approach").order_by("approach__happened_at"):
        links[link.ask_id].append(link)
    replies: dict[uuid.UUID, list[Reply]] = defaultdict(list)
    for reply in (
        Reply.objects.filter(case=case, approach__isnull=False).present().order_by("received_on", "created_at")
    ):
        replies[reply.approach_id].append(reply)
    standings: dict[uuid.UUID, list[AskStanding]] = defaultdict(list)
    for said in AskStanding.objects.filter(case=case).select_related("said_by", "claim").order_by("number"):
        standings[said.ask_id].append(said)
    return _Read(links, replies, standings, today, may_say)


def _followed(case: Case, ask: Ask, read: _Read) -> FollowedAsk:
    links, standings = read.links.get(ask.pk, ()), read.standings.get(ask.pk, ())
    replies = [reply for link in links for reply in read.replies.get(link.approach_id, ())]
    promise = next((reply for reply in reversed(replies) if reply.promise == Reply.Promise.OPEN), None)
    lines = [_standing(case, said, read.today, is_last=said is standings[-1]) for said in standings]
    return FollowedAsk(
        text=ask.text or "",
        to=ask.to or "",
        by=shown(ask.by) if ask.by else "",
        asked=_asked(links),
        answered=_answered(replies),
        promised=_promised(promise),
        is_unkept=promise is not None and promise.due_on is not None and promise.due_on < read.today,
        now=lines[-1] if lines else None,
        earlier=lines[-2::-1] if len(lines) > 1 else (),
        url=reverse("advocacy:ask_standing", args=[case.reference, ask.pk]) if read.may_say else "",
    )


def _asked(links: Sequence[ApproachAsk]) -> str:
    if not links:
        return _("No approach about it is recorded. Copies that carry it are not counted here.")
    day = relative_time.full_day(links[-1].approach.happened_at)
    words = ngettext("Asked once, %(day)s.", "Asked %(count)d times, last %(day)s.", len(links))
    return words % {"count": len(links), "day": day}


def _answered(replies: Sequence[Reply]) -> str:
    if not replies:
        return ""
    last = replies[-1]
    said = {"kind": last.get_kind_display(), "day": dates.in_words(last.received_on.isoformat())}
    return _("%(kind)s, %(day)s.") % said


def _promised(reply: Reply | None) -> str:
    if reply is None or reply.due_on is None:
        return ""
    return _("%(what)s, by %(day)s") % {"what": reply.promised, "day": dates.in_words(reply.due_on.isoformat())}


def _standing(case: Case, said: AskStanding, today: dt.date, *, is_last: bool) -> SayingLine:
    claim = said.claim if said.claim and said.claim.removed_at is None else None
    return SayingLine(
        state=State(str(AskStanding.State(said.state).label), *MARKS[AskStanding.State(said.state)]),
        words=said.words or "",
        since=dates.in_words(said.on.isoformat()),
        claim_url=reverse("casework:claim", args=[case.reference, claim.pk]) if claim else "",
        claim=_("Claim %(number)s") % {"number": claim.number} if claim else "",
        who=said.said_by.get_full_name(),
        look_again=dates.in_words(said.look_again_on.isoformat()) if said.look_again_on and is_last else "",
        is_to_look=bool(is_last and said.look_again_on and said.look_again_on <= today),
    )
