"""The packet page put together: what is known, what is missing, who works on it, and the one next step."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from casework import dates
from casework.actions.members import SECONDING_RIGHTS
from casework.models import Case, Membership, PacketAnswer
from casework.packet_progress import Facts, Line, Meter, meter, packet_meter
from directory.vocabulary import label

SHOWN_MISSING = 6
OF_A_MEMBER = [
    *("case_id", "role", "granted_by_id", "is_opening", "seconded_at", "until", "ended_at"),
    *("user__name", "user__username"),
]
BLANK = {"mark": "ring-empty", "tone": "care"}
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

    user: Any
    rights: frozenset[str]

    @property
    def may_change(self) -> bool:
        """Say whether the reader may write facts."""
        return "change_case" in self.rights

    @property
    def may_identify(self) -> bool:
        """Say whether the reader may open names, contacts and health."""
        return "view_identity" in self.rights


def name_row(facts: Facts, reader: Reader) -> dict[str, Any]:
    """Return the sealed name: in how many scripts it is stored, and the way to it for who may open it."""
    scripts = len({row.script for row in facts.names})
    if not scripts:
        row: dict[str, Any] = {"label": _("Name"), "state": "unasked"}
        if reader.may_change and reader.may_identify:
            row |= {
                "url": reverse("casework:change_identity", args=[facts.case.reference]),
                "link": _("Write the name"),
            }
        return row
    words = ngettext("Sealed, %(count)s script.", "Sealed, %(count)s scripts.", scripts) % {"count": scripts}
    row = {"label": _("Name"), "value": words}
    if reader.may_identify:
        row |= {
            "note": _("The view is recorded."),
            "url": reverse("casework:identity", args=[facts.case.reference]),
            "link": _("Show identity"),
        }
    return row


def detention_rows(facts: Facts, lines: dict[str, Line], reader: Reader) -> list[dict[str, Any]]:
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
    if held("ended"):
        ended = " · ".join(words for words in (dates.in_words(held("ended")), held("ending")) if words)
        shown.insert(3, {"label": _("Until"), "value": ended, "is_typed": True})
    return shown + [_earlier(case, spell, reader) for spell in facts.detentions[:-1]]


def detention_url(facts: Facts) -> str:
    """Return the address at which the spell that was written last is changed, or the first one is written."""
    if not facts.detentions:
        return reverse("casework:add_detention", args=[facts.case.reference])
    latest = max(facts.detentions, key=lambda row: row.created_at)
    return reverse("casework:change_detention", args=[facts.case.reference, latest.pk])


def place_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the places in the order of time."""
    ordered = sorted(facts.places, key=lambda row: dates.sort_key(row.since))
    return [
        {"row": row, "since": dates.in_words(row.since), "until": dates.in_words(row.until) if row.until else ""}
        for row in ordered
    ]


def charge_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the charges in the order of time, without judge and case number: those name the person."""
    ordered = sorted(facts.charges, key=lambda row: dates.sort_key(row.charged_on))
    return [
        {
            "row": row,
            "on": dates.in_words(row.charged_on) if row.charged_on else "",
            "outcome": " · ".join(words for words in (row.verdict, row.sentence) if words),
        }
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


def team(case: Case, members: list[Membership]) -> list[dict[str, Any]]:
    """Return the people whose role counts, with their roles; the lead first."""
    people: dict[int, dict[str, Any]] = {}
    for row in members:
        if row.is_in_force:
            entry = people.setdefault(
                row.user_id, {"name": str(row.user), "roles": [], "is_lead": row.user_id == case.lead_id}
            )
            entry["roles"].append(str(row.get_role_display()).lower())
    for entry in people.values():
        entry["roles"] = ", ".join([*entry["roles"], *([_("lead")] if entry["is_lead"] else [])])
    return sorted(people.values(), key=lambda entry: not entry["is_lead"])


def missing_rows(case: Case, packet: Meter, claims: list[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """Return what is missing, most needed first: blank questions, then claims that need a second look."""
    blank = sorted(packet.missing, key=lambda line: line.question.sensitivity)
    rows = [
        {
            "label": line.question.label,
            "state": _("Blank"),
            "url": answer_url(case, line) if reader.may_change else "",
            **BLANK,
        }
        for line in blank[:SHOWN_MISSING]
    ]
    needed = {
        "VS_SINGLE": _("Second source for claim %(number)s"),
        "VS_CONFLICT": _("Ruling on claim %(number)s"),
    }
    rows += [
        {"label": needed[row["status"]] % {"number": row["number"]}, "state": _("Needed"), "url": row["url"], **BLANK}
        for row in claims
        if row["status"] in needed
    ][:SHOWN_MISSING]
    return rows


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
    facts: Facts, lines: dict[str, Line], reader: Reader, *, waiting: int, consent: dict[str, Any]
) -> dict[str, str]:
    """Return the one next step on the packet for this reader: a sentence, a button, an address; empty when nothing waits."""
    page = "access" if waiting else _first_gap(facts, reader, consent)
    if page:
        text, words = STEPS[page]
        return {"text": str(text), "label": str(words), "url": reverse(f"casework:{page}", args=[facts.case.reference])}
    blank = sorted(meter(lines, "WGAD").missing, key=lambda line: line.question.sensitivity)
    if not blank or not reader.may_change:
        return {}
    asked = ngettext(
        "%(question)s: the one answer missing for the WGAD form.",
        "%(question)s: one of %(count)s answers missing for the WGAD form.",
        len(blank),
    ) % {"question": blank[0].question.label, "count": len(blank)}
    return {"text": asked, "label": str(_("Record the answer")), "url": answer_url(facts.case, blank[0])}


def _first_gap(facts: Facts, reader: Reader, consent: dict[str, Any]) -> str:
    """Return the page of the first whole part that is empty and that this reader may fill; nothing when none is."""
    gaps = (
        ("add_detention", reader.may_change and not facts.detentions),
        ("change_identity", reader.may_change and reader.may_identify and not facts.names),
        ("add_claim", reader.may_change and not facts.claims),
        ("add_consent", "keep_consent" in reader.rights and consent["is_empty"]),
    )
    return next((page for page, is_open in gaps if is_open), "")


def meters(lines: dict[str, Line]) -> tuple[Meter, Meter, Meter]:
    """Return how far the packet is answered, and how far it serves the WGAD and the special-procedures forms."""
    return packet_meter(lines), meter(lines, "WGAD"), meter(lines, "SP")


def answer_url(case: Case, line: Line) -> str:
    """Return the page on which a question is answered."""
    return reverse("casework:answer", args=[case.reference, line.question.code])


def _row(
    case: Case, lines: dict[str, Line], code: str, words: str, value: Any, reader: Reader, *, note: str = ""
) -> dict[str, Any]:
    """Return one line: its fact; else the answer that stands for it; else the question with the way to answer it."""
    if value:
        return {"label": words, "value": value, "is_typed": True, "note": note}
    line = lines[code]
    row: dict[str, Any] = {"label": words}
    if line.answer is None:
        row["state"] = "unasked"
        if reader.may_change:
            row |= {"url": answer_url(case, line), "link": _("Record the answer")}
        return row
    row["note"] = line.answer.asked
    state = STATES.get(line.answer.answer)  # type: ignore[call-overload]
    return row | ({"state": state} if state else {"value": line.answer.get_answer_display()})


def _held_since(facts: Facts) -> str:
    started = facts.held("started")
    return dates.in_words(started) if started else ""


def _held_note(facts: Facts) -> str:
    today = timezone.localdate()
    words = dates.held_words(facts.held("started"), facts.held("ended"), today=today)
    if not words:
        return ""
    if facts.held("ended"):
        return _("(%(days)s)") % {"days": words}
    return _("(%(days)s on %(day)s)") % {"days": words, "day": _day(today)}


def _earlier(case: Case, spell: Any, reader: Reader) -> dict[str, Any]:
    span = {"first": dates.in_words(spell.started), "last": dates.in_words(spell.ended)}
    row = {"label": _("Earlier detention"), "value": _("%(first)s to %(last)s") % span, "is_typed": True}
    if reader.may_change:
        row |= {"url": reverse("casework:change_detention", args=[case.reference, spell.pk]), "link": _("Change")}
    return row


def _day(day: dt.date) -> str:
    return date_format(day, pgettext("a day, as Django's date filter", "j F Y"))
