"""Who is out there, how we sign and what binds States, known to every case and belonging to none."""

from directory.models.actors import Actor, ActorTag
from directory.models.channels import Channel
from directory.models.key_dates import OfficeDate
from directory.models.logo import OfficeLogo
from directory.models.office import OfficeContact, OfficeContactWords, OfficeIdentity
from directory.models.recipients import Recipient
from directory.models.treaties import TreatyCorrection

__all__ = [
    "Actor",
    "ActorTag",
    "Channel",
    "OfficeContact",
    "OfficeContactWords",
    "OfficeDate",
    "OfficeIdentity",
    "OfficeLogo",
    "Recipient",
    "TreatyCorrection",
]
