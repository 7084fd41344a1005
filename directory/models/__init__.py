"""Who is out there and what binds States, known to every case and belonging to none."""

from directory.models.recipients import Recipient
from directory.models.treaties import TreatyCorrection

__all__ = ["Recipient", "TreatyCorrection"]
