"""The languages into which a packet is translated, as links of a list."""

from dataclasses import dataclass

from accounts.pages.addresses import address_of
from casework.models import Case
from sealing.letters.languages import paper_languages


@dataclass(frozen=True)
class LanguageLink:
    """A language, by its name, and the page of its lines."""

    name: str
    url: str


def language_links(case: Case) -> list[LanguageLink]:
    """Return the languages of papers other than that of the packet, each with its page."""
    return [
        LanguageLink(name, address_of("materials:translation", case.reference, code))
        for code, name in paper_languages()
        if code != case.language
    ]
