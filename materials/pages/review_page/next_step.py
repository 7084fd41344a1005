"""The one next step on a material, for the person who looks at it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from casework.pages.rows import NextStep
from materials.audiences import PUBLISHED_AUDIENCES
from materials.models import Material


@dataclass(frozen=True)
class Standing:
    """How a material stands for its reader: what the next step follows from."""

    material: Material
    rights: frozenset[str]
    is_cleared: bool
    may_edit: bool
    is_stale: bool
    is_unready: bool


def review_next_step(standing: Standing, user: User) -> NextStep | None:
    """Return the next step in words, with its address; None when there is none for this reader."""
    row, rights = standing.material, standing.rights
    if row.status == "in_review":
        is_signer = "sign_review" in rights and user.pk not in {row.author_id, row.last_editor_id}
        return (
            _step(_("read it beside what is known, then sign or send back."), row, "review", _("Open the review"))
            if is_signer
            else NextStep(_("a second person reads it. Its words are locked until then."))
        )
    if standing.is_cleared and "dispatch" in rights:
        return _leaving(row)
    if standing.may_edit and row.status in {"draft", "sent_back"}:
        return _writing(standing)
    return None


def _step(text: str, row: Material, name: str, label: str, *, is_act: bool = False) -> NextStep:
    return NextStep(text, reverse(f"materials:{name}", args=[row.pk]), label, post=is_act)


def _leaving(row: Material) -> NextStep | None:
    if row.audience in PUBLISHED_AUDIENCES and row.status in {"cleared", "sent"}:
        return _step(_("it is cleared. Publishing it is the last step."), row, "publish", _("Go to publishing"))
    if row.status == "cleared":
        return _step(_("it is cleared. Name who gets a copy."), row, "dispatch", _("Make numbered copies"))
    return None


def _writing(standing: Standing) -> NextStep:
    row = standing.material
    if standing.is_stale:
        text = _("a fact of the case changed. Compare, then edit or say that it still holds.")
        return _step(text, row, "material_edit", _("Edit the words"))
    if standing.is_unready:
        return _step(_("read it through and finish it."), row, "material_edit", _("Edit the words"))
    if row.status == "sent_back":
        return _step(
            _("read what the reviewer wants changed, and edit the words."), row, "material_edit", _("Edit the words")
        )
    return _step(_("have a second person read it."), row, "send_to_review", _("Send it to review"), is_act=True)
