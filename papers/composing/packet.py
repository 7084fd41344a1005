"""What a case knows that a document may print, each thing with the consent items it discloses."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

from django.utils import timezone, translation

from casework.custody import custody_of
from casework.disclosing.printed_fields import DISCLOSES, PRINTED_NAMES, right_items
from casework.models import Ask, Case, Charge, Claim, Name, RightImplicated
from casework.models.aims import DEAD, situation_of
from casework.translating.wording import Wording, wording_of
from directory.countries import name_of
from directory.dates import sort_key
from directory.dates.durations import age_on
from directory.law import Law, law_of
from directory.vocabulary import terms
from papers.composing import words
from papers.composing.allowed import items_allowed
from papers.composing.asked import AskWords, asked_in, same_person
from papers.composing.choice import Choice
from papers.composing.judging import NOT_TRANSLATED, Judged, judge
from papers.composing.kept_back import LeftOut
from papers.composing.last_left import LastLeft
from papers.composing.law_words import facts_on, right_with_law
from papers.composing.naming import HIDES, SHUTS, Naming, as_named
from papers.composing.packet_rows import rows_of
from papers.composing.reader import PaperReader
from papers.pdf.fonts import letters_without_font

SCRIPTS = {"ar": "Arab", "fa": "Arab", "ru": "Cyrl", "zh": "Hans"}
MOST_ASKS = 2
DAYS_OF_A_YEAR = 366  # so that nobody is said to be held for longer than it was
LONG = 2 * DAYS_OF_A_YEAR  # nobody counts so many days without being told the years
WHO = (Claim.Use.WHY_TAKEN, Claim.Use.WEIGHT)
LEGAL = (Claim.Use.GROUND, Claim.Use.CHARACTER, Claim.Use.DISPUTE, Claim.Use.LAW)
CHOSEN_USES = frozenset({Claim.Use.FACT, *WHO, *LEGAL})  # what the authorities say is never left out by choice
Row = TypeVar("Row")


@dataclass
class Packet:
    """One case as one audience may read it. What is asked for and not open is noted in `withheld`."""

    case: Case
    audience: str
    level: str
    language: str
    letter: str = ""
    today: dt.date = field(default_factory=timezone.localdate)
    addressee: str = ""
    """Whose asks it carries; empty: those of every addressee."""
    written_to: PaperReader | None = None
    """To whom the paper is written, as the directory has it; nobody where the author chose nobody."""
    naming: str = Naming.NAMED
    """Whether the text names the person: asked in `opened`, `label` and `why_shut`, and nowhere else."""
    last_left: LastLeft | None = None
    """What left last about the case for this audience, and what changed since; nothing where nothing left."""
    choice: Choice | None = None
    """What an author chose to print, in which order; none: what the writer of the kind takes by itself."""
    withheld: list[LeftOut] = field(default_factory=list)
    said: Wording | None = None
    """What the packets of one text say in its language; nothing given, the packet asks for its own."""
    items: set[str] = field(default_factory=set)
    fields: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wording = self.said or wording_of([self.case], self.language)
        self.consented = items_allowed(self.case, self.audience, self.level)
        self.allowed = self.consented - SHUTS[self.naming]
        self.rows = rows_of(self.case)
        self.person = self.rows.person
        places = [place for spell in self.rows.spells for place in spell.places.all()]
        self.custody = custody_of(self.case, spells=self.rows.spells, places=places, today=self.today)
        judged = (judge(claim, self.allowed, self.wording) for claim in self.rows.claims)
        self.judged = [as_named(one, self.consented) for one in judged]
        self.untranslated = dict(self._untranslated())

    def opened(self, kind: str, value: str | None, items: frozenset[str] | None = None, *, what: str = "") -> str:
        """Return the value where consent opens it, and count what it discloses; else note that it was kept back.

        So is a field that holds words which nobody has translated.
        """
        needed = DISCLOSES[kind] if items is None else items
        value = value if value and value.strip() else ""
        if not value and kind not in self.untranslated:
            return ""
        why = self.why_shut(needed, kind)
        if why or not value:
            self.keep_back(what or kind, why or NOT_TRANSLATED, needed - self.consented)
            return ""
        self.items |= needed
        row = {"what": kind, "value": value, "case": str(self.case.pk), "items": sorted(needed)}
        if row not in self.fields:
            self.fields.append(row)
        return value

    def why_shut(self, items: frozenset[str], kind: str = "") -> str:
        """Return why these items, or this kind of field, may not stand in the text; empty where they may."""
        if items - self.consented:
            return "no-consent"
        return "not-named" if items - self.allowed or kind in HIDES.get(self.naming, ()) else ""

    def keep_back(self, what: str, why: str, items: frozenset[str] = frozenset()) -> None:
        """Note once that something is not printed, and why."""
        row = LeftOut(what, why, self.case.reference, sorted(items))
        if row not in self.withheld:
            self.withheld.append(row)

    def label(self) -> str:
        """Return the name, or the safe public label, or words that name nobody."""
        is_hidden = "label" in HIDES.get(self.naming, ())
        named = self.opened("name", self.name()) or ("" if is_hidden else self.wording.of(self.case, "public_label"))
        if not named and not is_hidden and self.wording.lacks(self.case, "public_label"):
            self.keep_back("label", NOT_TRANSLATED)
        return named or words.say("label.none", self.language, country=self.country())

    def name(self) -> str:
        """Return the legal name in the script of the reader; else how it is spelled there, and the name itself after it.

        A form that no font here can print is left out; `unprintable_names` says which.
        """
        chosen = self._forms_of_name([row for row in self._name_rows() if not letters_without_font(row.value or "")])
        first, own = [str(row.value) for row in chosen], chosen[1:]
        return f"{first[0]} ({own[0].value})" if own else "".join(first)

    def unprintable_names(self) -> list[Name]:
        """Return the forms of the name that would stand here, and that no font here can print."""
        return [row for row in self._forms_of_name(self._name_rows()) if letters_without_font(row.value or "")]

    def _name_rows(self) -> list[Name]:
        return [row for row in self.rows.names if row.kind in PRINTED_NAMES]

    def _forms_of_name(self, rows: list[Name]) -> list[Name]:
        """Return the one or two of these forms that are printed, in their order."""
        script = SCRIPTS.get(self.language, "Latn")
        legal = {row.script: row for row in rows if row.kind == Name.Kind.LEGAL}
        spelled = [row for row in rows if row.kind != Name.Kind.LEGAL and row.script == script]
        if script in legal:
            return [legal[script]]
        own = list(legal.values())[:1]
        return [*spelled[:1], *own] if own else []

    def country(self) -> str:
        """Return the country that holds the person, in the language of the document."""
        with translation.override(self.language):
            return name_of(self.case.country)

    def field_lines(self) -> dict[str, str]:
        """Return each field as it would stand in a text, whether consent opens it or not; an empty one is not known."""
        return {
            "name": self.name(),
            "occupation": self.occupation(),
            "age": self._age(),
            "nationality": self._nationality(),
            "held": self._held().partition(":")[0],  # without the days, which are counted anew each day
            "term": self._term(),
            "place": self._place(),
            "taken_at": "\n".join(filter(None, (_bare(self.wording.of(row, "taken_at")) for row in self.rows.spells))),
            "why_now": self.wording.of(self.case, "why_now").strip(),
            "authorities": self.wording.of(self.case, "authorities_say").strip(),
        }

    def _untranslated(self) -> Iterator[tuple[str, str]]:
        """Return the fields whose words nobody has translated, by what they are called, with the words of the packet."""
        place = self.custody.place_row
        typed = (
            ("occupation", self.person, "occupation"),
            ("nationality", self.person, "nationality"),
            ("place", place, "place"),
            *(("taken_at", row, "taken_at") for row in self.rows.spells),
            ("why_now", self.case, "why_now"),
            ("authorities", self.case, "authorities_say"),
        )
        for kind, row, column in typed:
            if row is not None and self.wording.lacks(row, column):
                yield kind, str(getattr(row, column))

    def occupation(self) -> str:
        """Return what the person does, whether consent opens it or not."""
        return self.wording.of(self.person, "occupation") if self.person else ""

    def who(self) -> str:
        """Return age and nationality, each where it is known and open."""
        said = [self.opened("age", self._age()), self.opened("nationality", self._nationality())]
        return " ".join(filter(None, said))

    def _age(self) -> str:
        """Return the age on the day of the paper; of somebody who died nobody counts on."""
        if self.person is None or situation_of(self.case.status) == DEAD:
            return ""
        found = age_on(self.person.born, self.today)
        if found is None:
            return ""
        return words.counted("who.about" if found.is_about else "who.age", self.language, found.number)

    def _nationality(self) -> str:
        said = _bare(self.wording.of(self.person, "nationality")) if self.person else ""
        return words.say("notice.nationality", self.language, nationality=said) if said else ""

    def held(self) -> str:
        """Return since when and for how long the person is or was held, where that is known and open."""
        return " ".join(filter(None, [self.opened("held", self._held()), self.opened("term", self._term())]))

    def _held(self) -> str:
        custody = self.custody
        days = words.held_for(custody.lasted, self.language)
        if custody.is_held is None or not days:
            return ""
        since = words.date(custody.since, self.language)
        if not custody.is_held:
            until = words.date(custody.until, self.language)
            sides = {"from": since, "until": until}
            return words.say("held.was", self.language, spoken_of=self.spoken_of(), **sides)
        today, spoken_of = words.day(self.today, self.language), self.spoken_of()
        if custody.lasted and not custody.lasted.is_in_years and custody.lasted.number >= LONG:
            years, is_about = custody.lasted.number // DAYS_OF_A_YEAR, custody.lasted.is_about
            days = words.counted("held.about_years" if is_about else "held.long", self.language, years, days=days)
        return words.say("held.since", self.language, spoken_of=spoken_of, date=since, days=days, today=today)

    def spoken_of(self) -> str:
        """Return how the person chose to be spoken of, where consent opens that to this audience; else nothing: neutrally."""
        chosen = (self.person.spoken_of if self.person else "") or ""
        return "" if self.why_shut(DISCLOSES["gender"], "gender") else chosen

    def _term(self) -> str:
        ends = words.date(self.custody.term_ends, self.language)
        return words.say("held.term", self.language, date=ends) if ends else ""

    def place(self) -> str:
        """Return where the person is held, as the packet has it."""
        return self.opened("place", self._place())

    def place_alone(self) -> str:
        """Return the place by itself, as the packet has it, whether consent opens it or not."""
        row = self.custody.place_row
        return self.wording.of(row, "place") if row else ""

    def _place(self) -> str:
        place = self.place_alone()
        if not place:
            return ""
        is_another_day = self.custody.place_since != self.custody.since  # else `held` says it, where that is open
        since = words.date(self.custody.place_since, self.language)
        if since and is_another_day:
            return words.say("place.since", self.language, place=place, date=since)
        return words.say("place.known", self.language, place=place)

    def picked(self, rows: Sequence[Row], what: Callable[[Row], str], pk: Callable[[Row], object]) -> list[Row]:
        """Return the rows that the author chose, in the author's order; the others are noted. Unasked, all of them."""
        if self.choice is None:
            return list(rows)
        for row in rows:
            if why := self.choice.why_not(str(pk(row))):
                self.keep_back(what(row), why)
        return self.choice.of(rows, pk)

    def charges(self) -> list[tuple[str, str]]:
        """Return each charge with its number, oldest first or as the author chose, where consent opens it."""
        numbered = [(f"charge:{number}", row) for number, row in enumerate(self.rows.charges, start=1)]
        chosen = self.picked(numbered, lambda pair: pair[0], lambda pair: pair[1].pk)
        for what in [what for what, row in chosen if self.lacks_charge(row)]:
            self.keep_back(what, self.why_shut(DISCLOSES["charge"], "charge") or NOT_TRANSLATED)
        said = ((what, self._charge(row)) for what, row in chosen if not self.lacks_charge(row))
        return [(what, text) for what, line in said if (text := self.opened("charge", line, what=what))]

    def charge_lines(self) -> list[tuple[str, str]]:
        """Return each charge as it would stand, with its number, oldest first; one that is not translated as it is."""
        return [(f"charge:{number}", self._charge(row)) for number, row in enumerate(self.rows.charges, start=1)]

    def _charge(self, row: Charge) -> str:
        said = (lambda column: getattr(row, column)) if self.lacks_charge(row) else partial(self.wording.of, row)
        law, day = _bare(said("law")), words.date(row.charged_on, self.language)
        dated = words.say("charge.dated", self.language, law=law, date=day)
        parts = [dated if day else words.say("charge.line", self.language, law=law)]
        if row.court:
            parts.append(words.say("charge.court", self.language, court=_bare(said("court"))))
        if row.verdict:
            parts.append(words.say("charge.verdict", self.language, verdict=_bare(said("verdict"))))
        if row.sentence:
            parts.append(words.say("charge.sentence", self.language, sentence=_bare(said("sentence"))))
        return " ".join(parts)

    def lacks_charge(self, row: Charge) -> bool:
        """Say whether a part of a charge is not translated: it prints whole, or not at all."""
        return self.wording.lacks(row, "law", "court", "verdict", "sentence")

    def rights(self, most: int) -> list[str]:
        """Return the rights at stake as they stand in a text: those that the author chose, else as many as there is room for."""
        lines: list[str] = []
        for row in self.picked(self.rows.rights, lambda row: f"right:{row.right}", lambda row: row.pk):
            what, said = f"right:{row.right}", self.right_line(row)
            if said and self.choice is None and len(lines) == most and not right_items(row) - self.allowed:
                self.keep_back(what, "no-room")
            elif opened := self.opened("right", said, right_items(row), what=what):
                lines.append(opened)
        return lines

    def right_line(self, row: RightImplicated) -> str:
        """Return a right by its name, the Universal Declaration and treaties that bound the State on the date of the facts."""
        term = terms("right").get(row.right)
        if term is None:
            return ""
        name = words.say(f"right.{row.right}", self.language)
        declaration = term.articles.get("UDHR", "")
        return right_with_law(row.right, name=name, declaration=declaration, law=self.law, language=self.language)

    @cached_property
    def law(self) -> Law:
        """Return how the State stood to the treaties on the date of the facts."""
        return law_of(self.case.country, facts_on(self.custody))

    def asks(self) -> list[AskWords]:
        """Return at most two asks for this audience and addressee; those written for it come before those for anybody.

        One that nobody has translated is none.
        """
        meant = [row for row in self.ask_rows() if not self.addressee or same_person(row.to, self.addressee)]
        told = [row for row in meant if not self.wording.lacks(row, "to", "text")]
        chosen = told if self.choice is None else self.choice.of(told, lambda row: row.pk)
        return [asked_in(row, self.wording) for row in chosen[:MOST_ASKS]]

    def reader(self) -> str:
        """Return whom the text is for, as the ask to that person says; nobody whose words are not translated."""
        asking = (row for row in self.ask_rows() if same_person(row.to, self.addressee))
        row = next(asking, None)
        if row is None:
            return self.addressee if self.case.pk in self.wording.own else ""
        return self.wording.of(row, "to")

    def leading_demands(self) -> list[str]:
        """Return the words of the demands that lead; one that nobody has translated is noted."""
        leading = [(number, row) for number, row in enumerate(self.rows.demands, start=1) if row.is_lead and row.text]
        for number, row in leading:
            if self.wording.lacks(row, "text"):
                self.keep_back(f"demand:{number}", NOT_TRANSLATED)
        return [text for _number, row in leading if (text := self.wording.of(row, "text"))]

    def ask_rows(self) -> list[Ask]:
        """Return every ask for this audience, the most fitting first."""
        rows = [row for row in self.rows.asks if row.audience in {"", self.audience}]
        return sorted(
            rows, key=lambda row: (row.audience == "", not row.demand.is_lead, row.demand.rank, row.created_at)
        )

    def has_a_position(self) -> bool:
        """Say whether the packet holds anything that the authorities say, printed or not."""
        is_noted = bool((self.case.authorities_say or "").strip())
        return is_noted or any(row.claim.use == Claim.Use.AUTHORITIES for row in self.judged)

    def claims(self, use: str, *, keep: Callable[[Judged], bool] = lambda _judged: True) -> list[Judged]:
        """Return the claims of this use that may be printed, by the date they speak of or as the author chose.

        The others are noted as kept back.
        """
        rows = [judged for judged in self.judged if judged.claim.use == use and keep(judged)]
        for judged in rows:
            if not judged.is_printed:
                self.keep_back(
                    f"claim:{judged.claim.number}",
                    judged.why,
                    judged.items if judged.why == "no-consent" else frozenset(),
                )
        printed = [judged for judged in rows if judged.is_printed]
        ordered = sorted(printed, key=lambda judged: (sort_key(judged.claim.on), judged.claim.number))
        if use not in CHOSEN_USES:
            return ordered
        return self.picked(ordered, lambda judged: f"claim:{judged.claim.number}", lambda judged: judged.claim.pk)


def _bare(text: str | None) -> str:
    return (text or "").strip().rstrip(".")
