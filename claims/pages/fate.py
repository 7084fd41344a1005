"""Why a claim prints or does not, in words: what becomes of it, the reason, and where the reason is mended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.consent_codes import TRUSTED
from casework.disclosing.marks import OutsideMark, mark_for, nobody
from casework.disclosing.readers import Readers
from casework.evidence import publishability
from casework.evidence.naming import NAMED_BY_ITS_WORDS, NOT_USED, is_decided
from casework.models import Case, Claim, Source
from claims.pages.asked import PageAsked
from directory.vocabulary import label

ALWAYS_ATTRIBUTED = frozenset({Claim.Status.SINGLE, Claim.Status.DENIED})


@dataclass(frozen=True)
class PrintFate:
    """What becomes of a claim (casework/claims/_fate.html)."""

    word: str
    reason: str
    url: str = ""
    mend: str = ""
    outside: OutsideMark = field(default_factory=nobody)
    """Who may read it outside, as things stand."""

    @property
    def prints(self) -> bool:
        """Say whether a paper for some reader prints it."""
        return self.outside.state != "nobody"


@dataclass(frozen=True)
class Fates:
    """Tells the fate of each claim of one case; the ledger is read once, in three queries, unless the page has read it."""

    case: Case
    numbers: Mapping[int, Source]
    may_change: bool
    page: PageAsked = field(default_factory=PageAsked)
    readers: Readers | None = None

    @cached_property
    def _readers(self) -> Readers:
        return self.readers or Readers(self.case)

    def _read_by(self, items: Collection[str]) -> frozenset[str]:
        """Return who may read all these items; a notice to trusted recipients takes no claim from the packet."""
        return self._readers.of(items) - {TRUSTED}

    def of(self, claim: Claim) -> PrintFate:
        """Return the fate of a claim that was fetched with_evidence(); what can be mended soonest comes first."""
        return self._not_borne(claim) or self._not_said(claim) or self._not_allowed(claim) or self._printed(claim)

    def _nowhere(self, claim: Claim, reason: str, place: str = "", mend: str = "") -> PrintFate:
        url = self.page.to_row(claim.number, place) if place and self.may_change else ""
        return PrintFate(_("Prints nowhere yet."), reason, url, mend if url else "")

    def _not_borne(self, claim: Claim) -> PrintFate | None:
        """Return why the sources or the ruling do not carry the claim; None where they do."""
        if not publishability.best_reliability(claim):
            return self._nowhere(claim, _("No source supports it."), "add", _("Give it one"))
        unsettled: dict[str, tuple[str, str]] = {
            Claim.Status.NEW: (_("Nobody has ruled on it."), _("Rule on it")),
            Claim.Status.CONFLICT: (_("Its sources conflict, and nobody has ruled on that."), _("Rule on it")),
            Claim.Status.STALE: (_("Its words changed after the ruling."), _("Rule on it anew")),
            Claim.Status.REFUTED: (_("It was found false."), ""),
        }
        if told := unsettled.get(claim.status):
            return self._nowhere(claim, told[0], "status", told[1])
        if claim.credibility is None:
            return self._nowhere(claim, _("Nobody has said how credible it is."), "credibility", _("Say how credible"))
        found = publishability.band(claim)
        words = {"source": self._best(claim), "grade": label("info_credibility", str(claim.credibility))}
        if found == publishability.PRIVATE:
            url = self.page.to_row(claim.number, "add") if self.may_change else ""
            reason = _("The best source under it is %(source)s, and what it says is: %(grade)s. It may guide a talk.")
            return PrintFate(_("Stays inside."), reason % words, url, _("Give it a better source") if url else "")
        if found == publishability.NEVER:
            reason = _("Too weak to be used: its best source is %(source)s, and what it says is: %(grade)s.") % words
            return self._nowhere(claim, reason, "add", _("Give it a better source"))
        return None

    def _best(self, claim: Claim) -> str:
        """Return the best grade under the claim as the forms name it, such as "C: fairly reliable"."""
        return str(Source.Reliability(publishability.best_reliability(claim)).label)

    def _not_said(self, claim: Claim) -> PrintFate | None:
        """Return what nobody has decided about it: how its source is named outside, and what it discloses."""
        under = [cited.source for cited in claim.citations.all() if publishability.is_support(cited)]
        if not any(is_decided(source) for source in under):
            if all(source.secrecy in NOT_USED for source in under):
                return self._nowhere(
                    claim, _("Its source is not to be used outside."), "add", _("Give it another source")
                )
            number = next((number for number, row in self.numbers.items() if row.pk == under[0].pk), 0)
            url = self.page.to_source(number, "secrecy") if number and self.may_change else ""
            reason = _("Nobody has decided how to name its source outside.")
            return PrintFate(_("Prints nowhere yet."), reason, url, _("Say how") if url else "")
        if not claim.discloses_nothing and not claim.items.all():
            return self._nowhere(claim, _("Nobody has said what it discloses."), "items_0", _("Say what"))
        return None

    def _not_allowed(self, claim: Claim) -> PrintFate | None:
        """Return that no audience at all may read what it discloses."""
        items = [row.item for row in claim.items.all()]
        if self._read_by(items):
            return None
        named = ", ".join(label("consent_item", item) for item in items if not self._read_by([item]))
        reason = _("For nobody is all of this allowed: %(items)s.") % {"items": named or _("all of it")}
        url = reverse("casework:consents", args=[self.case.reference])
        return PrintFate(_("Prints nowhere yet."), reason, url, _("See what was allowed"))

    def _printed(self, claim: Claim) -> PrintFate:
        items = [row.item for row in claim.items.all()]
        where = "" if items else _("Wherever a text has a place for it: it discloses nobody.")
        outside = mark_for(self._read_by(items), is_free=not items)
        if publishability.band(claim) == publishability.ANY and claim.status not in ALWAYS_ATTRIBUTED:
            return PrintFate(_("Prints."), where, outside=outside)
        word = _("Prints only as “according to %(source)s”.") % {"source": self._named(claim)}
        url = self.page.to_row(claim.number, "add") if self.may_change else ""
        return PrintFate(word, where, url, _("To print it bare, give it a second source") if url else "", outside)

    def _named(self, claim: Claim) -> str:
        """Return the words by which a paper names the source, as composing chooses it: decided, best, then oldest."""
        under = [cited.source for cited in claim.citations.all() if publishability.is_support(cited)]
        rows = sorted(filter(is_decided, under), key=lambda source: (source.reliability, source.created_at))
        return str(rows[0].attribution) if rows[0].secrecy in NAMED_BY_ITS_WORDS else _("a source that is not named")
