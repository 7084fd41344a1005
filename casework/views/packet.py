"""The packet tab: everything that is known of a case, on one page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from casework.access import rights_on
from casework.packet_progress import facts_of, lines_of
from casework.pages import packet
from casework.pages.asks import shown_asks
from casework.pages.consent import consent_panel
from casework.pages.evidence import claims_panel
from casework.pages.timeline import timeline_events
from casework.views.lookup import case_or_404


@require_GET
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the packet with what is missing beside it; names and contacts stay sealed here."""
    found = case_or_404(request, reference)
    reader = packet.Reader(request.user, rights_on(request.user, found))
    facts = facts_of(found)
    lines = lines_of(facts)
    claims = claims_panel(found, may_change=reader.may_change, claims=facts.claims)
    members = packet.members_of(found)
    consent = consent_panel(found)
    whole, wgad, procedures = packet.meters(lines)
    context: dict[str, Any] = {
        "case": found,
        "tab": "packet",
        "reader": reader,
        "own_rights": reader.rights,
        "held_spells": facts.detentions,
        "next": packet.next_step(facts, lines, reader, waiting=packet.asking(members, reader), consent=consent),
        "detention": packet.detention_rows(facts, lines, reader) if facts.detentions else [],
        "name_row": [packet.name_row(facts, reader)],
        "detention_url": packet.detention_url(facts) if reader.may_change else "",
        "places": packet.place_rows(facts),
        "charges": packet.charge_rows(facts),
        "events": timeline_events(found, may_change=reader.may_change),
        "claims_panel": claims,
        "asks_panel": shown_asks(facts.demands, facts.asks),
        "consent_panel": consent,
        "whole": whole,
        "wgad": wgad,
        "wgad_note": packet.missing_note(wgad),
        "procedures": procedures,
        "missing": packet.missing_rows(found, whole, claims.rows, reader),
        "team": packet.team(found, members),
    }
    return render(request, "casework/packet.html", context)
