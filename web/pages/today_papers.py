"""What became of one person's own texts: sent back by a reader, cleared and not yet out, or untrue since a fact changed."""

import uuid

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.pages.rows import WaitingLine
from materials.leaving.cases_named import with_cases
from materials.models import Material
from safety.models import Review
from sealing.queries import KEY, PERSON, several, written_once

MOST = 8
SHOWN = ("kind", "status", "revision", "edited_at", "is_stale", "last_editor__name", "last_editor__username")


def moved_for(user: User) -> list[WaitingLine]:
    """Return the texts that this person wrote and that somebody answered, at most eight and one more."""
    rows = with_cases(_of_an_author(user=user))
    answers = (
        {(row.material_id, row.revision): row for row in _answers(materials=[row.pk for row in rows])} if rows else {}
    )
    return [_line(row, answers.get((row.pk, row.revision))) for row in rows]


def _line(row: Material, answer: Review | None) -> WaitingLine:
    """Return one text: what became of it stands in its state."""
    label, state, mark, tone = _("%(kind)s came back"), _("Sent back"), "ring-half", "care"
    if row.status == Material.Status.CLEARED:
        label, state, mark, tone = _("%(kind)s is cleared"), _("Cleared"), "ring-full", "ok"
    if row.is_stale:
        label, state, mark, tone = _("%(kind)s: a fact changed"), _("Stale"), "triangle", "stop"
    return WaitingLine(
        label=label % {"kind": row.get_kind_display()},
        url=reverse("materials:material", args=[row.pk]),
        since=answer.signed_at if answer else row.edited_at,
        about=", ".join(str(case) for case in row.cases.all()),
        by=answer.reviewer if answer else row.last_editor,
        state=state,
        mark=mark,
        tone=tone,
        is_own=True,
    )


@written_once(user=PERSON)
def _of_an_author(*, user: User) -> QuerySet[Material]:
    """Return what this person last worked on: drafts only once a fact of theirs has changed."""
    rows = Material.objects.where(user, may="write_material").filter(Q(author=user) | Q(last_editor=user))
    answered = Q(status__in=[Material.Status.SENT_BACK, Material.Status.CLEARED])
    rows = rows.filter(answered | Q(status=Material.Status.DRAFT, is_stale=True))
    return rows.select_related("last_editor").only(*SHOWN).order_by("edited_at")[: MOST + 1]


@written_once(materials=several(KEY))
def _answers(*, materials: list[uuid.UUID]) -> QuerySet[Review]:
    rows = Review.objects.filter(material_id__in=materials, revoked_at=None).select_related("reviewer")
    return rows.defer("reason").order_by("signed_at")
