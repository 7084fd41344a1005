"""What is known of a kind of material; its sections and fixed words are reference data, found by its code."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.consent_codes import STOP, least_level
from casework.models.aims import HELD, OUT_FOR_A_TIME, RESTRICTED, Situation
from papers.composing import sections
from papers.composing.offered import PacketPart
from papers.composing.packet import Packet


@dataclass(frozen=True)
class Written:
    """What a writer returns: the title, and the text of each section by its place in the order ("1", "2")."""

    title: str
    texts: dict[str, str]


FOR_WHO_IS_HELD: str | Promise = _("what it asks is meant for somebody who is held")
Writer = Callable[[list[Packet], dt.date | None], Written]


@dataclass(frozen=True)
class Kind:
    """A kind of material. Sections are named by their place; an empty place means that there is no such section.

    Without a writer it is never composed from a packet: people type it.
    """

    code: str
    label: str | Promise
    """What people call it."""
    audiences: tuple[str, ...]
    """For whom it may be written; the first is taken where nobody is named."""
    emergency_audiences: frozenset[str] = frozenset()
    """To whom it may go at the emergency level; to everybody else the audience decides."""
    made_for: frozenset[Situation] = frozenset({HELD, OUT_FOR_A_TIME, RESTRICTED})
    """Where the person is when this is the paper to write; elsewhere it is not the first choice."""
    why_not_first: str | Promise = FOR_WHO_IS_HELD
    """Why it is not the first choice elsewhere."""
    is_only_for: bool = False
    """It is written for nobody else: its very name would be untrue."""
    write: Writer | None = None
    command: str = ""
    """What `make_material --kind` calls it."""
    used_for: dt.timedelta = dt.timedelta(days=14)
    """How long a copy may be used where the text has no stop date of its own."""
    missing_stop_date: str | Promise = ""
    """What is said when the day after which nobody acts is missing; empty where the kind needs none."""
    gaps: tuple[tuple[str, str | Promise], ...] = ()
    """What to do about a section that is empty, by its place, where more can be said than that it is empty."""
    sourced: tuple[str, ...] = ()
    """Each of its lines bears the number of a claim, or the sign that it comes from our own packet."""
    chosen: tuple[PacketPart, ...] = ()
    """What an author chooses and orders, part by part as the text prints them; empty: nothing is chosen."""
    has_sources: bool = False
    """A graded list of sources follows, written anew from the marks at each saving."""
    is_briefing: bool = False
    """Drawn in confidence: handling, subject and ask stand at the head, not among the sections."""
    is_long: bool = False
    """Drawn as a long paper: paragraphs numbered through, numbers of sources that lead to their list and back."""
    is_letter: bool = False
    """Drawn as a letter: no section bears a heading."""
    is_addressed: bool = False
    """It bears the address of its reader, and how the reader is addressed, as the directory has them."""
    follows: Literal["", "any", "own"] = ""
    """Its writer is told what left last for this audience: the last paper of any kind, or of its own; empty: nothing."""
    is_stop_notice: bool = False
    """It asks to stop using a paper; no other paper takes it up."""
    has_one_reader: bool = False
    """Made for one addressee: it carries that addressee's asks and no other's."""
    handling: str = ""
    subject: str = ""
    title: str = ""
    """Repeats the title, which stands above the text already."""
    opens: str = ""
    """Stands above the title, as place, day and address stand above the subject of a letter."""
    authorities: str = ""
    """What the authorities say, of every case the text is about."""
    asks: str = ""
    """Its bullets are asks: of one reader, `most_asks` at most."""
    most_asks: int = 2
    """How many asks it carries at most."""
    dated_facts: str = ""
    """Each bullet is one fact: a date first, and the number of its claim last."""
    chronology: str = ""
    """A table of what happened, by date: its rows are numbered as paragraphs, and drawn on an axis of time."""
    barred: str = ""
    """What not to say or publish: a bar stands at its start."""
    contact: str = ""
    """Whom of the office its reader may answer; a paper that names nobody there does not go to review."""
    spoken: str = ""
    """Its lines are words to say aloud."""

    @property
    def name(self) -> str:
        """Return what the office calls it, in the language of the one who reads the page."""
        return str(self.label)

    @property
    def unheaded(self) -> tuple[str, ...]:
        """Return the sections that stand without a heading, on every page and sheet alike: at the head, or in a letter."""
        if self.is_letter:
            return tuple(section.code.rpartition(".")[2] for section in self.sections)
        places = (self.handling, self.subject, self.asks) if self.is_briefing else ()
        return tuple(place for place in places if place)

    @property
    def is_composed(self) -> bool:
        """Say whether it is composed from the packet; otherwise people type it."""
        return self.write is not None

    @property
    def sections(self) -> list[sections.Section]:
        """Return its sections in their order, without the list of sources."""
        return sections.of(self.code)

    @property
    def section_codes(self) -> list[str]:
        """Return the codes of what a composed text holds, in order: the sections, then the sources where it has them."""
        found = [section.code for section in self.sections]
        return [*found, self.section_code(sections.SOURCES)] if self.has_sources else found

    def gap(self, code: str) -> str:
        """Return what to do about this section while it is empty; empty where nothing more can be said."""
        return next((str(what) for place, what in self.gaps if code == self.section_code(place)), "")

    def section_code(self, place: str) -> str:
        """Return the code of the section in this place; no place is no code."""
        return f"{self.code}.{place}" if place else ""

    def least_level(self, audience: str) -> str:
        """Return the least gate level at which it may leave for this audience; a stop notice has a level of its own."""
        if self.is_stop_notice:
            return STOP
        return "emergency" if audience in self.emergency_audiences else least_level(audience)
