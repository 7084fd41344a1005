"""What is planned and what came of it: plans, their steps, reminders and summaries; targets and outcomes."""

from advocacy.models.digests import WeekDigest
from advocacy.models.plan import Milestone, MilestoneDependency, Plan, Stage
from advocacy.models.reminders import Reminder
from advocacy.models.results import OfficeTarget, OfficeTargetFigure, Outcome, Target, TargetFigure

__all__ = [
    "Milestone",
    "MilestoneDependency",
    "OfficeTarget",
    "OfficeTargetFigure",
    "Outcome",
    "Plan",
    "Reminder",
    "Stage",
    "Target",
    "TargetFigure",
    "WeekDigest",
]
