"""Who looks at the packet: what each of its parts asks before it shows a way to change something."""

from dataclasses import dataclass

from accounts.models import User
from casework.access.own_rows import right_over, right_to_add
from casework.models import TimelineEvent
from casework.models.rows import CaseRow


@dataclass(frozen=True)
class PacketReader:
    """Who looks at the packet, and what they may do with it."""

    user: User
    rights: frozenset[str]

    @property
    def may_change(self) -> bool:
        """Say whether the reader may write facts."""
        return "change_case" in self.rights

    @property
    def may_add(self) -> bool:
        """Say whether the reader may put an event on the timeline."""
        return right_to_add(TimelineEvent) in self.rights

    @property
    def may_write(self) -> bool:
        """Say whether anything on the page can be sent."""
        return self.may_change or self.may_add

    def may_correct(self, row: CaseRow) -> bool:
        """Say whether the reader may change this row."""
        return right_over(self.user, row) in self.rights

    @property
    def may_identify(self) -> bool:
        """Say whether the reader may open names, contacts and health."""
        return "view_identity" in self.rights
