"""Notes of colleagues where other things stand: the panel of a case, a claim or a step, and the figure in a claim's row."""

from typing import Any
from weakref import WeakKeyDictionary

from django import template
from django.http import HttpRequest

from accounts.roles import OfficeRole
from casework.models import Claim
from notes.pages.lines import NotesPanel, OpenNotes, notes_panel, open_notes

register = template.Library()
_counted: WeakKeyDictionary[HttpRequest, OpenNotes] = WeakKeyDictionary()


@register.inclusion_tag("notes/_panel.html", takes_context=True)
def notes_of_colleagues(context: Any, claim: Any = None, step: Any = None) -> dict[str, NotesPanel | None]:
    """Draw the open notes of `case`, or of one claim or step of it; nothing for who reviews from outside."""
    case, request = context.get("case"), context.get("request")
    if not case or not request or not _reads_notes(request):
        return {"panel": None}
    about = {"claim": claim.pk if claim else None, "step": step.pk if step else None}
    return {"panel": notes_panel(case, request.user, **about)}


@register.simple_tag(takes_context=True)
def open_notes_of(context: Any, claim: Claim | None) -> int | None:
    """Return how many notes are open on a claim, counted once for each answer; None for who reads none, and for no claim."""
    case, request = context.get("case"), context.get("request")
    if claim is None or not case or not request or not _reads_notes(request):
        return None
    if request not in _counted:
        _counted[request] = open_notes(case)
    return _counted[request].of.get(claim.pk, 0)


def _reads_notes(request: HttpRequest) -> bool:
    """Say whether the reader, who sees the case, is of the office; the page shows no more than this, and no act asks here."""
    user: Any = request.user
    return bool(user.is_authenticated and OfficeRole.OUTSIDE_REVIEWER not in user.current_roles)
