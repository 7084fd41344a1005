"""The packet as a story: one page to read it and to fill it; what is whole is saved, what is faulty stays as it was typed."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.caching.open_forms import note_left, note_open
from accounts.forms.faults import take
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.once import NO_TOKEN, NoToken, SentAlready, act_once, lead_to_the_first, refuse_again
from casework.access import rights_on
from casework.access.own_rows import right_to_add
from casework.actions.versions import SavedMeanwhile
from casework.models import Case, TimelineEvent
from casework.pages.conflict import conflict_rows, meanwhile, removed_words
from casework.views.lookup import case_or_404
from directory.compared import differences
from packet.actions.answers import answer_question, digest_of
from packet.actions.events import save_event
from packet.forms.answers import AnswerRowForm, answered_in
from packet.forms.events import EventRowForm
from packet.pages.answered_meanwhile import answered_meanwhile
from packet.pages.events import PAGE, anchor_of, double_of_event, event_form, short_key
from packet.pages.missing import blank_in_order
from packet.pages.story import StoryAsked, StoryBuilder, events_of_keys, story_of

AnyRow = AnswerRowForm | EventRowForm
NEW = "e0"


@dataclass
class FillOutcome:
    """What became of what was sent: saved, by what to call it; or standing as it was typed, by its name."""

    saved: list[str] = field(default_factory=list)
    faulty: dict[str, AnyRow] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    event: TimelineEvent | None = None


class NothingRecorded(Exception):
    """Nothing of what was sent could be saved, so that the page may be mended and sent under its own token."""


@leads_back_here
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the packet with what is missing beside it, or save what was filled in; names and contacts stay sealed here."""
    if request.method == "POST":
        return _save(request, case_or_404(request, reference, right_to_add(TimelineEvent)))
    return _drawn(request, case_or_404(request, reference), FillOutcome())


def _save(request: SignedInRequest, case: Case) -> HttpResponse:
    story = story_of(case, request.user, rights_on(request.user, case))
    rows, outcome = _sent(request, story), FillOutcome()
    home = reverse("casework:case", args=[case.reference])
    try:
        if rows:
            refuse_again(request, may_repeat=False)
            act_once(request, lambda: _save_rows(request, case, rows, outcome), leads_to=lambda _done: home)
    except NothingRecorded:
        pass
    except NoToken:
        return _drawn(request, case, FillOutcome(faulty=dict(rows), told=[str(NO_TOKEN)]), status=409)
    except SentAlready as sent:
        if sent.why is None:
            return lead_to_the_first(request, sent)
        return _drawn(request, case, FillOutcome(faulty=dict(rows), told=[str(sent.why)]), status=409)
    _warn_of_removed(request, case)
    if outcome.faulty:
        return _drawn(request, case, outcome, status=422)
    if outcome.saved:
        note_left(request.user, f"story:{case.pk}")
        messages.success(request, _saved_words(outcome, is_new=NEW in rows))
    else:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    return redirect(home + _back(request, case, rows, outcome))


def _back(request: SignedInRequest, case: Case, rows: Mapping[str, AnyRow], outcome: FillOutcome) -> str:
    """Return the place to go on from: the next question, the row for another event, or what was just answered."""
    if "next" in request.POST:
        fresh = story_of(case_or_404(request, case.reference), request.user, frozenset())
        blank = [line.question.code for line in blank_in_order(fresh.lines)]
        return f"?answer={blank[0]}#a-{blank[0]}" if blank else "#missing-h"
    if outcome.event is not None:
        is_long = case.timelineevents.present().count() > PAGE
        # No place on the page after a new event: a browser that jumps there gives the message no focus, and nobody sees it.
        place = "" if NEW in rows else f"#{anchor_of(outcome.event)}"
        return (f"?from={short_key(outcome.event)}" if is_long else "") + place
    return f"#{next(iter(rows))}" if rows else ""


def _saved_words(outcome: FillOutcome, *, is_new: bool) -> str:
    """Return what was saved, and after a new event the way to the row for another one."""
    said = _("Saved: %(rows)s.") % {"rows": " · ".join(outcome.saved)}
    return format_html('{} <a href="#{}">{}</a>', said, NEW, _("Add another event")) if is_new else said


def _sent(request: SignedInRequest, story: StoryBuilder) -> Mapping[str, AnyRow]:
    """Return what somebody touched, by the name of its place on the page."""
    maker = story.rows(StoryAsked())
    rows: list[AnyRow] = [
        maker.form(code, data=request.POST) for code in answered_in(request.POST) if code in story.lines
    ]
    events = events_of_keys(story.case, _keys(request))
    rows += [event_form(story.reader, story.case, story.claims, row, request.POST) for row in events]
    if f"{NEW}-version" in request.POST:
        rows.append(event_form(story.reader, story.case, story.claims, None, request.POST))
    return {str(row.prefix): row for row in rows if row.is_touched}


def _warn_of_removed(request: SignedInRequest, case: Case) -> None:
    """Say who took an event out meanwhile, with the words that were sent for it: nobody loses what they typed."""
    keys = _keys(request)
    here = {row.pk for row in events_of_keys(case, keys)}
    gone = {row.pk: row for row in TimelineEvent.objects.filter(case=case, pk__in=set(keys) - here)}
    for key in keys:
        if key not in here:
            said = removed_words(case, gone.get(key), request.POST.get(f"e-{key}-event", ""), request.user)
            messages.warning(request, _("An event: %(said)s") % {"said": said})


def _keys(request: SignedInRequest) -> list[uuid.UUID]:
    """Return the keys of the events that were sent."""
    found = []
    for name in request.POST:
        if name.startswith("e-") and name.endswith("-version"):
            try:
                found.append(uuid.UUID(name[2:-8]))
            except ValueError:
                continue
    return found


def _save_rows(request: SignedInRequest, case: Case, rows: Mapping[str, AnyRow], outcome: FillOutcome) -> None:
    """Save each by itself; what is refused stands as it was typed."""
    for name, row in rows.items():
        try:
            if row.is_valid() and not _asks_about_a_double(case, row):
                _save_row(request, case, row, outcome)
                outcome.saved.append(str(row.row_name))
                continue
        except ValidationError as refused:
            take(row, refused)
            if isinstance(row, AnswerRowForm):
                _stand_over(request, case, row)
        except SavedMeanwhile as meanwhile:
            _stand_beside(request, case, row, meanwhile)
        outcome.faulty[name] = row
    if outcome.faulty and not outcome.saved:
        raise NothingRecorded


def _asks_about_a_double(case: Case, row: AnyRow) -> bool:
    """Say whether a new event stands in the packet already and nobody was asked about that; its row asks then."""
    if not isinstance(row, EventRowForm) or not row.instance._state.adding:
        return False
    there = double_of_event(case, row.cleaned_data["on"], row.cleaned_data["event"])
    if there is None or there.key == row.seen_double:
        return False
    row.ask_about(there, at="event")
    return True


def _save_row(request: SignedInRequest, case: Case, row: AnyRow, outcome: FillOutcome) -> None:
    if isinstance(row, AnswerRowForm):
        answer_question(actor=request.user, case=case, told=row.told())
        return
    stored = None if row.instance._state.adding else row.instance
    outcome.event = save_event(
        actor=request.user,
        case=case,
        values=row.values(),
        row=stored,
        version=row.opened_version,
        is_claimed=row.is_claimed,
    )


def _stand_over(request: SignedInRequest, case: Case, row: AnswerRowForm) -> None:
    """Let an answer that somebody else gave first be seen in the fault: recorded again, this one takes its place."""
    fresh = story_of(case_or_404(request, case.reference), request.user, frozenset())
    fact, answer = fresh.rows(StoryAsked()).fact(row.code), fresh.lines[row.code].answer
    if (opened := digest_of(fact, answer)) != row.opened_digest:
        row.reopen(opened)
        row.tell_of(answered_meanwhile(fresh, row, request.user))


def _stand_beside(request: SignedInRequest, case: Case, row: AnyRow, saved_first: SavedMeanwhile) -> None:
    """Say what a colleague saved and when, beside what was typed; sent once more it takes the place of theirs."""
    saved = saved_first.row
    if isinstance(row, EventRowForm) and isinstance(saved, TimelineEvent):
        told = [f"{meanwhile(case, saved, request.user)}.", differences(conflict_rows(row, saved))]
        row.data = {**dict(row.data.items()), row.add_prefix("version"): row.version_over(saved)}
        row.add_error("event", " ".join([*told, _("Yours stands here; save it again to put it in its place.")]))
    else:
        row.add_error(None, _("Somebody changed the packet in this moment. Record it once more."))


def _drawn(request: SignedInRequest, case: Case, outcome: FillOutcome, status: int = 200) -> HttpResponse:
    asked = StoryAsked(
        answer=request.GET.get("answer", ""),
        event=request.GET.get("event", ""),
        begins=request.GET.get("from", ""),
        claim=request.GET.get("claim", ""),
        faulty=outcome.faulty,
        told=[*outcome.told, *([_("Saved: %(rows)s.") % {"rows": " · ".join(outcome.saved)}] if outcome.saved else [])],
    )
    if outcome.saved:  # the case in hand was read before
        case = case_or_404(request, case.reference)
    rights = rights_on(request.user, case)
    page = story_of(case, request.user, rights).page(asked)
    opened = (asked.event or asked.answer) if "change_case" in rights and request.method == "GET" else ""
    others = note_open(request.user, f"story:{case.pk}", opened) if opened else ()
    return render(request, "packet/story.html", vars(replace(page, others=others)), status=status)
