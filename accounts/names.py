"""Whether two people could be taken for one by what they are called: on a signature, a proposal, in the trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sealing import folding
from sealing.letters.hidden import hides_something

HIDES = _("This name holds a mark that cannot be seen, or nothing that can. Type it again instead of pasting it.")
MIXED = _("This name mixes letters of two alphabets that look alike. Write it in one of them.")


def why_unreadable(text: str) -> Any:
    """Return why people could not read this name, or take it for another; nothing where they can."""
    if hides_something(text):
        return HIDES
    return MIXED if any(kind == "mixed-script" for kind, _start, _end in folding.disguises(text)) else ""


def reads_like_another(text: str, *, field: str, but: User | None = None) -> bool:
    """Whether somebody else's name (or sign-in name) reads the same: case, accents, spaces and lookalikes set aside."""
    wanted, own = folding.squash(text), but.pk if but else None
    others = User.objects.values_list("pk", field)
    return any(folding.squash(other) == wanted for pk, other in others if other and pk != own)
