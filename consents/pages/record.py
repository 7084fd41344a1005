"""What the page that records an answer shows: the three questions, and what the answer would change."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from casework.consent_codes import RANKS
from casework.consent_rule import Ledger
from casework.models import Case, Consent
from casework.what_is_out import OutKind, OutThing, things_for
from consents.changes import ConsentChange
from consents.forms.answers import ITEM_BY_ITEM, ConsentForm
from consents.packages import group_with
from directory.dates.relative_time import full_day
from directory.vocabulary import label, terms

BEGINS, ENDS, CLOSED = "begins", "ends", "closed"


@dataclass(frozen=True)
class ChangeLine:
    """Some items for some readers that end, begin or stay closed, and what is out that rests on them."""

    kind: str
    items: str
    readers: str
    now: str
    then: str
    out: Sequence[str]


@dataclass(frozen=True)
class ChangesPanel:
    """What an answer would change, as the page names it before anything is saved."""

    lines: Sequence[ChangeLine]
    title: str
    pages: str
    paused: Sequence[str]
    stays: str
    is_ending: bool
    may_keep: bool
    act_label: str


@dataclass(frozen=True)
class RecordPage:
    """The form of an answer, and what it would change once that was asked (casework/consent/record.html)."""

    case: Case
    form: ConsentForm
    begins: str
    here: str
    back_url: str
    is_table_open: bool
    changes: ChangesPanel | None = None
    tab: str = "packet"


def present_answer(ledger: Ledger) -> Consent | None:
    """Return the answer about the prisoner that a new one begins from: of the weightiest giver, the newest that is live."""
    live = [row for row in ledger.about() if row.basis == Consent.Basis.CONSENT and row.is_live(at=ledger.at)]
    return max(live, key=lambda row: (RANKS[row.giver], row.created_at), default=None)


def record_page(case: Case, form: ConsentForm, here: str, reader: User, *, is_asked: bool = False) -> RecordPage:
    """Return the page; with what would change when that is asked of a form without a fault."""
    earlier = form.earlier
    begins = _("Three questions. Nothing stands yet.")
    if earlier is not None:
        begins = _("Three questions. They begin from the answer of %(day)s.") % {"day": full_day(earlier.from_at)}
    is_by_item = form["package"].value() == ITEM_BY_ITEM and form.is_bound
    return RecordPage(
        case=case,
        form=form,
        begins=begins,
        here=here,
        back_url=reverse("casework:consents", args=[case.reference]),
        is_table_open=is_by_item or bool(form.is_bound and form.errors.get("grants")),
        changes=_panel(case, form, reader) if is_asked else None,
    )


def _panel(case: Case, form: ConsentForm, reader: User) -> ChangesPanel:
    changes = form.changes
    is_kept = bool(form.cleaned_data.get("keep"))
    ends = [row for row in changes.ends if not (is_kept and _is_left_out(form, row))]
    things = things_for(reader, case, terms("consent_audience")) if ends else []
    out = _resting_on(ends, things)
    paused = [thing.words for thing in things if thing.kind is OutKind.PAGE and thing not in out]
    pages = sum(thing.kind is OutKind.PAGE for thing in things)
    lines = [
        *_lines(ENDS, ends, out),
        *_lines(BEGINS, changes.begins, ()),
        *_lines(CLOSED, changes.closed, ()),
    ]
    count = sum(line.kind == ENDS for line in lines)
    return ChangesPanel(
        lines=lines,
        title=_title(count, len(lines)),
        pages=ngettext("%(count)d page goes down at once.", "%(count)d pages go down at once.", pages)
        % {"count": pages}
        if pages
        else "",
        paused=paused,
        stays=_stays(len(changes.stays) + len(changes.ends) - len(ends)),
        is_ending=bool(ends),
        may_keep=any(_is_left_out(form, row) for row in changes.ends),
        act_label=_act_label(is_ending=bool(ends), pages=pages),
    )


def _title(ends: int, lines: int) -> str:
    if ends:
        words = ngettext("If you save this, %(count)d thing ends", "If you save this, %(count)d things end", ends)
        return words % {"count": ends}
    return _("If you save this, nothing ends") if lines else _("If you save this, nothing ends and nothing begins")


def _stays(count: int) -> str:
    words = ngettext(
        "%(count)d other answer stays as it is. Earlier answers stay in the ledger.",
        "%(count)d other answers stay as they are. Earlier answers stay in the ledger.",
        count,
    )
    return words % {"count": count}


def _act_label(*, is_ending: bool, pages: int) -> str:
    if pages:
        return ngettext("Save the answer, and take the page down", "Save the answer, and take the pages down", pages)
    return _("Save the answer, and end what it ends") if is_ending else _("Save the answer")


def _is_left_out(form: ConsentForm, change: ConsentChange) -> bool:
    """Say whether something ends because the new answer does not name it; what was taken out ends in any case."""
    contact, item, audience = change.key
    return contact == form.told.contact_id and (item, audience) in form.told.ends - form.told.taken_out


def _resting_on(ends: Sequence[ConsentChange], things: Sequence[OutThing]) -> list[OutThing]:
    """Return what discloses, to its own audience, something that ends."""
    ended = {((row.key[1], row.key[0]), row.key[2]) for row in ends}
    return [thing for thing in things if any((use, thing.audience) in ended for use in thing.uses)]


def _lines(kind: str, rows: Sequence[ConsentChange], out: Sequence[OutThing]) -> list[ChangeLine]:
    """Return one line for each group of readers, and where something ends for each item of it, so that each page is named."""
    found: dict[tuple[str, ...], list[ConsentChange]] = defaultdict(list)
    for row in rows:
        contact, item, audience = row.key
        one = item if kind == ENDS else ""
        found[one, group_with(audience).code, row.before.state, row.after.state, str(contact or "")].append(row)
    return [
        ChangeLine(
            kind=kind,
            items=_items(same),
            readers=_readers(same),
            now=same[0].before.state,
            then=same[0].after.state,
            out=[words for thing in out if (words := _told(thing, same))],
        )
        for same in found.values()
    ]


def _items(rows: Sequence[ConsentChange]) -> str:
    named = {row.key[1] for row in rows}
    words = " · ".join(label("consent_item", item) for item in terms("consent_item") if item in named)
    whose = Consent.Subject.CONTACT.label
    return _("%(items)s of %(whose)s") % {"items": words, "whose": whose} if rows[0].key[0] else words


def _readers(rows: Sequence[ConsentChange]) -> str:
    named = {row.key[2] for row in rows}
    group = group_with(rows[0].key[2])
    if named == set(group.audiences):
        return str(group.words)
    return ", ".join(label("consent_audience", code) for code in group.audiences if code in named)


def _told(thing: OutThing, rows: Sequence[ConsentChange]) -> str:
    """Return what becomes of a page or copy because these items end; nothing where it has no part in them."""
    here = [row for row in rows if row.key[2] == thing.audience and (row.key[1], row.key[0]) in thing.uses]
    if not here:
        return ""
    words = {"thing": thing.words, "items": ", ".join(label("consent_item", row.key[1]) for row in here)}
    if thing.kind is OutKind.COPY:
        return _("%(thing)s: to be called back. It shows: %(items)s.") % words
    return _("%(thing)s goes down at once. It shows: %(items)s.") % words
