"""Who is out there, known to every case and belonging to none."""

from directory.models.actors import Actor, ActorTag
from directory.models.channels import Channel
from directory.models.recipients import Recipient

__all__ = ["Actor", "ActorTag", "Channel", "Recipient"]
