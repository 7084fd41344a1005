"""What stands beside a form when somebody else saved the row first: who, when, and each question that differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.last_saved import last_saved, saved_meanwhile_words
from accounts.models import User
from casework.models import Case, Claim
from directory.compared import ComparedAnswer, answer_to, compared, differing


@dataclass(frozen=True)
class ConflictPage:
    """What is stored now, question by question, beside what was typed (casework/conflict.html)."""

    case: Case
    form: Any
    meanwhile: str
    rows: Sequence[ComparedAnswer]
    differing: Sequence[ComparedAnswer]
    back_url: str
    tab: str = "packet"
    carried: Sequence[tuple[str, str]] = ()
    """What else was sent and is not saved yet: it is sent again with this row."""


def conflict_page(
    case: Case,
    form: Any,
    saved: Model,
    *,
    reader: User,
    back_url: str,
    tab: str,
    carried: Sequence[tuple[str, str]] = (),
) -> ConflictPage:
    """Return what is stored for each question of a form that holds what was typed, and who stored it."""
    rows = conflict_rows(form, saved)
    return ConflictPage(case, form, meanwhile(case, saved, reader), rows, differing(rows), back_url, tab, carried)


def conflict_rows(form: Any, saved: Any) -> list[ComparedAnswer]:
    """Return each question of a form over one row, as it is stored and as it was typed.

    A form that compares more than its own columns (the sources of a claim, the claim of an event) has `compared_beside`.
    """
    kept = {field.name for field in saved._meta.concrete_fields} - {"version"}
    typed = form.cleaned_data
    rows = compared(form, {name: getattr(saved, name) for name in form.fields if name in kept}, typed)
    if isinstance(saved, Claim) and "items" in form.fields:
        rows.append(answer_to(form, "items", [row.item for row in saved.items.all()], typed.get("items")))
    beside = getattr(form, "compared_beside", None)
    return [*rows, *(beside(saved) if beside else ())]


def removed_words(case: Case, removed: Model | None, sent: str, reader: User) -> str:
    """Return that what somebody still wrote in was taken out of the packet, by whom and when, with the words they sent."""
    by = last_saved(case, [removed] if removed else [], reader=reader)
    words = {"text": sent, "name": by.name if by else "", "when": by.when if by else ""}
    if by is None:
        return _("It was taken out of the packet meanwhile. You sent: “%(text)s”") % words
    return _("%(name)s took it out of the packet on %(when)s. You sent: “%(text)s”") % words


def meanwhile(case: Case, saved: Model, reader: User) -> str:
    """Return the sentence that says who saved a row first, and when; of a claim its sources count too."""
    rows = [saved, *saved.citations.all()] if isinstance(saved, Claim) else [saved]
    return saved_meanwhile_words(last_saved(case, rows, reader=reader))
