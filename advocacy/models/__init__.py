"""What is planned, and who answered: plans with their steps and reminders; approaches and the replies to them."""

from advocacy.models.approaches import Approach, ApproachAsk, Reply
from advocacy.models.plan import Milestone, MilestoneDependency, Plan, Stage
from advocacy.models.reminders import Reminder

__all__ = ["Approach", "ApproachAsk", "Milestone", "MilestoneDependency", "Plan", "Reminder", "Reply", "Stage"]
