"""The data keys of cases: what is known of a case is sealed under them, and dies with them."""

from casework.models import CaseKey
from sealing.owner_keys import OwnerKeys

CASE_KEYS = OwnerKeys("case", CaseKey)
