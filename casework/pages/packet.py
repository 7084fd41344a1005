"""The packet page put together: what is known, what is missing, who works on it, and the one next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from casework.models import Case, Detention
from casework.models.aims import HELD, situation_of
from casework.packet_progress import PacketRows, facts_of, question_lines
from casework.pages.access import TeamMember, asking, members_of, team
from casework.pages.asks import DemandRow, shown_asks
from casework.pages.consent import ConsentPanel, consent_panel
from casework.pages.detention import (
    ChargeRow,
    DetentionPanel,
    PlaceRow,
    answer_url,
    charge_rows,
    detention_panel,
    place_rows,
)
from casework.pages.evidence import ClaimsPanel, claims_panel
from casework.pages.fitting_papers import papers_that_fit
from casework.pages.languages import LanguageLink, language_links
from casework.pages.packet_missing import MissingPanel, missing_panel
from casework.pages.packet_reader import PacketReader
from casework.pages.rows import NextStep
from casework.pages.timeline import EventRow, timeline_events
from directory.vocabulary import label

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
class PacketPage:
    """The packet with what is missing beside it (casework/packet.html); names and contacts stay sealed here.

    `own_rights` and `held_spells` save the bar of the case the queries that the page has asked already.
    """

    case: Case
    reader: PacketReader
    own_rights: frozenset[str]
    held_spells: Sequence[Detention]
    next: NextStep
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
        next=_next_step(facts, reader, waiting=asking(members, user, rights), consent=consent, missing=missing),
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


def _next_step(
    facts: PacketRows, reader: PacketReader, *, waiting: int, consent: ConsentPanel, missing: MissingPanel
) -> NextStep:
    """Return the one next step on the packet for this reader: a sentence, a button, an address; empty when nothing waits."""
    if not waiting and (after := _after_a_fate(facts, reader)):
        return after
    page = "access" if waiting else _first_gap(facts, reader, consent)
    if page:
        text, words = STEPS[page]
        return NextStep(str(text), reverse(f"casework:{page}", args=[facts.case.reference]), str(words))
    blank = sorted(missing.wgad.missing, key=lambda line: line.question.sensitivity)
    if not blank or not reader.may_change:
        return NextStep()
    asked = ngettext(
        "%(question)s: the one answer missing for the WGAD form.",
        "%(question)s: one of %(count)s answers missing for the WGAD form.",
        len(blank),
    ) % {"question": blank[0].question.label, "count": len(blank)}
    return NextStep(asked, answer_url(facts.case, blank[0]), _("Record the answer"))


def _after_a_fate(facts: PacketRows, reader: PacketReader) -> NextStep | None:
    """Return what comes first where the person is not held any more: demands in vain, then the paper that fits."""
    case = facts.case
    if situation_of(case.status) == HELD:
        return None
    in_vain = sum(not demand.makes_sense_at(case.status) for demand in facts.demands)
    words = {"status": label("detention_status", case.status), "n": in_vain}
    if in_vain and reader.may_change:
        text = ngettext(
            "the person is recorded as “%(status)s”, and of %(n)s demand nothing says that it makes sense now.",
            "the person is recorded as “%(status)s”, and of %(n)s demands nothing says that they make sense now.",
            in_vain,
        )
        return NextStep(text % words, reverse("casework:concerned", args=[case.reference]), _("See what this concerns"))
    if paper := papers_that_fit(case, reader.user).next:
        text = _("the person is recorded as “%(status)s”. This is the paper that fits: %(kind)s.")
        return NextStep(text % {**words, "kind": paper.label}, paper.url, _("Write it"))
    return None


def _first_gap(facts: PacketRows, reader: PacketReader, consent: ConsentPanel) -> str:
    """Return the page of the first whole part that is empty and that this reader may fill; nothing when none is."""
    gaps = (
        ("add_detention", reader.may_change and not facts.detentions),
        ("change_identity", reader.may_change and reader.may_identify and not facts.names),
        ("add_claim", reader.may_change and not facts.claims),
        ("add_consent", "keep_consent" in reader.rights and consent.is_empty),
    )
    return next((page for page, is_open in gaps if is_open), "")
