"""One run of the scan over one revision, its findings, and what a reader may rule on them."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.models import Case
from safety.leaks.terms import Protected, missing_scripts, opened_by_consent, protected_terms
from safety.models import LeakFinding, LeakScan
from sealing import folding

HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
GAP = re.compile(r"[\s\-\u2010\u2011]*")
MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u03ff\u0400-\u04ff])\w+\b")


@dataclass(frozen=True)
class Hit:
    """One place in one part of the text that shows a protected value, or hides something."""

    case_id: uuid.UUID
    field: str
    part: str
    start: int
    end: int
    words: str


def hits(parts: dict[str, str], terms: Iterable[Protected], case_ids: list[uuid.UUID]) -> list[Hit]:
    """Return every hit, in reading order, one for each place; the values are compared folded (SECURITY.md 5)."""
    terms = list(terms)
    found: dict[tuple[str, int, int], Hit] = {}
    for part, text in parts.items():
        tokens = folding.tokens(text)
        for term in terms:
            for start, end in _places(term, tokens, text):
                found.setdefault((part, start, end), Hit(term.case_id, term.field, part, start, end, text[start:end]))
        for pattern, field in ((HIDDEN, "hidden-character"), (MIXED, "mixed-scripts")):
            for match in pattern.finditer(text):
                found.setdefault((part, *match.span()), Hit(case_ids[0], field, part, *match.span(), match.group()))
    return sorted(found.values(), key=lambda hit: (list(parts).index(hit.part), hit.start, -hit.end))


def _places(term: Protected, tokens: list[tuple[str, int, int]], text: str) -> set[tuple[int, int]]:
    found = {(start, end) for token, start, end in tokens if token in term.words}
    if term.name:
        found |= {(start, end) for token, start, end in tokens if term.name.bears(token, text[start:end])}
        for row in (tuple(term.name.spelled), *term.name.rows):
            found |= _row_places(row, tokens)
    if term.squashed:
        found |= _squashed_places(term.squashed, tokens)
    if term.digits:
        found |= _digit_places(term.digits, tokens)
    if found and term.within:
        opened = [place for words in term.within for place in _phrase_places(words, tokens, text)]
        found = {(start, end) for start, end in found if not any(a <= start and end <= b for a, b in opened)}
    return found


def _phrase_places(words: tuple[str, ...], tokens: list[tuple[str, int, int]], text: str) -> list[tuple[int, int]]:
    """Find a whole name: its words one after the other, with nothing but spaces and hyphens between them."""
    places = []
    for at in range(len(tokens) - len(words) + 1):
        run = tokens[at : at + len(words)]
        gaps = (text[one[2] : two[1]] for one, two in pairwise(run))
        if tuple(token for token, _start, _end in run) == words and all(GAP.fullmatch(gap) for gap in gaps):
            places.append((run[0][1], run[-1][2]))
    return places


def _row_places(wanted: tuple[str, ...], tokens: list[tuple[str, int, int]]) -> set[tuple[int, int]]:
    """Find words, or single letters, that stand one behind the other."""
    size = len(wanted)
    rows = (tokens[at : at + size] for at in range(len(tokens) - size + 1) if size)
    return {(row[0][1], row[-1][2]) for row in rows if tuple(token for token, _start, _end in row) == wanted}


def _squashed_places(wanted: str, tokens: list[tuple[str, int, int]]) -> set[tuple[int, int]]:
    """Find a value written without or with odd separators: the folded tokens run together."""
    run, origin = "", []
    for index, (token, _start, _end) in enumerate(tokens):
        run += token
        origin += [index] * len(token)
    places = set()
    at = run.find(wanted)
    while at >= 0:
        first, last = origin[at], origin[at + len(wanted) - 1]
        starts_token = at == 0 or origin[at - 1] != first
        after = at + len(wanted)
        ends_token = after == len(run) or origin[after] != last
        if (starts_token and ends_token) or not wanted.isascii() or first == last:
            places.add((tokens[first][1], tokens[last][2]))
        at = run.find(wanted, at + 1)
    return places


def _digit_places(wanted: str, tokens: list[tuple[str, int, int]]) -> set[tuple[int, int]]:
    """Find a number however its figures are written or grouped."""
    figures = [(letter, start, end) for token, start, end in tokens for letter in token if letter.isdecimal()]
    digits = "".join(letter for letter, _start, _end in figures)
    places, at = set(), digits.find(wanted)
    while at >= 0:
        places.add((figures[at][1], figures[at + len(wanted) - 1][2]))
        at = digits.find(wanted, at + 1)
    return places


@transaction.atomic
def scan(
    *,
    actor: User,
    material: Any,
    parts: dict[str, str],
    disclosed: dict[uuid.UUID, set[str]],
    has_no_name: bool = False,
) -> LeakScan:
    """Scan this revision as it will be read and keep the result; `disclosed` names by case the items that it shows.

    Of these only what consent opens is passed over. Where no name is stored (`has_no_name`) a person reads for it.
    """
    cases: list[Case] = lock(*material.cases.values_list("pk", flat=True))
    opened = opened_by_consent(cases, material, disclosed)
    found = hits(parts, protected_terms(cases, opened), [case.pk for case in cases])
    blind = [] if has_no_name else missing_scripts(cases, "\n".join(parts.values()), opened)
    verdict = LeakScan.Verdict.CANNOT_CHECK if blind else LeakScan.Verdict.FINDINGS if found else LeakScan.Verdict.CLEAN
    row = LeakScan(
        material_id=material.pk,
        revision=material.revision,
        material_mac=bytes(material.mac),
        verdict=verdict,
        why=[f"no-name-in-{script}" for script in blind],
        scanned_by=actor,
    )
    row.save(force_insert=True)
    for hit in found:
        LeakFinding(material_id=material.pk, scan=row, **vars(hit)).save(force_insert=True)
    record(
        actor=actor,
        verb="safety.leaks.scanned",
        case=cases[0] if cases else None,
        about=row,
        verdict=verdict,
        findings=len(found),
    )
    return row


@transaction.atomic
def rule_on(*, actor: User, finding: LeakFinding, material: Any, reason: str) -> LeakFinding:
    """Pass a finding with a reason. Only who may sign reviews on every case, and never the author or last editor."""
    cases = lock(*material.cases.values_list("pk", flat=True))
    for case in cases:
        require(actor, "sign_review", case)
    _not_own_work(actor, material)
    if not reason.strip():
        raise ValidationError(_("Say why these words may stand."))
    row = LeakFinding.objects.select_for_update().get(pk=finding.pk)
    if row.ruled_at:
        return row
    row.ruled_by, row.ruled_at, row.reason = actor, timezone.now(), reason
    row.save(update_fields=["ruled_by", "ruled_at", "reason"])
    record(actor=actor, verb="safety.leaks.passed", case=cases[0], about=row, field=row.field)
    return row


@transaction.atomic
def tick_read(*, actor: User, result: LeakScan, material: Any) -> LeakScan:
    """Record that a reader of the language read the text for names where the scan could not check it."""
    cases = lock(*material.cases.values_list("pk", flat=True))
    for case in cases:
        require(actor, "sign_review", case)
    _not_own_work(actor, material)
    row = LeakScan.objects.select_for_update().get(pk=result.pk)
    if row.read_at is None:
        row.read_by, row.read_at = actor, timezone.now()
        row.save(update_fields=["read_by", "read_at"])
        record(actor=actor, verb="safety.leaks.read", case=cases[0], about=row)
    return row


def _not_own_work(actor: User, material: Any) -> None:
    if actor.pk in {material.author_id, material.last_editor_id}:
        raise ValidationError(_("The author or last editor of a text may not rule on what was found in it."))
