"""People who sign in, and what the office has given them."""

from accounts.models.absence import Absence
from accounts.models.cached_value import CachedValue
from accounts.models.calendar_address import CalendarAddress
from accounts.models.draft import Draft
from accounts.models.invitation import Invitation
from accounts.models.known_device import KnownDevice
from accounts.models.pending import PendingAct
from accounts.models.person import User
from accounts.models.role import PersonRole
from accounts.models.sent_form import SentForm

__all__ = [
    "Absence",
    "CachedValue",
    "CalendarAddress",
    "Draft",
    "Invitation",
    "KnownDevice",
    "PendingAct",
    "PersonRole",
    "SentForm",
    "User",
]
