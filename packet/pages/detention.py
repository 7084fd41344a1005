"""The detention as the story tells it: its stages in one line, then fact by fact, with places and charges."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.pages.addresses import address_of
from casework.custody import day_words, is_over, is_to_come
from casework.models import Charge, Detention, Place
from casework.packet_progress import PacketRows
from directory import dates
from directory.dates import told
from directory.dates.durations import duration_words
from directory.dates.shown import day_in
from directory.vocabulary import label
from packet.pages.rows import StoryRow, StoryRows

OTHERS = ("det_places", "det_ack", "chg_list", "det_law", "chg_basis_type", "trial_court", "trial_verdict")


@dataclass(frozen=True)
class DetentionStage:
    """One stage of the line (packet/_stages.html): where, its days, and whether it is past, now or to come."""

    name: str
    days: str
    state: str
    url: str = ""


@dataclass(frozen=True)
class DetentionPart:
    """The detention: stages, lines, and where the first spell is written while there is none."""

    stages: Sequence[DetentionStage]
    rows: Sequence[StoryRow]
    is_written: bool
    url: str
    history_url: str = ""


def detention_part(rows: StoryRows, to_come: Sequence[DetentionStage]) -> DetentionPart:
    """Return the detention; `to_come` are stages that are expected."""
    facts = rows.facts
    reference, may = facts.case.reference, rows.reader.may_change
    url = address_of("casework:add_detention", reference)
    if facts.spell:
        url = address_of("casework:change_detention", reference, facts.spell.pk)
    return DetentionPart(
        stages=[*_stages(facts, may_change=may), *to_come],
        rows=[*_of_the_spell(rows), *_charges(rows), *_earlier(rows), *rows.others(OTHERS)],
        is_written=bool(facts.detentions),
        url=url if may else "",
        history_url=address_of("web:history", reference, "detention", facts.spell.pk) if facts.spell else "",
    )


def _stages(facts: PacketRows, *, may_change: bool) -> list[DetentionStage]:
    """Return where the person was held, in the order of time; a spell of which no place is known stands for itself."""
    today, found = timezone.localdate(), []
    places: dict[object, list[Place]] = {}
    for row in sorted(facts.places, key=lambda row: dates.sort_key(row.since)):
        places.setdefault(row.detention_id, []).append(row)
    for spell in facts.detentions:
        is_now = spell == facts.spell and facts.custody.is_held is True
        inside = places.get(spell.pk, [])
        for row in inside:
            is_here = is_now and row == inside[-1] and not is_over(row.until, today)
            url = address_of("casework:change_place", facts.case.reference, row.pk) if may_change else ""
            found.append(
                DetentionStage(row.place or "", _days(row.since, row.until, is_here=is_here), _now(is_here), url)
            )
        if not inside:
            days = _days(spell.started, spell.ended, is_here=is_now)
            found.append(DetentionStage(_("Held, place not written down"), days, _now(is_now)))
        if spell.ended and not is_to_come(spell.ended, today) and spell == facts.detentions[-1]:
            found.append(DetentionStage(spell.ending or _("No longer held"), day_words(spell.ended), "past"))
    return found


def _now(is_here: bool) -> str:
    return "here" if is_here else "past"


def _days(since: str | None, until: str | None, *, is_here: bool) -> str:
    """Return from when to when, as far as either is known."""
    words = {"first": told.shown(since) if since else "", "last": told.shown(until) if until else ""}
    if since and until:
        return _("%(first)s to %(last)s") % words
    if since and is_here:
        return _("%(first)s to now") % words
    return _("from %(first)s") % words if since else _("until %(last)s") % words if until else _("dates not known")


def _of_the_spell(rows: StoryRows) -> list[StoryRow]:
    """Return the latest spell of detention line by line."""
    facts = rows.facts
    held = facts.held
    shown = [rows.of("arr_date", _("Held since"), _day_of(held("started")), _held_note(facts))]
    shown.append(rows.of("arr_place", _("Place of the arrest"), held("taken_at")))
    if held("ended"):
        ended = " · ".join(words for words in (_day_of(held("ended")), held("ending")) if words)
        shown.append(StoryRow(_("Until"), ended, is_typed=True))
    if held("term_ends"):
        shown.append(StoryRow(_("Term ends on"), told.shown(held("term_ends")), is_typed=True))
    shown += [
        rows.of("arr_forces", _("Taken by"), held("taken_by")),
        rows.of("det_forces", _("Holding authority"), held("authority")),
        rows.of("trial_counsel", _("Lawyer"), label("counsel_access", held("counsel") or "")),
        rows.of("arr_warrant", _("Warrant shown?"), held("warrant")),
        rows.of("arr_law", _("Law applied at the arrest"), held("legal_basis")),
    ]
    if held("acknowledged"):
        shown.append(rows.of("det_ack", _("Custody acknowledged"), label("acknowledgement", held("acknowledged"))))
    if held("basis_kind"):
        shown.append(rows.of("chg_basis_type", _("Kind of legal basis"), label("legal_basis_type", held("basis_kind"))))
    return shown


def _charges(rows: StoryRows) -> list[StoryRow]:
    """Return the charges in the order of time, without judge and case number: those name the person."""
    facts, may = rows.facts, rows.reader.may_change
    ordered = sorted(facts.charges, key=lambda row: dates.sort_key(row.charged_on))
    return [
        StoryRow(
            _("Charge"),
            row.law,
            note=_charge_note(row),
            url=address_of("casework:change_charge", facts.case.reference, row.pk) if may else "",
            link=_("Change"),
            is_typed=True,
        )
        for row in ordered
    ]


def _charge_note(row: Charge) -> str:
    days = [told.shown(on) if on else "" for on in (row.charged_on, row.tried_on, row.sentenced_on)]
    parts = (days[0], row.court, days[1], row.trial_place, row.verdict, row.sentence, days[2])
    return " · ".join(filter(None, parts))


def _earlier(rows: StoryRows) -> list[StoryRow]:
    facts = rows.facts
    return [_other_spell(facts, spell, rows) for spell in facts.detentions if spell != facts.spell]


def _other_spell(facts: PacketRows, spell: Detention, rows: StoryRows) -> StoryRow:
    span = {"first": day_words(spell.started), "last": day_words(spell.ended)}
    url = address_of("casework:change_detention", facts.case.reference, spell.pk) if rows.reader.may_change else ""
    return StoryRow(_("Other detention"), _("%(first)s to %(last)s") % span, url=url, link=_("Change"), is_typed=True)


def _day_of(text: str | None) -> str:
    """Return a day of custody in words and, behind it, how it was told."""
    return told.with_told(day_words(text), text) if text else ""


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


def _day(day: dt.date) -> str:
    return day_in(day, pgettext("a day, as Django's date filter", "j F Y"))
