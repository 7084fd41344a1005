"""A paper about several people: all of them in its head line, a table of the cases, and one ask where all are asked alike."""

from collections.abc import Callable

from papers.composing import words
from papers.composing.marks import row
from papers.composing.packet import Packet
from papers.composing.parts import list_of_asks, of_each, signed, subject

LONGEST_HEAD = 200


def head_of(packets: list[Packet], head: Callable[[Packet], str]) -> str:
    """Return the head line of a paper: of one case as `head` has it; of several their names or labels, and the country.

    Where that is too long for a title, the first is named and how many others there are.
    """
    first, *others = packets
    if not others:
        return head(first)
    language = first.language
    names = words.say("law.join", language).join(packet.label() for packet in packets)
    joined = words.say("subject.parts", language, name=names, what=first.country())
    if len(joined) <= LONGEST_HEAD:
        return joined
    return words.counted("subject.others", language, len(others), name=subject(first))


def asks_of_all(packets: list[Packet]) -> str:
    """Return what is asked: once where every case asks the same of the same reader by the same day, else of each case."""
    asked = [list_of_asks(packet) for packet in packets]
    return asked[0] if len(set(asked)) == 1 else of_each(packets, list_of_asks)


def table_of_cases(packets: list[Packet]) -> str:
    """Return a table of several cases: who, since when held, where. Empty for one case; what is not open leaves its cell empty."""
    if len(packets) == 1:
        return ""
    language = packets[0].language
    head = row(*(words.say(f"table.{column}", language) for column in ("who", "held", "place")), is_head=True)
    return "\n".join([head, *(_row(packet) for packet in packets)])


def _row(packet: Packet) -> str:
    place = packet.opened("place", packet.place_alone())
    return signed(row(packet.label(), packet.held(), place), packet.language)
