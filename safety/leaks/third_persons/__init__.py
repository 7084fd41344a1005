"""Third persons: every name in a text that is not accounted for, and the scripts in which nobody can look for names.

A fellow prisoner, a witness or a guard is asked about at every level (SECURITY.md 4): the name stays out, has its own
consent, or a signer rules with a reason that it may stand.
"""

from safety.leaks.third_persons.accounted import Accounted, KnownNames, by_right, is_named, known_in, prints
from safety.leaks.third_persons.asking import THIRD_PERSON, Named, Others, others_in
from safety.leaks.third_persons.surroundings import surroundings_mac

__all__ = [
    "THIRD_PERSON",
    "Accounted",
    "KnownNames",
    "Named",
    "Others",
    "by_right",
    "is_named",
    "known_in",
    "others_in",
    "prints",
    "surroundings_mac",
]
