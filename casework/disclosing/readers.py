"""Who outside may read what: for each audience at the least level at which anything reaches it, by the rule of consent."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.consent_codes import INSIDE_AUDIENCES, TRUSTED, least_level
from casework.consent_rule import Asked, Ledger, ledger_of
from casework.models import Case, Wish

GROUPS: tuple[tuple[Promise | str, tuple[str, ...]], ...] = (
    (_("Officials and bodies"), ("AU_DIPLO", "AU_OWNGOV", "AU_UN", "AU_COURT", "AU_PARL", "AU_HOLDER")),
    (_("Public"), ("AU_SUPPORT", "AU_PUBLIC", "AU_MEDIA_BG", "AU_UNPUB")),
    (_("Around us"), ("AU_INTERNAL", "AU_ORG", "AU_PARTNER", "AU_DONOR", "AU_ARCHIVE")),
)
OUTSIDE = tuple((title, tuple(code for code in codes if code not in INSIDE_AUDIENCES)) for title, codes in GROUPS)
LEVELS: Mapping[str, str] = {code: least_level(code) for _title, codes in OUTSIDE for code in codes} | {
    TRUSTED: "emergency"
}


@dataclass(frozen=True)
class Readers:
    """The audiences outside that may read some items of one case. The ledger is read when first asked, and once."""

    case: Case | None
    """None for a case that is not open yet: nobody has answered anything about it."""
    read: Callable[[], Ledger] | None = None
    """What gives the ledger of a page that reads it for more than this."""

    @cached_property
    def ledger(self) -> Ledger | None:
        """Return the answers about the case; None where there is no case."""
        if self.read is not None:
            return self.read()
        return ledger_of(self.case) if self.case else None

    @property
    def is_unasked(self) -> bool:
        """Say whether nobody was asked about the person yet, nor is known to wish for silence."""
        return self.ledger is None or not (self.ledger.about() or self.ledger.wants == Wish.Wants.SILENCE)

    def of(self, items: Collection[str]) -> frozenset[str]:
        """Return the audiences to which all these items are open; what discloses no item is open to each."""
        return frozenset(
            code
            for code in LEVELS
            if not items or (self._asked and all(self._asked[code].of(i).is_open for i in items))
        )

    @cached_property
    def _asked(self) -> Mapping[str, Asked]:
        return {code: self.ledger.ask(code, level) for code, level in LEVELS.items()} if self.ledger else {}
