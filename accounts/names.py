"""Whether two people could be taken for one by what they are called: on a signature, a proposal, in the trail."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, User
from sealing import folding
from sealing.letters.hidden import hides_something

SIGN_IN_NAME = re.compile(r"^[\w.@+-]+$")
HIDES = _("This name holds a mark that cannot be seen, or nothing that can. Type it again instead of pasting it.")
NOT_TYPED = _("Use letters, figures and . @ + - _ only.")
MIXED = _("This name mixes letters of two alphabets that look alike. Write it in one of them.")


def why_no_sign_in_name(text: str) -> Any:
    """Return why nobody can sign in under this; nothing where they can."""
    return why_unreadable(text) or ("" if SIGN_IN_NAME.fullmatch(text) else NOT_TYPED)


def why_unreadable(text: str) -> Any:
    """Return why people could not read this name, or take it for another; nothing where they can."""
    if hides_something(text):
        return HIDES
    return MIXED if any(kind == "mixed-script" for kind, _start, _end in folding.disguises(text)) else ""


def reads_like_another(text: str, *, field: str, but: User | None = None) -> bool:
    """Whether somebody's name (or sign-in name), here or invited, reads the same as this one."""
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    people = others.values_list(field, flat=True)
    invited = Invitation.objects.open().to_join().values_list(field, flat=True)
    return any(reads_the_same(text, other) for other in (*people, *invited) if other)


def reads_the_same(one: str, other: str) -> bool:
    """Whether these two are taken for each other: case, accents, spaces, alphabets, and what looks alike at a glance."""
    return folding.squash(one) == folding.squash(other) or folding.skeleton(one) == folding.skeleton(other)
