"""Whether a text names the person: one switch for the whole text, chosen when it is written and asked here alone."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Name
from papers.composing.judging import Judged
from papers.composing.marks import stands_in


class Naming(models.TextChoices):
    """How a text speaks of the person. A name prints only where consent opens it, whatever was chosen."""

    NAMED = "named", _("Named, where consent opens the name")
    PSEUDONYMOUS = "pseudonymous", _("By the safe public label, never by name")
    ANONYMOUS = "anonymous", _("Without name, label, profession, age, nationality and place")


SHUTS: dict[str, frozenset[str]] = {
    Naming.NAMED: frozenset(),
    Naming.PSEUDONYMOUS: frozenset({"CI_NAME", "CI_PHOTO"}),
    Naming.ANONYMOUS: frozenset({"CI_NAME", "CI_PHOTO", "CI_STATUS", "CI_LOCATION"}),
}
HIDES: dict[str, frozenset[str]] = {Naming.ANONYMOUS: frozenset({"label", "occupation", "age", "gender"})}
"""Fields that tell who it is although their consent item is open."""


def as_named(judged: Judged, consented: frozenset[str]) -> Judged:
    """Return the answer on a claim, and that the choice to name nobody shuts it where consent does not."""
    is_ours = judged.why == "no-consent" and not judged.items - consented
    return replace(judged, why="not-named", items=frozenset()) if is_ours else judged


def names_standing(cases: Iterable[Case], text: str, naming: str) -> bool:
    """Say whether a text that was to name nobody names somebody of these cases, in any form that is stored."""
    if naming == Naming.NAMED:
        return False
    rows = Name.objects.present().filter(case__in=list(cases))
    return any(stands_in(row.value, text) for row in rows)
