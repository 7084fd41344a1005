"""What is planned: plans, their tracks, stages and steps, the reminders of their dates, and the summary of a week."""

from advocacy.models.digests import WeekDigest
from advocacy.models.plan import Milestone, MilestoneDependency, Plan, Stage
from advocacy.models.reminders import Reminder

__all__ = ["Milestone", "MilestoneDependency", "Plan", "Reminder", "Stage", "WeekDigest"]
