"""What is planned: plans, their tracks, stages and steps, and the reminders of their dates."""

from advocacy.models.plan import Milestone, MilestoneDependency, Plan, Stage
from advocacy.models.reminders import Reminder

__all__ = ["Milestone", "MilestoneDependency", "Plan", "Reminder", "Stage"]
