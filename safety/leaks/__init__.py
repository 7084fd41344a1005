"""The leak scan: does a text that would leave hold a protected value of its cases? Not checked is not clean."""

from safety.leaks.scan import rule_on, scan, tick_read
from safety.leaks.terms import Protected, protected_terms

__all__ = ["Protected", "protected_terms", "rule_on", "scan", "tick_read"]
