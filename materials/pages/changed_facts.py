"""The facts that changed under a text, in words: before and after, who ruled, and who may."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from materials.actions.changed_facts import MAY_AGREE
from materials.facts_used import changed_facts
from materials.models import Material, MaterialFact

OF_IDENTITY = frozenset({MaterialFact.Kind.NAME, MaterialFact.Kind.PERSON})


@dataclass(frozen=True)
class ChangedFactRow:
    """One fact as the page shows it; what names the person only to who may see it."""

    kind: str
    case: Case
    before: str
    after: str
    ruled_by: User | None


@dataclass(frozen=True)
class ChangedFacts:
    """All of them, and what this reader may do about them."""

    rows: list[ChangedFactRow]
    may_rule: bool
    may_agree: bool


def changed_facts_of(material: Material, viewer: User, rights: frozenset[str]) -> ChangedFacts:
    """Return what changed under the present words, for this reader."""
    hidden, taken_out = _("Shown to who may see the identity"), _("Taken out of the packet")
    kinds, rows, may_agree = dict(MaterialFact.Kind.choices), [], False
    for fact in changed_facts(material):
        is_hidden = fact.kind in OF_IDENTITY and "view_identity" not in rights
        before, after = (hidden, hidden) if is_hidden else (fact.before, fact.after or taken_out)
        rows.append(ChangedFactRow(str(kinds[fact.kind]), fact.case, before, after, fact.ruled_by))
        may_agree |= fact.ruled_by is not None and fact.ruled_by != viewer
    is_locked = material.status == Material.Status.IN_REVIEW
    may_rule = "write_material" in rights and not is_locked and any(row.ruled_by is None for row in rows)
    return ChangedFacts(rows, may_rule=may_rule, may_agree=may_agree and bool(rights & set(MAY_AGREE)))
