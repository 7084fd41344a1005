"""What an edited text says of itself: which claims it prints and how, which items it discloses, what is wrong with it."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from casework.models import Case, Claim
from casework.translating.wording import Wording, wording_of
from papers.composing.allowed import items_allowed
from papers.composing.composing import letters_of
from papers.composing.judging import ATTRIBUTED, FACT, Judged, is_attributed_in, judge
from papers.composing.marks import blocks, found_in, sentences, stands_in
from papers.composing.naming import SHUTS, Naming, as_named
from papers.composing.sections import is_sources
from papers.kinds import registry

Body = list[dict[str, str]]


@dataclass
class ReadBack:
    """Words in the language of the text, claims with how they are printed, their items by case, the claims by mark, and every fault in a sentence."""

    wording: Wording
    claims: dict[uuid.UUID, str] = field(default_factory=dict)
    items: dict[uuid.UUID, frozenset[str]] = field(default_factory=dict)
    by_label: dict[str, Claim] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def claims_by_label(cases: list[Case]) -> dict[str, Claim]:
    """Return the claims of these cases by the mark they carry in a text."""
    letters = letters_of(cases)
    rows = Claim.objects.present().filter(case__in=cases).with_evidence()
    return {f"{letters[claim.case_id]}{claim.number}": claim for claim in rows}


def read_back(
    cases: list[Case], body: Body, *, audience: str, level: str, language: str, naming: str = Naming.NAMED
) -> ReadBack:
    """Read the marks in a body again. Every fault is told; a claim that may not stand here is one."""
    known = claims_by_label(cases)
    wording = wording_of(cases, language)
    consented = {case.pk: items_allowed(case, audience, level) for case in cases}
    back = ReadBack(wording)
    text = "\n".join(section["text"] for section in body if not is_sources(section["code"]))
    for label in found_in(text):
        claim = known.get(label)
        if claim is None:
            back.faults.append(_("There is no claim %(number)s in the packet.") % {"number": label})
            continue
        known_open = consented[claim.case_id]
        judged = as_named(judge(claim, known_open - SHUTS[naming], wording), known_open)
        if not judged.is_printed:
            back.faults.append(
                _("Claim %(number)s may not stand here: %(why)s") % {"number": label, "why": why_in_words(judged.why)}
            )
        _count(back, label, judged, text, wording)
    back.faults += _faults_of_shape(body)
    return back


def _count(back: ReadBack, label: str, judged: Judged, text: str, wording: Wording) -> None:
    claim = judged.claim
    said = [words for words, labels in sentences(text) if label in labels]
    is_attributed = bool(said) and all(is_attributed_in(claim, words, wording) for words in said)
    back.by_label[label] = claim
    back.claims[claim.pk] = ATTRIBUTED if is_attributed else FACT
    back.items[claim.case_id] = back.items.get(claim.case_id, frozenset()) | {row.item for row in claim.items.all()}
    if judged.printed_as == ATTRIBUTED and not is_attributed:
        back.faults.append(
            _("Claim %(number)s prints only with its attribution: say who says so, in the same sentence.")
            % {"number": label}
        )


def _faults_of_shape(body: Body) -> list[str]:
    faults = []
    for section in body:
        bullets = [line for block in blocks(section["text"]) if block.is_list for line in block.lines]
        most = registry.most_asks(section["code"])
        if most == 1 and len(bullets) > most:
            faults.append(_("“%(section)s” holds more than one ask.") % {"section": section["heading"]})
        elif most and len(bullets) > most:
            faults.append(
                _("“%(section)s” holds more than two asks. One reader is asked for one or two things.")
                % {"section": section["heading"]}
            )
        if registry.is_dated_facts(section["code"]) and any(not any(piece.label for piece in line) for line in bullets):
            faults.append(
                _("Each line of “%(section)s” ends with the number of its claim.") % {"section": section["heading"]}
            )
    return faults


def why_in_words(why: str) -> str:
    """Return why something is kept from an audience, in the reader's language."""
    return {
        "no-consent": _("no consent for this audience"),
        "not-named": _("this text was chosen to name nobody"),
        "no-claim": _("no claim proves it"),
        "names-no-items": _("nobody has said what it discloses"),
        "band": _("its sources are too weak, or it is not checked"),
        "off-the-record": _("its only source spoke off the record or under embargo"),
        "not-decided": _("nobody has decided how its source may be named outside"),
        "no-room": _("left out for room"),
        "not-chosen": _("left out by whoever chose what prints"),
        "came-later": _("it came after somebody chose what prints"),
        "no-place": _("this kind of text has no place for it"),
        "not-translated": _("nobody has translated it into the language of the text"),
        "no-font": _("no font here can print it"),
        "in-a-claim": _("a claim with its source says it instead"),
        "edited-out": _("taken out by whoever edited the text"),
        "two-at-most": _("one text carries at most two asks"),
        "other-addressee": _("it asks somebody else; one paper asks one reader"),
        "other-audience": _("it is written for another audience"),
        "missing": _("nobody has written one for this audience"),
    }.get(why, why)


def fields_in(fields: list[dict[str, Any]], title: str, body: Body) -> dict[uuid.UUID, frozenset[str]]:
    """Return the items of those composed fields whose words still stand in the text, by case."""
    text = "\n".join([title, *(section["text"] for section in body)])
    found: dict[uuid.UUID, frozenset[str]] = {}
    for row in fields:
        if stands_in(row["value"], text):
            case = uuid.UUID(row["case"])
            found[case] = found.get(case, frozenset()) | set(row["items"])
    return found
