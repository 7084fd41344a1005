"""Who is out there, known to every case and belonging to none."""

from directory.models.recipients import Recipient

__all__ = ["Recipient"]
