"""The leak scan: does a text that would leave hold a protected value of its cases? Not checked is not clean."""

from safety.leaks.looking import Hit, Look, hits, look
from safety.leaks.scan import latest_scan, rule_on, scan, signs_where_it_is_protected, tick_read
from safety.leaks.terms import Protected, protected_terms

__all__ = [
    "Hit",
    "Look",
    "Protected",
    "hits",
    "latest_scan",
    "look",
    "protected_terms",
    "rule_on",
    "scan",
    "signs_where_it_is_protected",
    "tick_read",
]
