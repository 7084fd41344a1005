"""Asks and demands that make no sense any more after what happened to the person: a text that carries one is not composed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from casework.models import Case, Demand
from casework.models.aims import Aim, situation_of
from directory.vocabulary import label
from papers.composing.packet import Packet
from papers.kinds.kind import Kind


def why_not_composed(packets: Iterable[Packet]) -> list[str]:
    """Return a sentence for each ask that a text from these packets would carry, and each demand that leads, in vain."""
    found = [
        sentence(demand, packet.case, text)
        for packet in packets
        for demand, text in _carried(packet)
        if not demand.makes_sense_at(packet.case.status)
    ]
    return list(dict.fromkeys(found))


def why_not_this_kind(packets: Iterable[Packet], kind: Kind) -> list[str]:
    """Return a sentence for each case of which the very name of this kind would be untrue."""
    if not kind.is_only_for:
        return []
    return [
        _("“%(kind)s” is not written of %(codename)s, who is recorded as “%(status)s”. Choose another kind.")
        % {
            "kind": kind.name,
            "codename": packet.case,
            "status": label("detention_status", packet.case.status),
        }
        for packet in packets
        if situation_of(packet.case.status) not in kind.made_for
    ]


def sentence(demand: Demand, case: Case, text: str) -> str:
    """Return which ask is overtaken and why, and what to do about it."""
    words = {"ask": text, "codename": case, "status": label("detention_status", case.status)}
    if demand.aim == Aim.OWN:
        return (
            _(
                "“%(ask)s”: nobody has said that this makes sense while %(codename)s is recorded as “%(status)s”. Say so under"
                " “What this concerns”, or remove it there."
            )
            % words
        )
    return (
        _(
            "“%(ask)s” makes no sense while %(codename)s is recorded as “%(status)s”. Remove it under “What this concerns”,"
            " or write there what is asked now."
        )
        % words
    )


def _carried(packet: Packet) -> list[tuple[Demand, str]]:
    asked = [(ask.demand, ask.row.text or "") for ask in packet.asks()]
    return [*asked, *((demand, demand.text or "") for demand in packet.rows.demands if demand.is_lead)]
