"""What a case knows that a document may print, each thing with the consent items it discloses."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone, translation

from casework.custody import custody_of
from casework.dates import sort_key
from casework.models import Ask, Case, Charge, Claim, Demand, Name, Person, RightImplicated
from directory.countries import name_of
from materials.composing import words
from materials.composing.allowed import items_allowed
from materials.composing.judging import Judged, judge

SCRIPTS = {"ar": "Arab", "fa": "Arab", "ru": "Cyrl", "zh": "Hans"}
DISCLOSES: dict[str, frozenset[str]] = {
    "name": frozenset({"CI_NAME"}),
    "occupation": frozenset({"CI_BIO"}),
    "nationality": frozenset({"CI_STATUS"}),
    "held": frozenset({"CI_BIO"}),
    "term": frozenset({"CI_DOCS"}),
    "place": frozenset({"CI_LOCATION"}),
    "charge": frozenset({"CI_DOCS"}),
    "why_now": frozenset({"CI_BIO"}),
    "authorities": frozenset({"CI_BIO"}),
}
OF_A_RIGHT = {
    "R_RELIGION": "CI_RELIGION",
    "R_TORTURE": "CI_TORTURE",
    "R_HEALTH": "CI_HEALTH",
    "R_FAMILY": "CI_FAMILY",
    "R_ASYLUM": "CI_STATUS",
    "R_NATIONALITY": "CI_STATUS",
}


@dataclass
class Packet:
    """One case as one audience may read it. What is asked for and not open is noted in `withheld`."""

    case: Case
    audience: str
    level: str
    language: str
    letter: str = ""
    today: dt.date = field(default_factory=timezone.localdate)
    withheld: list[dict[str, Any]] = field(default_factory=list)
    items: set[str] = field(default_factory=set)
    fields: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.allowed = items_allowed(self.case, self.audience, self.level)
        self.person = Person.objects.present().filter(case=self.case).first()
        self.custody = custody_of(self.case, today=self.today)
        rows = Claim.objects.present().filter(case=self.case).with_evidence()
        self.judged = [judge(claim, self.allowed) for claim in rows]
        self.demands = list(Demand.objects.present().filter(case=self.case))

    def opened(self, what: str, value: str | None, items: frozenset[str] | None = None) -> str:
        """Return the value where consent opens it, and count what it discloses; else note that it was kept back."""
        needed = DISCLOSES[what] if items is None else items
        if not value:
            return ""
        if needed - self.allowed:
            self.keep_back(what, "no-consent", needed - self.allowed)
            return ""
        self.items |= needed
        row = {"what": what, "value": value, "case": str(self.case.pk), "items": sorted(needed)}
        if what != "right" and row not in self.fields:
            self.fields.append(row)
        return value

    def keep_back(self, what: str, why: str, items: frozenset[str] = frozenset()) -> None:
        """Note once that something is not printed, and why."""
        row = {"what": what, "why": why, "case": self.case.reference, "items": sorted(items)}
        if row not in self.withheld:
            self.withheld.append(row)

    def label(self) -> str:
        """Return the name, or the safe public label, or words that name nobody."""
        return (
            self.opened("name", self._name())
            or self.case.public_label
            or words.say("label.none", self.language, country=self.country())
        )

    def _name(self) -> str:
        """Return the legal name in the script of the reader; else how it is spelled there, and the name itself after it."""
        script = SCRIPTS.get(self.language, "Latn")
        kinds = (Name.Kind.LEGAL, Name.Kind.TRANSLITERATION)
        rows = list(Name.objects.present().filter(case=self.case, kind__in=kinds).order_by("created_at"))
        legal = {row.script: row.value for row in rows if row.kind == Name.Kind.LEGAL}
        spelled = [row.value for row in rows if row.kind != Name.Kind.LEGAL and row.script == script]
        own = next(iter(legal.values()), "")
        if script in legal or not (own and spelled):
            return str(legal.get(script, own))
        return f"{spelled[0]} ({own})"

    def country(self) -> str:
        """Return the country that holds the person, in the language of the document."""
        with translation.override(self.language):
            return name_of(self.case.country)

    def held(self) -> str:
        """Return since when and for how long the person is or was held, where that is known and open."""
        custody = self.custody
        days = words.held_for(custody.lasted, self.language)
        if custody.is_held is None or not days:
            return ""
        since, last = (words.date(text, self.language) for text in (custody.since, custody.until))
        if not custody.is_held:
            return self.opened("held", words.say("held.was", self.language, first=since, last=last, days=days))
        said = words.say("held.since", self.language, date=since, days=days)
        term = words.date(custody.term_ends, self.language)
        ends = self.opened("term", words.say("held.term", self.language, date=term)) if term else ""
        return " ".join(filter(None, [self.opened("held", said), ends]))

    def place(self) -> str:
        """Return where the person is held now."""
        now = self.custody.place
        return self.opened("place", words.say("place.now", self.language, place=now) if now else "")

    def charges(self) -> list[str]:
        """Return the charges with their sentence, oldest first."""
        rows = sorted(Charge.objects.present().filter(case=self.case), key=lambda row: sort_key(row.charged_on))
        return [text for row in rows[-2:] if (text := self.opened("charge", self._charge(row)))]

    def _charge(self, row: Charge) -> str:
        parts = [words.say("charge.line", self.language, law=_bare(row.law))]
        if row.sentence:
            parts.append(words.say("charge.sentence", self.language, sentence=_bare(row.sentence)))
        return " ".join(parts)

    def rights(self, most: int) -> list[RightImplicated]:
        """Return the rights at stake that may be named, as many as there is room for."""
        rows = RightImplicated.objects.present().filter(case=self.case).order_by("created_at")
        return [
            row for row in rows if self.opened("right", row.right, frozenset({OF_A_RIGHT.get(row.right, "CI_BIO")}))
        ][:most]

    def asks(self) -> list[Ask]:
        """Return at most two asks for this audience; those written for it come before those for anybody."""
        rows = Ask.objects.present().filter(case=self.case, audience__in=["", self.audience]).select_related("demand")
        ordered = sorted(
            rows, key=lambda row: (row.audience == "", not row.demand.is_lead, row.demand.rank, row.created_at)
        )
        for _row in ordered[2:]:
            self.keep_back("ask", "two-at-most")
        return ordered[:2]

    def claims(self, use: str, *, keep: Callable[[Judged], bool] = lambda _judged: True) -> list[Judged]:
        """Return the claims of this use that may be printed, by the date they speak of; the others are noted as kept back."""
        rows = [judged for judged in self.judged if judged.claim.use == use and keep(judged)]
        for judged in rows:
            if not judged.is_printed:
                self.keep_back(
                    f"claim:{judged.claim.number}",
                    judged.why,
                    judged.items if judged.why == "no-consent" else frozenset(),
                )
        printed = [judged for judged in rows if judged.is_printed]
        return sorted(printed, key=lambda judged: (sort_key(judged.claim.on), judged.claim.number))


def _bare(text: str | None) -> str:
    return (text or "").strip().rstrip(".")
