"""What the packet knows beside each rapid question, as far as this reader may know it. Nothing is invented or answered.

A fact may propose an answer: the person confirms it, and says why where they answer calmly against it.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.refusals import Check
from casework.access import rights_on
from casework.consent_rule import Asked, ledger_of
from casework.evidence.publishability import ANY, ATTRIBUTED, band
from casework.models import Case, Charge, Claim, Detention, FamilyTold, Person, TimelineEvent, Wish
from directory import dates, vocabulary
from safety import questions
from safety.assessing.answers import Answers
from safety.conditions import registry
from safety.models import LeakScan, RiskEvent
from safety.questions import Answer

SOON = dt.timedelta(days=14)
SHOWN = 4
PUNISHED = frozenset({"TR_FAMTHREAT", "TR_LAWYER", "TR_REPRISAL", "TR_THREATREPLY"})
URGENT = frozenset({"TR_HUNGER", "TR_HEALTH", "TR_TRANSFER"})
CUT_OFF = frozenset({"DS_INCOMM", "DS_UNACK", "DS_DEATHROW"})
POLITICS = frozenset({"TR_NEGOT", "TR_POLITICAL", "TR_SMEAR"})
NEAR = frozenset({"TR_HEARING", "TR_NEGOT", "TR_SENTENCE"})
PRIVATE = frozenset({"CI_HEALTH", "CI_SOGI", "CI_SEXUAL", "CI_RELIGION", "CI_FAMILY", "CI_LOCATION"})


@dataclass(frozen=True)
class Printed:
    """What one revision prints of one case: each claim, and whether it is attributed; and the items counted under it."""

    claims: tuple[tuple[Claim, bool], ...]
    items: frozenset[str]


@dataclass(frozen=True)
class Revision:
    """Which revision of which material the questions are asked of, for which audience and level of the gate.

    Where what it prints is not handed in, nothing is said of claims and items.
    """

    material_id: uuid.UUID
    number: int
    audience: str = ""
    level: str = ""
    printed: Printed | None = None


@dataclass(frozen=True)
class Known:
    """What is recorded beside one question, and the answer that it proposes; no line is nothing recorded.

    Where nothing was looked for, `is_read` is false, and no page says that nothing is recorded. Where the gate itself
    asks for a reason, as for each finding of a scan, `asks_why` is false: it is not typed twice.
    """

    lines: tuple[str, ...] = ()
    proposes: str = ""
    on: dt.date | None = None
    is_read: bool = True
    asks_why: bool = True


@dataclass(frozen=True)
class Facts:
    """What is recorded beside each of the twelve questions, for one reader."""

    known: Mapping[str, Known] = field(default_factory=dict)

    def of(self, question: questions.Question) -> Known:
        """Return what is recorded beside this question."""
        return self.known.get(question.code, Known(is_read=False))

    def against(self, answers: Answers) -> tuple[questions.Question, ...]:
        """Return the questions answered calmly where the packet proposes the answer that calls for something."""
        return tuple(
            question
            for question in questions.rapid()
            if (proposed := self.of(question).proposes)
            and self.of(question).asks_why
            and question.is_alarmed_by(proposed)
            and (given := answers.rapid.get(question.code))
            and not question.is_alarmed_by(given)
        )


def facts_of(case: Case, reader: User, *, revision: Revision | None = None) -> Facts:
    """Return what this person may know of the case beside each question, read now. A stranger is told nothing."""
    rights = rights_on(reader, case)
    if "view_case" not in rights:
        return Facts()
    events = list(RiskEvent.objects.filter(case=case).order_by("-noted_at"))
    known = {
        "RQ01": _consents(case, revision),
        "RQ02": _wish(case),
        "RQ03": _dates_ahead(case, events, timezone.localdate()),
        "RQ04": _happened(events, PUNISHED),
        "RQ05": _custody(case, events, rights),
        "RQ07": _charges(case),
        "RQ10": replace(_happened(events, POLITICS), proposes=""),
        "RQ11": _told(case, rights, revision),
        "RQ12": Known((_("Lead of the case: %(name)s.") % {"name": case.lead},)),
    }
    if revision is None:
        return Facts(known | {"RQ08": _bands(case), "RQ09": _items(case)})
    if revision.printed:
        known |= {"RQ08": _printed_claims(revision.printed), "RQ09": _printed_items(revision.printed)}
    return Facts(known | {"RQ06": _scan(case, revision)})


def why_not_against_facts(answers: Answers, facts: Facts) -> list[Check]:
    """Return the refusal of answers against the packet that no note explains, as a pair and a sentence."""
    silent = [question.words for question in facts.against(answers) if not answers.notes.get(question.code)]
    listed = "; ".join(f"“{words}”" for words in silent)
    return [
        (
            bool(silent),
            _("The packet says otherwise. Say in a note why you answer so: %(questions)s") % {"questions": listed},
        )
    ]


def _consents(case: Case, revision: Revision | None) -> Known:
    ledger = ledger_of(case)
    if not ledger.about():
        return Known()
    if revision and revision.audience:
        return _consent_of_an_audience(ledger.ask(revision.audience, revision.level), revision.audience)
    living = [row for row in ledger.about() if row.is_live(at=ledger.at)]
    if not living:
        return Known((_("No answer of the prisoner’s side allows anything now."),), Answer.NO)
    lines = []
    for row in living[-SHOWN:]:
        named = {grant.audience for grant in row.grants.all() if grant.ended_at is None}
        words = {
            "giver": vocabulary.label("consent_giver", row.giver),
            "status": row.get_status_display(),
            "audiences": ", ".join(sorted(vocabulary.label("consent_audience", code) for code in named)),
            "day": date_format(timezone.localtime(row.until_at), "j F Y"),
        }
        lines.append(_("%(giver)s: %(status)s, until %(day)s. %(audiences)s.") % words)
    return Known(tuple(lines))


def _consent_of_an_audience(asked: Asked, audience: str) -> Known:
    """Return which items are open to this audience, or what closes the case to it; a wish stands beside its own question."""
    codes = asked.refusals(()) & {"no-consent", "refused-by-the-person", "family-disagrees", "nobody-agreed"}
    if codes:
        return Known(tuple(str(registry.by_code(code).sentence) for code in sorted(codes)), Answer.NO)
    items = ", ".join(vocabulary.label("consent_item", item) for item in sorted(asked.open_items))
    words = {"audience": vocabulary.label("consent_audience", audience), "items": items}
    return Known((_("Open to %(audience)s: %(items)s.") % words,) if items else ())


def _wish(case: Case) -> Known:
    wish = Wish.objects.present().filter(case=case).order_by("-number").first()
    if wish is None:
        return Known()
    line = _("%(wish)s, recorded %(day)s.") % {
        "wish": wish.get_wants_display(),
        "day": date_format(timezone.localtime(wish.created_at), "j F Y"),
    }
    return Known((line,), Answer.YES if wish.wants == Wish.Wants.SILENCE else Answer.NO)


def _dates_ahead(case: Case, events: list[RiskEvent], today: dt.date) -> Known:
    told = _happened([row for row in events if row.answered_at is None], NEAR)
    rows = [
        (row, first)
        for row in TimelineEvent.objects.present().filter(case=case, is_expected=True)
        if (first := dates.earliest(row.on)) and (dates.latest(row.on) or first) >= today
    ]
    rows.sort(key=lambda pair: dates.sort_key(pair[0].on))
    lines = tuple(f"{dates.in_words(row.on)}: {row.event}" for row, _first in rows[:SHOWN])
    soon = [row for row, first in rows if first <= today + SOON]
    on = dates.latest(soon[0].on) if soon and dates.is_exact(soon[0].on) else None
    return Known((*told.lines, *lines), Answer.YES if soon or told.lines else "", on)


def _happened(events: Iterable[RiskEvent], codes: Iterable[str]) -> Known:
    rows = [row for row in events if row.code in codes]
    lines = tuple(
        _("%(event)s, told %(day)s.")
        % {"event": row.get_code_display(), "day": date_format(timezone.localtime(row.noted_at), "j F Y")}
        for row in rows[:SHOWN]
    )
    return Known(lines, Answer.YES if rows else "")


def _custody(case: Case, events: list[RiskEvent], rights: frozenset[str]) -> Known:
    happened = _happened(events, URGENT)
    lines = list(happened.lines)
    is_urgent = any(row.code in URGENT and row.answered_at is None for row in events)
    if case.status in CUT_OFF:
        status = {
            "status": vocabulary.label("detention_status", case.status),
            "day": dates.in_words(case.status_on.isoformat()),
        }
        lines.append(_("Status: %(status)s, as of %(day)s.") % status)
        is_urgent = True
    spells = [row for row in Detention.objects.present().filter(case=case) if not row.ended]
    for row in spells[-1:]:
        if row.contact_allowed:
            allowed = vocabulary.label("contact_allowed", row.contact_allowed)
            lines.append(_("Contact allowed: %(who)s.") % {"who": allowed})
        if row.acknowledged:
            said = vocabulary.label("acknowledgement", row.acknowledged)
            lines.append(_("Whether the authorities say that they hold the person: %(said)s.") % {"said": said})
        is_urgent = is_urgent or row.contact_allowed == "CT_NONE"
    health = [row.health for row in Person.objects.present().filter(case=case)] if "view_identity" in rights else []
    lines += [_("Health: %(health)s") % {"health": words} for words in health if words]
    return Known(tuple(lines), Answer.YES if is_urgent else "")


def _scan(case: Case, revision: Revision) -> Known:
    scan = (
        LeakScan.objects.filter(material_id=revision.material_id, revision=revision.number)
        .order_by("-scanned_at")
        .first()
    )
    if scan is None:
        return Known()
    findings = scan.findings.filter(case_id=case.pk)
    count, is_open = findings.count(), findings.filter(ruled_at=None).exists()
    found = ngettext("%(count)s place of this case.", "%(count)s places of this case.", count) % {"count": count}
    line = _("Leak scan of this revision: %(verdict)s. %(found)s") % {
        "verdict": scan.get_verdict_display(),
        "found": found if count else "",
    }
    return Known((line.strip(),), Answer.YES if is_open else "", asks_why=False)


def _charges(case: Case) -> Known:
    rows = Charge.objects.present().filter(case=case)
    return Known(tuple(_("Charged: %(law)s") % {"law": row.law} for row in rows if row.law)[:SHOWN])


def _bands(case: Case) -> Known:
    claims = Claim.objects.present().filter(case=case).with_evidence()
    bands = Counter(band(claim) for claim in claims)
    lines = tuple(
        _("%(count)s: %(band)s") % {"count": count, "band": vocabulary.label("publishability", code)}
        for code, count in sorted(bands.items())
    )
    return Known(lines, "" if not bands else Answer.YES if set(bands) <= {ANY, ATTRIBUTED} else "")


def _printed_claims(printed: Printed) -> Known:
    """Return the claims that the revision prints by how each may be printed; only where all may is anything proposed."""
    bands = Counter((band(claim), is_attributed) for claim, is_attributed in printed.claims)
    lines = tuple(
        (
            _("%(count)s, printed with the source named: %(band)s")
            if named
            else _("%(count)s, printed as fact: %(band)s")
        )
        % {"count": count, "band": vocabulary.label("publishability", code)}
        for (code, named), count in sorted(bands.items())
    )
    may_all = all(code == ANY or (code == ATTRIBUTED and named) for code, named in bands)
    return Known(lines or (_("This revision prints no claim of the case."),), Answer.YES if bands and may_all else "")


def _printed_items(printed: Printed) -> Known:
    """Return the items that are counted under the revision; what its author did not count, nobody knows here."""
    items = "; ".join(vocabulary.label("consent_item", code) for code in sorted(printed.items))
    return Known((_("Counted under this revision: %(items)s.") % {"items": items},) if items else ())


def _items(case: Case) -> Known:
    claims = Claim.objects.present().filter(case=case).prefetch_related("items")
    named = sorted({item.item for claim in claims for item in claim.items.all()} & PRIVATE)
    if not named:
        return Known()
    items = ", ".join(vocabulary.label("consent_item", code) for code in named)
    return Known((_("Claims of the case disclose: %(items)s.") % {"items": items},))


def _told(case: Case, rights: frozenset[str], revision: Revision | None) -> Known:
    lines = []
    of_this = {"material_id": revision.material_id} if revision else {}
    told = FamilyTold.objects.filter(case=case, **of_this).order_by("-told_at").first()
    if told:
        day = date_format(timezone.localtime(told.told_at), "j F Y, H:i")
        lines.append(
            _("%(day)s, before a material was published: there is nobody to tell.") % {"day": day}
            if told.is_nobody_to_tell
            else _("The family was told on %(day)s, before a material was published.") % {"day": day}
        )
    if "view_identity" in rights:
        people = Person.objects.present().filter(case=case)
        lines += [_("Nationality: %(words)s") % {"words": row.nationality} for row in people if row.nationality]
    return Known(tuple(lines))
