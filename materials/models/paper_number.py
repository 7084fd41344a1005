"""The number that a paper carries: drawn for each copy, and the only thing on it that leads back, for us alone."""

import secrets
from typing import Any

from casework.models.case import REFERENCE_LETTERS
from sealing import keys
from sealing.letters.figures import plain_figures

PAPER = "paper number"
GROUP = 5  # a case reference has groups of four: nobody takes one for the other


def new_paper_number() -> str:
    """Return a random number such as K7QFA-29MDT: it is made of no case, no count and no recipient."""
    letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(2 * GROUP)]
    return "".join(letters[:GROUP]) + "-" + "".join(letters[GROUP:])


def paper_number_in(typed: str) -> str:
    """Return the number that somebody read off a paper, as it is stored; empty where it has not the form of one."""
    letters = plain_figures(typed).upper().replace("-", "").replace(" ", "")
    if len(letters) != 2 * GROUP or not set(letters) <= set(REFERENCE_LETTERS):
        return ""
    return f"{letters[:GROUP]}-{letters[GROUP:]}"


def mac_of(number: str) -> bytes:
    """Return by what a number is found: a copy of the database leads from no leaked paper to a case."""
    return keys.token_mac(PAPER, number)


def paper_mac(copy: Any) -> bytes:
    """Return by what the number of this copy is found."""
    return mac_of(copy.paper_number)
