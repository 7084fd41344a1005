"""The packet as a story: who, detention, what happened, claims, law and what is asked, sources; each line filled in place."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.caching.open_forms import OpenElsewhere
from accounts.models import User
from accounts.pages.addresses import address_of
from casework.consent_rule import Ledger, ledger_of
from casework.disclosing.readers import Readers
from casework.evidence.source_numbers import numbered_sources
from casework.models import Case, Claim, Detention, Source, TimelineEvent
from casework.packet_progress import PacketRows, QuestionLine, facts_of, question_lines
from casework.pages.access import TeamMember, members_of, team
from casework.pages.asks import DemandRow, shown_asks
from casework.pages.consent import ConsentPanel, consent_panel
from casework.pages.languages import LanguageLink, language_links
from claims.pages.fate import Fates, PrintFate
from directory.vocabulary import label
from packet.forms.answers import AnswerRowForm
from packet.forms.events import EventRowForm
from packet.pages.detention import OTHERS, DetentionPart, detention_part
from packet.pages.events import EventsAsked, EventsPart, event_form, events_part
from packet.pages.missing import MissingPanel, blank_in_order, missing_panel
from packet.pages.reader import PacketReader
from packet.pages.rows import OpenAnswers, StoryRow, StoryRows
from sealing.queries import row_of, written_once

FOLDED = 1  # answers that stand folded on the page, 2 kB each: the next opens with each, the others are a link away
MOST_CLAIMS = MOST_SOURCES = 25
PRISONER = ("id_family_name", "id_given_names", "id_other_names", "id_sex_gender", "id_dob", "id_nationalities")
LAW = ("rights_list", "det_reasons", "urg_demand", "urg_ask")
IN_LINES = frozenset(
    {
        *(
            "id_public_label",
            "id_affiliation",
            "arr_date",
            "arr_place",
            "arr_forces",
            "det_forces",
            "trial_counsel",
            "arr_warrant",
        ),
        *("arr_law", "circ_narrative", "evi_list", "ctx_state_view", *PRISONER, *LAW, *OTHERS),
    }
)
AnyRow = AnswerRowForm | EventRowForm


@dataclass(frozen=True)
class StoryClaim:
    """One claim with what becomes of it."""

    number: int
    text: str | None
    status: str
    url: str
    fate: PrintFate


@dataclass(frozen=True)
class StorySource:
    """One source: its number, what it is, how reliable."""

    number: str
    title: str | None
    grade: str
    url: str


@dataclass(frozen=True)
class StoryAsked:
    """What the address asks to open, and what was sent and could not be saved."""

    answer: str = ""
    event: str = ""
    begins: str = ""
    claim: str = ""
    faulty: Mapping[str, AnyRow] = field(default_factory=dict)
    told: Sequence[str] = ()
    is_whole: bool = False
    """Whether every row is asked for, as a paper shows them, and not a page of each kind."""


@dataclass(frozen=True)
class StoryPage:
    """The packet with what is missing beside it (packet/story.html); names and contacts stay sealed here.

    `own_rights` and `held_spells` save the bar of the case the queries that the page has asked already.
    """

    case: Case
    reader: PacketReader
    own_rights: frozenset[str]
    held_spells: Sequence[Detention]
    who: Sequence[StoryRow]
    detention: DetentionPart
    events: EventsPart
    circumstances: Sequence[StoryRow]
    claims: Sequence[StoryClaim]
    claims_note: str
    no_claims: Sequence[StoryRow]
    law: Sequence[StoryRow]
    demands: Sequence[DemandRow]
    sources: Sequence[StorySource]
    more_sources: int
    missing: MissingPanel
    consent_panel: ConsentPanel
    team: Sequence[TeamMember]
    languages: Sequence[LanguageLink]
    faulty: Sequence[AnyRow]
    fault_count: int
    told: Sequence[str | Promise]
    tab: str = "packet"
    others: Sequence[OpenElsewhere] = ()


@dataclass(frozen=True)
class StoryBuilder:
    """Reads a packet once, each kind of row in one query, and puts its page together."""

    case: Case
    user: User
    rights: frozenset[str]
    facts: PacketRows
    lines: dict[str, QuestionLine]
    claims: Mapping[int, Claim]
    sources: Mapping[int, Source]

    @property
    def reader(self) -> PacketReader:
        """Return who reads the page."""
        return PacketReader(self.user, self.rights)

    @cached_property
    def ledger(self) -> Ledger:
        """Return the answers of the ledger: the panel of consent and what prints of each claim ask the same."""
        return ledger_of(self.case)

    @cached_property
    def readers(self) -> Readers:
        """Return who may read what outside, by the ledger of the page; it is read where somebody asks."""
        return Readers(self.case, lambda: self.ledger)

    def rows(self, asked: StoryAsked) -> StoryRows:
        """Return what makes the lines, with these answers open."""
        first = [line.question.code for line in blank_in_order(self.lines)[:FOLDED]]
        faulty = {form.code: form for form in asked.faulty.values() if isinstance(form, AnswerRowForm)}
        opened = OpenAnswers(faulty, asked.answer, first)
        return StoryRows(self.facts, self.lines, self.sources, self.reader, opened, self.readers)

    def page(self, asked: StoryAsked) -> StoryPage:
        """Return the page of the packet."""
        rows, facts, reader = self.rows(asked), self.facts, self.reader
        events = events_part(self.case, self.claims, reader, self._events_asked(asked))
        claims = self._claims(len(self.claims) if asked.is_whole else MOST_CLAIMS)
        faulty, most_sources = list(asked.faulty.values()), len(self.sources) if asked.is_whole else MOST_SOURCES
        return StoryPage(
            case=self.case,
            reader=reader,
            own_rights=self.rights,
            held_spells=facts.detentions,
            who=self._who(rows),
            detention=detention_part(rows, events.to_come),
            events=events,
            circumstances=[rows.of("circ_narrative", _("Circumstances of the arrest"), facts.held("circumstances"))],
            claims=claims,
            claims_note=self._claims_note(claims),
            no_claims=rows.others(["evi_list"]),
            law=self._law(rows),
            demands=shown_asks(facts.demands, facts.asks),
            sources=self._sources(most_sources),
            more_sources=max(0, len(self.sources) - most_sources),
            missing=missing_panel(self.case, self.lines, self.claims.values(), reader),
            consent_panel=consent_panel(self.ledger),
            team=team(self.case, members_of(self.case)),
            languages=language_links(self.case),
            faulty=faulty,
            fault_count=sum(len(faults) for form in faulty for faults in form.errors.values()),
            told=asked.told,
        )

    def _events_asked(self, asked: StoryAsked) -> EventsAsked:
        sent = {str(form.instance.pk): form for form in asked.faulty.values() if isinstance(form, EventRowForm)}
        begun = next((claim for claim in self.claims.values() if str(claim.pk) == asked.claim), None)
        add = asked.faulty.get("e0") or event_form(self.reader, self.case, self.claims, told_by=begun)
        return EventsAsked(
            asked.begins, asked.event, add if isinstance(add, EventRowForm) else None, sent, asked.is_whole
        )

    def _who(self, rows: StoryRows) -> list[StoryRow]:
        case = self.case
        profession = [row for row in rows.others(["id_profession"]) if not case.activity]
        cover = address_of("casework:change_case", case.reference) if rows.reader.may_change else ""
        shown = [
            self._name(),
            rows.of("id_public_label", _("Outside the person is called"), case.public_label),
            rows.of("id_affiliation", _("What the person did"), case.activity),
        ]
        if case.summary:
            shown.append(StoryRow(_("For the team"), case.summary, url=cover, link=_("Change"), is_typed=True))
        left = [line.question.code for line in blank_in_order(self.lines) if line.question.code not in IN_LINES]
        asked = [code for code in (rows.opened.asked, *rows.opened.faulty) if code in self.lines and code not in left]
        left += [
            code for code in dict.fromkeys(asked) if code not in IN_LINES
        ]  # those that stay closed until asked for
        others = rows.others([*PRISONER, *(code for code in left if code != "id_profession")])
        return [*shown, *profession, *others]

    def _name(self) -> StoryRow:
        """Return the sealed name: in how many scripts it is stored, and the way to it for who may open it."""
        scripts = len({row.script for row in self.facts.names})
        reference, reader = self.case.reference, self.reader
        if not scripts:
            may = reader.may_change and reader.may_identify
            write = address_of("casework:change_identity", reference) if may else ""
            return StoryRow(_("Name"), state="unasked", url=write, link=_("Write the name"))
        words = ngettext("Sealed, %(count)s script.", "Sealed, %(count)s scripts.", scripts) % {"count": scripts}
        if not reader.may_identify:
            return StoryRow(_("Name"), words)
        show = address_of("casework:identity", reference)
        return StoryRow(_("Name"), words, note=_("The view is recorded."), url=show, link=_("Show identity"))

    def _law(self, rows: StoryRows) -> list[StoryRow]:
        reference, may = self.case.reference, rows.reader.may_change
        shown = []
        if self.facts.rights:
            named = [label("right", row.right) for row in self.facts.rights]
            url = address_of("casework:rights", reference)
            words = _("Change") if may else _("With their articles")
            shown.append(StoryRow(_("Rights"), pgettext("between rights", " · ").join(named), url=url, link=words))
        says = rows.of("ctx_state_view", _("The authorities say"), self.case.authorities_say)
        return [*shown, says, *rows.others(LAW)]

    def _claims(self, most: int) -> list[StoryClaim]:
        fates = Fates(self.case, dict(self.sources), may_change=False, readers=self.readers)
        return [
            StoryClaim(
                claim.number,
                claim.text,
                claim.status,
                address_of("casework:claim", self.case.reference, claim.pk),
                fates.of(claim),
            )
            for claim in list(self.claims.values())[:most]
        ]

    def _claims_note(self, shown: Sequence[StoryClaim]) -> str:
        if len(self.claims) > len(shown):
            return _("%(shown)s of %(all)s are shown") % {"shown": len(shown), "all": len(self.claims)}
        words = {"count": len(shown), "prints": sum(claim.fate.prints for claim in shown)}
        return _("%(count)s, of which %(prints)s print") % words if shown else ""

    def _sources(self, most: int) -> list[StorySource]:
        return [
            StorySource(
                f"S{number}",
                row.title or label("source_type", row.kind),
                row.reliability,
                address_of("casework:source", self.case.reference, row.pk),
            )
            for number, row in list(self.sources.items())[:most]
        ]


def story_of(case: Case, user: User, rights: frozenset[str]) -> StoryBuilder:
    """Read a packet for this person: its rows, the state of its questions, and its sources by their numbers."""
    facts = facts_of(case)
    numbers = numbered_sources(case)
    sources = {numbers[row.pk]: row for row in _present_sources(case=case)}
    claims = {claim.number: claim for claim in facts.claims}
    return StoryBuilder(case, user, rights, facts, question_lines(facts), claims, sources)


@written_once(case=row_of(Case))
def _present_sources(*, case: Case) -> QuerySet[Source]:
    return Source.objects.filter(case=case).present().order_by("created_at", "pk")


def events_of_keys(case: Case, keys: Sequence[uuid.UUID]) -> list[TimelineEvent]:
    """Return the present events of these keys."""
    return list(TimelineEvent.objects.filter(case=case, pk__in=keys).present())
