"""The packet page put together: what is known, what is missing, who works on it, and the one next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from casework.models import Case, Detention
from casework.packet_progress import facts_of, question_lines
from casework.pages.access import TeamMember, members_of, team
from casework.pages.asks import DemandRow, shown_asks
from casework.pages.consent import ConsentPanel, consent_panel
from casework.pages.evidence import ClaimsPanel, claims_panel
from casework.pages.languages import LanguageLink, language_links
from packet.pages.detention import (
    ChargeRow,
    DetentionPanel,
    PlaceRow,
    charge_rows,
    detention_panel,
    place_rows,
)
from packet.pages.missing import MissingPanel, missing_panel
from packet.pages.reader import PacketReader
from packet.pages.timeline import EventRow, timeline_events


@dataclass(frozen=True)
class PacketPage:
    """The packet with what is missing beside it (packet/story.html); names and contacts stay sealed here.

    `own_rights` and `held_spells` save the bar of the case the queries that the page has asked already.
    """

    case: Case
    reader: PacketReader
    own_rights: frozenset[str]
    held_spells: Sequence[Detention]
    detention: DetentionPanel
    places: Sequence[PlaceRow]
    charges: Sequence[ChargeRow]
    events: Sequence[EventRow]
    claims_panel: ClaimsPanel
    demands: Sequence[DemandRow]
    missing: MissingPanel
    consent_panel: ConsentPanel
    team: Sequence[TeamMember]
    languages: Sequence[LanguageLink]
    tab: str = "packet"


def packet_page(case: Case, user: User, rights: frozenset[str]) -> PacketPage:
    """Return everything that is known of a case, each kind of row read once."""
    reader = PacketReader(user, rights)
    facts = facts_of(case)
    lines = question_lines(facts)
    claims = claims_panel(case, may_change=reader.may_change, claims=facts.claims)
    members = members_of(case)
    consent = consent_panel(case)
    missing = missing_panel(case, lines, claims.rows, reader)
    return PacketPage(
        case=case,
        reader=reader,
        own_rights=rights,
        held_spells=facts.detentions,
        detention=detention_panel(facts, lines, reader),
        places=place_rows(facts),
        charges=charge_rows(facts),
        events=timeline_events(case, may_change=reader.may_change),
        claims_panel=claims,
        demands=shown_asks(facts.demands, facts.asks),
        missing=missing,
        consent_panel=consent,
        team=team(case, members),
        languages=language_links(case),
    )
