"""What somebody brought to a packet they may correct themself, without the right to change what others wrote."""

from accounts.models import User
from casework.models import Contact, TimelineEvent
from casework.models.rows import CaseRow

BROUGHT = (Contact, TimelineEvent)


def right_to_add(model: type[CaseRow]) -> str:
    """Return the right that adding a row of this kind asks for: for what the work with a family brings, a narrow one."""
    return "add_to_packet" if issubclass(model, BROUGHT) else "change_case"


def right_over(person: User, row: CaseRow) -> str:
    """Return the right that changing, removing or bringing back this row asks of this person.

    Over what one added oneself it is the right to add it, unless somebody else took it out.
    """
    is_own = row.created_by_id is not None and row.created_by_id == person.pk
    is_taken_out = row.removed_by_id not in (None, person.pk)
    return right_to_add(type(row)) if is_own and not is_taken_out else "change_case"
