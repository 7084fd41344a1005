"""Who looks at the packet: what each of its parts asks before it shows a way to change something."""

from dataclasses import dataclass

from accounts.models import User


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
    def may_identify(self) -> bool:
        """Say whether the reader may open names, contacts and health."""
        return "view_identity" in self.rights
