"""What is planned, written and sent, one concept a file."""

from advocacy.models.dispatch import Copy, Dispatch, PublicPage, Recipient
from advocacy.models.emergency import EmergencyCheck
from advocacy.models.extension import PageExtension
from advocacy.models.jobs import Heartbeat, Job
from advocacy.models.material import Material, MaterialCase, MaterialClaim, MaterialItem, MaterialKey, MaterialText
from advocacy.models.plan import Milestone, MilestoneDependency, Plan, Stage
from advocacy.models.reminders import Notice, Reminder
from advocacy.models.shortening import PageShortening

__all__ = [
    "Copy",
    "Dispatch",
    "EmergencyCheck",
    "Heartbeat",
    "Job",
    "Material",
    "MaterialCase",
    "MaterialClaim",
    "MaterialItem",
    "MaterialKey",
    "MaterialText",
    "Milestone",
    "MilestoneDependency",
    "Notice",
    "PageExtension",
    "PageShortening",
    "Plan",
    "PublicPage",
    "Recipient",
    "Reminder",
    "Stage",
]
