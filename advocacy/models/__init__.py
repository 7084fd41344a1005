"""What is planned, who answered and what came of it: plans and their steps, approaches and replies, targets and outcomes."""

from advocacy.models.approaches import Approach, ApproachAsk, Reply
from advocacy.models.asks import AskStanding
from advocacy.models.digests import WeekDigest
from advocacy.models.plan import Milestone, MilestoneDependency, Plan, Stage
from advocacy.models.reminders import Reminder
from advocacy.models.results import OfficeTarget, OfficeTargetFigure, Outcome, Target, TargetFigure

__all__ = [
    "Approach",
    "ApproachAsk",
    "AskStanding",
    "Milestone",
    "MilestoneDependency",
    "OfficeTarget",
    "OfficeTargetFigure",
    "Outcome",
    "Plan",
    "Reminder",
    "Reply",
    "Stage",
    "Target",
    "TargetFigure",
    "WeekDigest",
]
