"""The one next step on a material, for the person who looks at it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from materials.audiences import PUBLISHED_AUDIENCES


def next_step(context: dict[str, Any], user: Any) -> dict[str, Any]:
    """Return the next step in words, with its address; nothing when there is none for this reader."""
    row, rights = context["material"], context["rights"]
    if row.status == "in_review":
        is_signer = "sign_review" in rights and user.pk not in {row.author_id, row.last_editor_id}
        return (
            _step(_("read it beside what is known, then sign or send back."), row, "review", _("Open the review"))
            if is_signer
            else _waiting()
        )
    if context["clearance"] and "dispatch" in rights:
        return _leaving(row)
    if context["may_edit"] and row.status in {"draft", "sent_back"}:
        return _writing(context)
    return {}


def _step(text: str, row: Any, name: str, label: str, *, is_act: bool = False) -> dict[str, Any]:
    return {"text": text, "url": reverse(f"materials:{name}", args=[row.pk]), "label": label, "post": is_act}


def _waiting() -> dict[str, Any]:
    return {"text": _("a second person reads it. Its words are locked until then."), "url": "", "label": ""}


def _leaving(row: Any) -> dict[str, Any]:
    if row.audience in PUBLISHED_AUDIENCES and row.status in {"cleared", "sent"}:
        return _step(_("it is cleared. Publishing it is the last step."), row, "publish", _("Go to publishing"))
    if row.status == "cleared":
        return _step(_("it is cleared. Name who gets a copy."), row, "dispatch", _("Make a numbered copy"))
    return {}


def _writing(context: dict[str, Any]) -> dict[str, Any]:
    row = context["material"]
    if context["is_stale"]:
        text = _("a fact of the case changed. Compare, then edit or say that it still holds.")
        return _step(text, row, "material_edit", _("Edit the words"))
    if context.get("not_ready"):
        return _step(_("read it through and finish it."), row, "material_edit", _("Edit the words"))
    if row.status == "sent_back":
        return _step(
            _("read what the reviewer wants changed, and edit the words."), row, "material_edit", _("Edit the words")
        )
    return _step(_("have a second person read it."), row, "send_to_review", _("Send it to review"), is_act=True)
