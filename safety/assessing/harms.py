"""One harm as it was typed."""

from dataclasses import dataclass

from accounts.models import User
from safety.assessing.answers import Answers
from safety.assessing.bounds import least_likelihood
from safety.models import RiskAssessment, RiskHarm


@dataclass(frozen=True)
class HarmGiven:
    """One harm as it was typed; what is not said about after is as before."""

    category: str
    likelihood: int
    impact: int
    likelihood_after: int | None = None
    impact_after: int | None = None
    mitigation: str = ""
    owner: User | None = None
    reason_below: str = ""

    def row(self, assessment: RiskAssessment) -> RiskHarm:
        """Return the row of this harm in the assessment, not saved, with the likelihood that the answers ask for at least."""
        answers = Answers.of(assessment.answers)
        reason = self.reason_below.strip()
        return RiskHarm(
            case=assessment.case,
            assessment=assessment,
            category=self.category,
            likelihood=self.likelihood,
            impact=self.impact,
            likelihood_after=self.likelihood_after or self.likelihood,
            impact_after=self.impact_after or self.impact,
            mitigation=self.mitigation.strip(),
            owner=self.owner,
            least_likelihood=least_likelihood(answers, self.category, has_reason=bool(reason)),
            reason_below=reason,
        )
