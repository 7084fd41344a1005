"""Whether two people could be taken for one by what they are called: on a signature, a proposal, in the trail."""

from accounts.models import User
from sealing import folding


def reads_like_another(text: str, *, field: str, but: User | None = None) -> bool:
    """Whether somebody else's name (or sign-in name) reads the same: case, accents, spaces and lookalikes set aside."""
    wanted, own = folding.squash(text), but.pk if but else None
    others = User.objects.values_list("pk", field)
    return any(folding.squash(other) == wanted for pk, other in others if other and pk != own)
