"""Long work and notices: rows that know a case by its plain id, as the trail does."""

from work.models.jobs import Heartbeat, Job
from work.models.notices import Notice

__all__ = ["Heartbeat", "Job", "Notice"]
