"""The table of claims: one page to write, source and rule; good rows are saved, faulty ones stay as they were typed."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.caching.open_forms import note_left, note_open
from accounts.forms.faults import take
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.once import NO_TOKEN, NoToken, SentAlready, act_once, lead_to_the_first, refuse_again
from casework.access import rights_on, who_may
from casework.actions import evidence
from casework.actions.versions import SavedMeanwhile
from casework.models import Case, Claim, Source, TimelineEvent
from casework.pages.conflict import conflict_page, removed_words
from casework.pages.doubles import double_of_source
from casework.views.form_page import typed_over
from casework.views.lookup import asked_for, case_or_404
from claims.actions.rows import save_claim_row
from claims.actions.rulings import ask_for_rulings
from claims.forms.rows import NEW, ClaimRowForm
from claims.forms.sources import SourceForm
from claims.forms.table import (
    MOST_EMPTY,
    ClaimsTable,
    as_told,
    asks_after,
    sent_rows,
    sources_offered,
)
from claims.pages.asked import PageAsked
from claims.pages.table import MOST_OPEN, ClaimsPageBuilder

AnyRow = ClaimRowForm | SourceForm


@dataclass
class TableOutcome:
    """What became of the rows that were sent: saved by their names, or standing as they were typed."""

    saved: list[str] = field(default_factory=list)
    faulty: dict[str, AnyRow] = field(default_factory=dict)
    conflicts: dict[str, SavedMeanwhile] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


class NothingSaved(Exception):
    """No row of a table could be saved, so that the page may be mended and sent under its own token."""


@leads_back_here
def claims(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every claim of a case as a table-form; who may not change the case reads the same table as words."""
    case = case_or_404(request, reference)
    if request.method == "POST":
        return _save(request, case_or_404(request, reference, "change_case"))
    return _drawn(request, case, TableOutcome())


def _save(request: SignedInRequest, case: Case) -> HttpResponse:
    table = _table(request, case)
    rows, outcome = _sent(table, case), TableOutcome()
    home = reverse("casework:claims", args=[case.reference])
    try:
        if rows:  # who asks for empty rows alone sends the same again, and means it
            refuse_again(request, may_repeat=False)
            act_once(request, lambda: _save_rows(request, case, rows, outcome), leads_to=lambda _done: home)
    except NothingSaved:
        pass
    except NoToken:
        return _drawn(request, case, TableOutcome(faulty=dict(rows), told=[str(NO_TOKEN)]), status=409)
    except SentAlready as sent:
        if sent.why is None:
            return lead_to_the_first(request, sent)
        return _drawn(request, case, TableOutcome(faulty=dict(rows), told=[str(sent.why)]), status=409)
    _warn_of_removed(request, case)
    if outcome.conflicts:
        return _conflict(request, case, outcome)
    if outcome.faulty or outcome.told:
        return _drawn(request, case, outcome, status=422)
    if outcome.saved:
        note_left(request.user, f"claims:{case.pk}")
        messages.success(request, _("Saved: %(rows)s.") % {"rows": ", ".join(outcome.saved)})
    elif not {"more", "ask"} & set(request.POST):
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    if "ask" in request.POST:
        _ask(request, case)
    return redirect(_back(request, home))


def _ask(request: SignedInRequest, case: Case) -> None:
    """Ask the others for the rulings that wait, and say whom, or why not."""
    try:
        asked = ask_for_rulings(actor=request.user, case=case)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    else:
        names = ", ".join(str(person) for person in asked)
        messages.success(request, _("%(names)s: asked to rule on the claims that you wrote.") % {"names": names})


def _back(request: SignedInRequest, home: str) -> str:
    """Return the page of the table that was sent, with more empty rows where they were asked for."""
    query = request.GET.copy()
    for name in ("event", "empty", "row", "source"):
        query.pop(name, None)
    if "more" in request.POST:
        query["empty"] = str(MOST_EMPTY)
    return f"{home}?{query.urlencode()}" if query else home


def _table(request: SignedInRequest, case: Case) -> ClaimsTable:
    others = [person for person in who_may(case, "change_case") if person.pk != request.user.pk]
    offered = sources_offered(case, _empty_asked(request))
    data = request.POST if request.method == "POST" else None
    return ClaimsTable(case, offered, reader=request.user, rulers=others, data=data)


def _empty_asked(request: SignedInRequest) -> int:
    """Return how many empty rows the page has: as many as were sent, or were asked for, one at least."""
    sent = [int(name[1:].split("-")[0]) for name in request.POST if name[:1] == "n" and name.endswith("-version")]
    asked = request.GET.get("empty", "")
    return max(1, min(MOST_EMPTY, max([*sent, int(asked) if asked.isdecimal() and len(asked) < 3 else 1])))


def _sent(table: ClaimsTable, case: Case) -> Mapping[str, AnyRow]:
    """Return the rows that somebody touched, by their names: sources first, then claims, then new ones."""
    sent = table.sent
    rows: list[AnyRow] = [
        table.source_row(number, table.offered.sources[number], is_sent=True)
        for number in sent["s"]
        if number in table.offered.sources
    ]
    rows += [table.new_source(is_sent=True)] if 0 in sent["s"] else []
    claims = Claim.objects.filter(case=case, number__in=sent["c"]).present().order_by("number").with_evidence()
    rows += [table.claim_row(claim, is_sent=True) for claim in claims]
    rows += [table.empty_row(f"n{number}", is_sent=True) for number in sent["n"] if number <= MOST_EMPTY]
    return {str(row.prefix): row for row in rows if row.is_touched}


def _save_rows(request: SignedInRequest, case: Case, rows: Mapping[str, AnyRow], outcome: TableOutcome) -> None:
    """Save each row by itself; one whose source is written in another row comes after it."""
    made: dict[str, Source] = {}
    last = sorted(rows.items(), key=lambda one: isinstance(one[1], ClaimRowForm) and asks_after(one[1]))
    for name, row in last:
        try:
            if row.is_valid() and (told := _save_row(request, case, name, row, made)):
                outcome.saved.append(told)
                continue
        except ValidationError as refused:
            take(row, refused)
        except SavedMeanwhile as meanwhile:
            outcome.conflicts[name] = meanwhile
        outcome.faulty[name] = row
    if outcome.faulty and not outcome.saved:
        raise NothingSaved


def _save_row(request: SignedInRequest, case: Case, name: str, row: AnyRow, made: dict[str, Source]) -> str:
    """Save one whole row and return what to call it; nothing where it has a fault after all."""
    if isinstance(row, SourceForm) and row.instance._state.adding:
        there = double_of_source(case, row.cleaned_data["title"])
        if there and there.key != row.seen_double:
            row.ask_about(there, at="title")
            return ""
        evidence.add_source(actor=request.user, case=case, values=row.values())
        return _("a new source")
    if isinstance(row, SourceForm):
        evidence.change_source(actor=request.user, source=row.instance, version=row.opened_version, values=row.values())
        return f"S{name[1:]}"
    told = as_told(row, made)
    if told is None:
        return ""
    saved = save_claim_row(actor=request.user, case=case, row=told)
    if saved.source is not None:
        made[name] = saved.source
    return _("claim %(number)s") % {"number": saved.claim.number}


def _warn_of_removed(request: SignedInRequest, case: Case) -> None:
    """Say who took a claim out meanwhile, with the sentence that was sent for it: nobody loses what they typed."""
    sent = sent_rows(request.POST)["c"]
    rows = {claim.number: claim for claim in Claim.objects.filter(case=case, number__in=sent)}
    for number in sent:
        if number not in rows or rows[number].removed_at:
            said = removed_words(case, rows.get(number), request.POST.get(f"c{number}-text", ""), request.user)
            messages.warning(request, _("Claim %(number)s: %(said)s") % {"number": number, "said": said})


def _conflict(request: SignedInRequest, case: Case, outcome: TableOutcome) -> HttpResponse:
    """Show the first row that somebody saved meanwhile beside what was typed; the other unsaved rows travel with it."""
    name, meanwhile = next(iter(outcome.conflicts.items()))
    form, saved = typed_over(request.POST, outcome.faulty.pop(name), meanwhile.row), meanwhile.row
    waiting = (f"{name}-{NEW}-", *(f"{other}-" for other in outcome.faulty))
    carried = [(key, value) for key, values in request.POST.lists() if key.startswith(waiting) for value in values]
    if outcome.saved:
        messages.success(request, _("Saved: %(rows)s.") % {"rows": ", ".join(outcome.saved)})
    back = row_address(case, name)
    page = conflict_page(case, form, saved, reader=request.user, back_url=back, tab="claims", carried=carried)
    return render(request, "casework/conflict.html", vars(page), status=409)


def _drawn(request: SignedInRequest, case: Case, outcome: TableOutcome, status: int = 200) -> HttpResponse:
    may_change = "change_case" in rights_on(request.user, case)
    shown = PageAsked(
        _number(request, "after"),
        request.GET.get("needs") == "answer",
        request.GET.get("rows") == "open",
        _number(request, "row"),
        _number(request, "source"),
        request.get_full_path(),
        is_by_date=request.GET.get("order") == "date",
    )
    table = _table(request, case)
    builder = ClaimsPageBuilder(case, table, shown, may_change=may_change)
    empty = [_empty(request, table, prefix, outcome.faulty) for prefix in table.offered.empty] if may_change else []
    told = [*outcome.told, *([_("Saved: %(rows)s.") % {"rows": ", ".join(outcome.saved)}] if outcome.saved else [])]
    source = outcome.faulty.get("s0") or table.new_source()
    page = builder.page(empty, source if may_change else None, outcome.faulty, told)
    opened = _opened(shown) if may_change and request.method == "GET" else None
    others = note_open(request.user, f"claims:{case.pk}", opened) if opened is not None else ()
    page = replace(page, others=others, opened=opened)
    return render(request, "casework/claims/table.html", vars(page), status=status)


def _opened(shown: PageAsked) -> str | None:
    """Return which row stands open to be changed, empty for a whole page of them; None where the table is only read."""
    if shown.row or shown.source:
        return f"c{shown.row}" if shown.row else f"s{shown.source}"
    return "" if shown.is_open else None


def _empty(request: SignedInRequest, table: ClaimsTable, prefix: str, faulty: Mapping[str, AnyRow]) -> ClaimRowForm:
    """Return the row as it was typed, or an empty one; the first begins with the event that the address names."""
    row = faulty.get(prefix)
    if isinstance(row, ClaimRowForm):
        return row
    event = asked_for(TimelineEvent, request.GET.get("event", ""), table.case) if prefix == "n1" else None
    if event is None or event.claim_id is not None:
        return table.empty_row(prefix)
    return table.empty_row(prefix, initial={"text": event.event, "on": event.on, "event": event.pk})


def _number(request: SignedInRequest, name: str) -> int:
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 7 else 0


def row_address(case: Case, name: str, part: str = "", event: uuid.UUID | None = None) -> str:
    """Return the address of a row of the table, or of a part of it: `c12` is claim 12, `s3` the third source."""
    home, number = reverse("casework:claims", args=[case.reference]), int(name[1:])
    query = f"?event={event}" if event else ""
    if name[:1] == "s" and number:
        query = f"?source={number}"
    if name[:1] == "c":
        query = f"?{PageAsked(number - 1 if number > MOST_OPEN else 0).query(row=number)}"
    return f"{home}{query}#{f'id_{name}-{part}' if part else name}"
