"""What is known of the detention, places and charges, as the packet shows it, and the page of one of its questions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.pages.addresses import address_of
from casework.custody import day_words
from casework.forms.cases import AnswerForm
from casework.models import Case, Charge, Detention, PacketAnswer, Place
from casework.packet_progress import PacketRows, QuestionLine
from casework.pages.packet_reader import PacketReader
from casework.pages.rows import SummaryRow
from directory import dates
from directory.dates import told
from directory.dates.durations import duration_words
from directory.dates.shown import day_in
from directory.vocabulary import label

STATES = {PacketAnswer.Answer.UNKNOWN: "unknown", PacketAnswer.Answer.REFUSED: "refused"}


@dataclass(frozen=True)
class PlaceRow:
    """One place of detention, with its days in words (casework/_places.html)."""

    row: Place
    since: str
    until: str


@dataclass(frozen=True)
class ChargeRow:
    """One charge, with its day and what came of it."""

    row: Charge
    on: str
    outcome: str
    trial: str


@dataclass(frozen=True)
class DetentionPanel:
    """The latest spell of detention line by line; the name alone while none is written."""

    rows: Sequence[SummaryRow]
    is_written: bool
    url: str


@dataclass(frozen=True)
class QuestionPage:
    """One question of the packet, for an answer that is no fact (casework/answer.html)."""

    case: Case
    form: AnswerForm
    line: QuestionLine
    fact_url: str
    remove_url: str
    tab: str = "packet"


def question_page(case: Case, form: AnswerForm, line: QuestionLine, *, fact_url: str) -> QuestionPage:
    """Return the question with the way to where its fact is written, and the way to take an answer back."""
    held = line.answer
    remove = reverse("casework:remove", args=[case.reference, "answer", held.pk]) if held else ""
    return QuestionPage(case, form, line, fact_url, remove)


def detention_panel(facts: PacketRows, lines: dict[str, QuestionLine], reader: PacketReader) -> DetentionPanel:
    """Return the latest spell of detention, with the way to change it or to write the first one."""
    return DetentionPanel(
        rows=_detention_rows(facts, lines, reader) if facts.detentions else [_name_row(facts, reader)],
        is_written=bool(facts.detentions),
        url=_detention_url(facts) if reader.may_change else "",
    )


def answer_url(case: Case, line: QuestionLine) -> str:
    """Return the page on which a question is answered."""
    return address_of("casework:answer", case.reference, line.question.code)


def _name_row(facts: PacketRows, reader: PacketReader) -> SummaryRow:
    """Return the sealed name: in how many scripts it is stored, and the way to it for who may open it."""
    scripts = len({row.script for row in facts.names})
    if not scripts:
        if not (reader.may_change and reader.may_identify):
            return SummaryRow(_("Name"), state="unasked")
        write = address_of("casework:change_identity", facts.case.reference)
        return SummaryRow(_("Name"), state="unasked", url=write, link=_("Write the name"))
    words = ngettext("Sealed, %(count)s script.", "Sealed, %(count)s scripts.", scripts) % {"count": scripts}
    if not reader.may_identify:
        return SummaryRow(_("Name"), words)
    show = address_of("casework:identity", facts.case.reference)
    return SummaryRow(_("Name"), words, note=_("The view is recorded."), url=show, link=_("Show identity"))


def _detention_rows(facts: PacketRows, lines: dict[str, QuestionLine], reader: PacketReader) -> list[SummaryRow]:
    """Return the summary of the latest spell of detention, each line with its fact, its answer, or where to give it."""
    case = facts.case
    held = facts.held
    authority = _joined(held("authority"), label("acknowledgement", held("acknowledged") or ""))
    shown = [
        _name_row(facts, reader),
        _row(case, lines, "id_public_label", _("Public label"), case.public_label, reader),
        _row(case, lines, "arr_date", _("Held since"), _held_since(facts), reader, note=_held_note(facts)),
        _row(case, lines, "arr_place", _("Place of the arrest"), held("taken_at"), reader),
        _row(case, lines, "arr_forces", _("Taken by"), held("taken_by"), reader),
        _row(case, lines, "det_forces", _("Holding authority"), authority, reader),
        _row(case, lines, "trial_counsel", _("Lawyer"), label("counsel_access", held("counsel") or ""), reader),
        _row(case, lines, "arr_warrant", _("Warrant shown?"), held("warrant"), reader),
        _row(case, lines, "arr_law", _("Law applied"), held("legal_basis"), reader),
        _row(case, lines, "ctx_state_view", _("The authorities say"), case.authorities_say, reader),
    ]
    if held("term_ends"):
        shown.insert(3, SummaryRow(_("Term ends on"), told.shown(held("term_ends")), is_typed=True))
    if held("ended"):
        ended = " · ".join(words for words in (_day_of(held("ended")), held("ending")) if words)
        shown.insert(3, SummaryRow(_("Until"), ended, is_typed=True))
    return shown + [_earlier(case, spell, reader) for spell in facts.detentions if spell != facts.spell]


def _detention_url(facts: PacketRows) -> str:
    """Return the address at which the spell that counts is changed, or the first one is written."""
    if not facts.spell:
        return address_of("casework:add_detention", facts.case.reference)
    return address_of("casework:change_detention", facts.case.reference, facts.spell.pk)


def place_rows(facts: PacketRows) -> list[PlaceRow]:
    """Return the places in the order of time."""
    ordered = sorted(facts.places, key=lambda row: dates.sort_key(row.since))
    return [PlaceRow(row, told.shown(row.since), told.shown(row.until) if row.until else "") for row in ordered]


def charge_rows(facts: PacketRows) -> list[ChargeRow]:
    """Return the charges in the order of time, without judge and case number: those name the person."""
    ordered = sorted(facts.charges, key=lambda row: dates.sort_key(row.charged_on))
    return [
        ChargeRow(
            row=row,
            on=told.shown(row.charged_on) if row.charged_on else "",
            outcome=_joined(row.verdict, row.sentence, told.shown(row.sentenced_on) if row.sentenced_on else ""),
            trial=_joined(told.shown(row.tried_on) if row.tried_on else "", row.trial_place),
        )
        for row in ordered
    ]


def _joined(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))


def _row(
    case: Case,
    lines: dict[str, QuestionLine],
    code: str,
    words: str,
    value: str | None,
    reader: PacketReader,
    *,
    note: str = "",
) -> SummaryRow:
    """Return one line: its fact; else the answer that stands for it; else the question with the way to answer it."""
    if value:
        return SummaryRow(words, value, note=note, is_typed=True)
    line = lines[code]
    if line.answer is None:
        if not reader.may_change:
            return SummaryRow(words, state="unasked")
        return SummaryRow(words, state="unasked", url=answer_url(case, line), link=_("Record the answer"))
    asked, state = line.answer.asked or "", STATES.get(PacketAnswer.Answer(line.answer.answer), "")
    return SummaryRow(words, "" if state else str(line.answer.get_answer_display()), state, asked)


def _held_since(facts: PacketRows) -> str:
    started = facts.held("started")
    return _day_of(started) if started else ""


def _day_of(text: str) -> str:
    """Return a day of custody in words and, behind it, how it was told."""
    return told.with_told(day_words(text), text)


def _held_note(facts: PacketRows) -> str:
    custody = facts.custody
    words = duration_words(custody.lasted)
    if custody.is_held is None:
        return _("(it is unknown whether the person is held now)") if facts.spell else ""
    if not words:
        return ""
    if not custody.is_held:
        return _("(%(days)s)") % {"days": words}
    return _("(%(days)s on %(day)s)") % {"days": words, "day": _day(timezone.localdate())}


def _earlier(case: Case, spell: Detention, reader: PacketReader) -> SummaryRow:
    span = {"first": day_words(spell.started), "last": day_words(spell.ended)}
    row = SummaryRow(_("Other detention"), _("%(first)s to %(last)s") % span, is_typed=True)
    if not reader.may_change:
        return row
    return replace(row, url=address_of("casework:change_detention", case.reference, spell.pk), link=_("Change"))


def _day(day: dt.date) -> str:
    return day_in(day, pgettext("a day, as Django's date filter", "j F Y"))
