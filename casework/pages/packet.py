"""The packet page put together: what is known, what is missing, who works on it, and the one next step."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from accounts.models import User
from casework import dates
from casework.actions.members import SECONDING_RIGHTS
from casework.custody import day_words
from casework.dates.durations import duration_words
from casework.models import Case, Charge, Detention, Membership, PacketAnswer, Place
from casework.packet_progress import Meter, PacketRows, QuestionLine, meter, packet_meter
from casework.pages.packet_panels import ClaimRow, ConsentPanel
from casework.pages.rows import NextStep, SummaryRow, TaskRow
from directory.vocabulary import label

SHOWN_MISSING = 6
OF_A_MEMBER = [
    *("case_id", "role", "granted_by_id", "is_opening", "seconded_at", "until", "ended_at"),
    *("user__name", "user__username"),
]
STATES = {PacketAnswer.Answer.UNKNOWN: "unknown", PacketAnswer.Answer.REFUSED: "refused"}

STEPS = {
    "access": (
        gettext_lazy("somebody asks to join this case and waits for a second person."),
        gettext_lazy("See who asks"),
    ),
    "add_detention": (
        gettext_lazy("say since when and by whom the person is held. Every plan counts from there."),
        gettext_lazy("Add a detention"),
    ),
    "change_identity": (
        gettext_lazy("write the name, in each script that is used. It is sealed."),
        gettext_lazy("Write the name"),
    ),
    "add_claim": (gettext_lazy("write what is known as claims, each with its source."), gettext_lazy("Add a claim")),
    "add_consent": (
        gettext_lazy("nobody has been asked yet. Nothing may leave without consent."),
        gettext_lazy("Record a consent"),
    ),
}


@dataclass(frozen=True)
class Reader:
    """Who looks at the packet, and what they may do with it."""

    user: User
    rights: frozenset[str]

    @property
    def may_change(self) -> bool:
        """Say whether the reader may write facts."""
        return "change_case" in self.rights

    @property
    def may_identify(self) -> bool:
        """Say whether the reader may open names, contacts and health."""
        return "view_identity" in self.rights


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


@dataclass(frozen=True)
class TeamMember:
    """Somebody who works on the case, with their roles in words."""

    name: str
    roles: str
    is_lead: bool


def name_row(facts: PacketRows, reader: Reader) -> SummaryRow:
    """Return the sealed name: in how many scripts it is stored, and the way to it for who may open it."""
    scripts = len({row.script for row in facts.names})
    if not scripts:
        if not (reader.may_change and reader.may_identify):
            return SummaryRow(_("Name"), state="unasked")
        write = reverse("casework:change_identity", args=[facts.case.reference])
        return SummaryRow(_("Name"), state="unasked", url=write, link=_("Write the name"))
    words = ngettext("Sealed, %(count)s script.", "Sealed, %(count)s scripts.", scripts) % {"count": scripts}
    if not reader.may_identify:
        return SummaryRow(_("Name"), words)
    show = reverse("casework:identity", args=[facts.case.reference])
    return SummaryRow(_("Name"), words, note=_("The view is recorded."), url=show, link=_("Show identity"))


def detention_rows(facts: PacketRows, lines: dict[str, QuestionLine], reader: Reader) -> list[SummaryRow]:
    """Return the summary of the latest spell of detention, each line with its fact, its answer, or where to give it."""
    case = facts.case
    held = facts.held
    authority = " · ".join(
        words for words in (held("authority"), label("acknowledgement", held("acknowledged") or "")) if words
    )
    shown = [
        name_row(facts, reader),
        _row(case, lines, "id_public_label", _("Public label"), case.public_label, reader),
        _row(case, lines, "arr_date", _("Held since"), _held_since(facts), reader, note=_held_note(facts)),
        _row(case, lines, "arr_forces", _("Taken by"), held("taken_by"), reader),
        _row(case, lines, "det_forces", _("Holding authority"), authority, reader),
        _row(case, lines, "trial_counsel", _("Lawyer"), label("counsel_access", held("counsel") or ""), reader),
        _row(case, lines, "arr_warrant", _("Warrant shown?"), held("warrant"), reader),
        _row(case, lines, "arr_law", _("Law applied"), held("legal_basis"), reader),
        _row(case, lines, "ctx_state_view", _("The authorities say"), case.authorities_say, reader),
    ]
    if held("term_ends"):
        shown.insert(3, SummaryRow(_("Term ends on"), dates.in_words(held("term_ends")), is_typed=True))
    if held("ended"):
        ended = " · ".join(words for words in (day_words(held("ended")), held("ending")) if words)
        shown.insert(3, SummaryRow(_("Until"), ended, is_typed=True))
    return shown + [_earlier(case, spell, reader) for spell in facts.detentions if spell != facts.spell]


def detention_url(facts: PacketRows) -> str:
    """Return the address at which the spell that was written last is changed, or the first one is written."""
    if not facts.detentions:
        return reverse("casework:add_detention", args=[facts.case.reference])
    latest = max(facts.detentions, key=lambda row: row.created_at)
    return reverse("casework:change_detention", args=[facts.case.reference, latest.pk])


def place_rows(facts: PacketRows) -> list[PlaceRow]:
    """Return the places in the order of time."""
    ordered = sorted(facts.places, key=lambda row: dates.sort_key(row.since))
    return [PlaceRow(row, dates.in_words(row.since), dates.in_words(row.until) if row.until else "") for row in ordered]


def charge_rows(facts: PacketRows) -> list[ChargeRow]:
    """Return the charges in the order of time, without judge and case number: those name the person."""
    ordered = sorted(facts.charges, key=lambda row: dates.sort_key(row.charged_on))
    return [
        ChargeRow(
            row=row,
            on=dates.in_words(row.charged_on) if row.charged_on else "",
            outcome=" · ".join(words for words in (row.verdict, row.sentence) if words),
        )
        for row in ordered
    ]


def members_of(case: Case) -> list[Membership]:
    """Return the roles on the case that did not end, those that wait for a second person included; one query."""
    rows = Membership.objects.filter(case=case, ended_at=None).select_related("user").order_by("granted_at")
    return list(rows.only(*OF_A_MEMBER))


def asking(members: list[Membership], reader: Reader) -> int:
    """Return how many people asked to join and wait for somebody like this reader."""
    if not reader.rights & SECONDING_RIGHTS:
        return 0
    return sum(row.is_at_own_request and row.seconded_at is None and row.user_id != reader.user.pk for row in members)


def team(case: Case, members: list[Membership]) -> list[TeamMember]:
    """Return the people whose role counts, with their roles; the lead first."""
    people: dict[User, list[str]] = {}
    for row in members:
        if row.is_in_force:
            people.setdefault(row.user, []).append(str(row.get_role_display()).lower())
    found = []
    for user, roles in people.items():
        is_lead = user.pk == case.lead_id
        found.append(TeamMember(str(user), ", ".join([*roles, *([_("lead")] if is_lead else [])]), is_lead))
    return sorted(found, key=lambda one: not one.is_lead)


def missing_rows(case: Case, packet: Meter, claims: Sequence[ClaimRow], reader: Reader) -> list[TaskRow]:
    """Return what is missing, most needed first: blank questions, then claims that need a second look."""
    blank = sorted(packet.missing, key=lambda line: line.question.sensitivity)
    rows = [
        _missing(line.question.label, _("Blank"), answer_url(case, line) if reader.may_change else "")
        for line in blank[:SHOWN_MISSING]
    ]
    needed = {
        "VS_SINGLE": _("Second source for claim %(number)s"),
        "VS_CONFLICT": _("Ruling on claim %(number)s"),
    }
    rows += [
        _missing(needed[row.status] % {"number": row.number}, _("Needed"), row.url)
        for row in claims
        if row.status in needed
    ][:SHOWN_MISSING]
    return rows


def _missing(label: str, state: str, url: str) -> TaskRow:
    return TaskRow(label, url, state=state, mark="ring-empty", tone="care")


def missing_note(found: Meter) -> str:
    """Return which questions of a form are blank, and what counts as an answer."""
    blank = [line.question.label for line in found.missing]
    if not blank:
        return _("Every question of this form is answered.")
    named = pgettext("between the items of a list", ", ").join(blank[:SHOWN_MISSING])
    more = len(blank) - SHOWN_MISSING
    words = {"named": named}
    if more > 0:
        words["more"] = ngettext("%(count)s more", "%(count)s more", more) % {"count": more}
        return (
            _("Missing: %(named)s, and %(more)s. “Unknown” and “refused to say” count as answers; blank does not.")
            % words
        )
    return _("Missing: %(named)s. “Unknown” and “refused to say” count as answers; blank does not.") % words


def next_step(
    facts: PacketRows, lines: dict[str, QuestionLine], reader: Reader, *, waiting: int, consent: ConsentPanel
) -> NextStep:
    """Return the one next step on the packet for this reader: a sentence, a button, an address; empty when nothing waits."""
    page = "access" if waiting else _first_gap(facts, reader, consent)
    if page:
        text, words = STEPS[page]
        return NextStep(str(text), reverse(f"casework:{page}", args=[facts.case.reference]), str(words))
    blank = sorted(meter(lines, "WGAD").missing, key=lambda line: line.question.sensitivity)
    if not blank or not reader.may_change:
        return NextStep()
    asked = ngettext(
        "%(question)s: the one answer missing for the WGAD form.",
        "%(question)s: one of %(count)s answers missing for the WGAD form.",
        len(blank),
    ) % {"question": blank[0].question.label, "count": len(blank)}
    return NextStep(asked, answer_url(facts.case, blank[0]), _("Record the answer"))


def _first_gap(facts: PacketRows, reader: Reader, consent: ConsentPanel) -> str:
    """Return the page of the first whole part that is empty and that this reader may fill; nothing when none is."""
    gaps = (
        ("add_detention", reader.may_change and not facts.detentions),
        ("change_identity", reader.may_change and reader.may_identify and not facts.names),
        ("add_claim", reader.may_change and not facts.claims),
        ("add_consent", "keep_consent" in reader.rights and consent.is_empty),
    )
    return next((page for page, is_open in gaps if is_open), "")


def meters(lines: dict[str, QuestionLine]) -> tuple[Meter, Meter, Meter]:
    """Return how far the packet is answered, and how far it serves the WGAD and the special-procedures forms."""
    return packet_meter(lines), meter(lines, "WGAD"), meter(lines, "SP")


def answer_url(case: Case, line: QuestionLine) -> str:
    """Return the page on which a question is answered."""
    return reverse("casework:answer", args=[case.reference, line.question.code])


def _row(
    case: Case,
    lines: dict[str, QuestionLine],
    code: str,
    words: str,
    value: str | None,
    reader: Reader,
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
    return day_words(started) if started else ""


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


def _earlier(case: Case, spell: Detention, reader: Reader) -> SummaryRow:
    span = {"first": day_words(spell.started), "last": day_words(spell.ended)}
    row = SummaryRow(_("Other detention"), _("%(first)s to %(last)s") % span, is_typed=True)
    if not reader.may_change:
        return row
    return replace(row, url=reverse("casework:change_detention", args=[case.reference, spell.pk]), link=_("Change"))


def _day(day: dt.date) -> str:
    return date_format(day, pgettext("a day, as Django's date filter", "j F Y"))
