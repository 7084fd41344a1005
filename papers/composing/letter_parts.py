"""What makes a letter of a paper, as each language has it: place and day, the address, the subject line above the salutation."""

from directory.models import OfficeIdentity
from papers.composing import words
from papers.composing.long_parts import address_block
from papers.composing.packet import Packet

ADDRESS_FIRST = frozenset({"fr", "ru"})
"""Where the address stands at the head, over against the sender, and the day of writing beneath it."""


def opening(packet: Packet) -> str:
    """Return place and day of writing and to whom it is written, in the order of the language; nobody is an empty text."""
    to, day = address_block(packet), _day_of_writing(packet)
    if not to:
        return ""
    return f"{to}\n{day}" if packet.language in ADDRESS_FIRST else f"{day}\n{to}"


def _day_of_writing(packet: Packet) -> str:
    """Return the day of the letter, behind the place of writing where the office names one."""
    day, office = words.day(packet.today, packet.language), OfficeIdentity.at()
    place = ((office.place if office else "") or "").strip()
    if not place:
        return words.say("letter.day", packet.language, date=day)
    return words.say("letter.place_day", packet.language, place=place, date=day)


def subject_line(head: str, language: str) -> str:
    """Return the head line of a paper as the subject of a letter."""
    return words.say("letter.subject", language, label=head)
