"""How harms become a level: likelihood by impact, the worst single harm, never an average (DOMAIN.md 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from safety.models import RiskAssessment, RiskHarm

Level = RiskAssessment.Level

LEVELS = (Level.LOW, Level.MEDIUM, Level.HIGH, Level.CRITICAL)
VALIDITY = {
    Level.LOW: timedelta(days=90),
    Level.MEDIUM: timedelta(days=45),
    Level.HIGH: timedelta(days=14),
    Level.CRITICAL: timedelta(hours=72),
}
GRAVEST = 5
LIKELIHOODS = (
    (1, _("1: none known in 24 months")),
    (2, _("2: rare")),
    (3, _("3: now and then")),
    (4, _("4: often")),
    (5, _("5: already happening because of such acts")),
)
IMPACTS = (
    (1, _("1: undone in days")),
    (2, _("2: undone in weeks")),
    (3, _("3: lasts for months")),
    (4, _("4: grave and lasting")),
    (5, _("5: threat to life")),
)


@dataclass(frozen=True)
class RatedHarm:
    """One harm as the author rated it. `has_owner` says whether somebody answers for the mitigation."""

    category: str
    likelihood: int
    impact: int
    likelihood_after: int
    impact_after: int
    has_owner: bool

    @classmethod
    def of(cls, row: RiskHarm) -> "RatedHarm":
        """Read a harm from its row; a mitigation counts only when it is written down and somebody owns it."""
        has_owner = bool(row.owner_id and row.mitigation)
        return cls(row.category, row.likelihood, row.impact, row.likelihood_after, row.impact_after, has_owner)

    @property
    def counted(self) -> tuple[int, int]:
        """Return the likelihood and impact that count: after the mitigation if it has an owner, else before it."""
        return (self.likelihood_after, self.impact_after) if self.has_owner else (self.likelihood, self.impact)

    @property
    def level(self) -> Level:
        """Return the level of this harm alone."""
        return level_of(*self.counted)


@dataclass(frozen=True)
class Rating:
    """The level of an assessment and the harm that made it; no harm named is likelihood 1 and impact 1."""

    level: Level
    worst: RatedHarm | None


def level_of(likelihood: int, impact: int) -> Level:
    """Return the level of one harm. A threat to life is at least high, and critical from likelihood 3."""
    product = likelihood * impact
    level = (
        Level.LOW if product <= 4 else Level.MEDIUM if product <= 9 else Level.HIGH if product <= 15 else Level.CRITICAL
    )
    if impact == GRAVEST:
        return Level.CRITICAL if likelihood >= 3 else max(level, Level.HIGH, key=LEVELS.index)
    return level


def rate(harms: Iterable[RatedHarm]) -> Rating:
    """Return the rating that the worst single harm makes. Danger now has no part in it."""
    worst = max(harms, key=weight, default=None)
    return Rating(worst.level if worst else level_of(1, 1), worst)


def weight(harm: RatedHarm) -> tuple[int, int, int]:
    """Return what puts harms in order: the level, then the product, then the impact."""
    likelihood, impact = harm.counted
    return LEVELS.index(harm.level), likelihood * impact, impact
