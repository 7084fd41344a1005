"""What is judged before anything leaves, one concept a file."""

from safety.models.assessing import AssessmentDraft, SecondSet
from safety.models.emergency import OfficeSafety, SignerAlarm
from safety.models.exception import CriticalException
from safety.models.hold import Hold, Pause, RiskEvent
from safety.models.marking import MarkProposal
from safety.models.posture import Posture
from safety.models.review import Clearance, Review, ReviewCheck
from safety.models.risk import RiskAssessment, RiskHarm
from safety.models.scan import LeakFinding, LeakScan, ScannedCase

__all__ = [
    "AssessmentDraft",
    "Clearance",
    "CriticalException",
    "Hold",
    "LeakFinding",
    "LeakScan",
    "MarkProposal",
    "OfficeSafety",
    "Pause",
    "Posture",
    "Review",
    "ReviewCheck",
    "RiskAssessment",
    "RiskEvent",
    "RiskHarm",
    "ScannedCase",
    "SecondSet",
    "SignerAlarm",
]
