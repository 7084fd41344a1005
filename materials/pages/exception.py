"""The page of the exception at a critical risk."""

from dataclasses import dataclass

from accounts.models import User
from casework.models import Case
from casework.pages.rows import NextStep, TaskRow
from materials.actions import exceptions as exception_actions
from materials.forms.exceptions import ExceptionForm
from materials.models import Material
from materials.pages.exception_conditions import AskedException, asked_rows, condition_rows, exception_next_step
from safety.forms.orders import SignForm
from safety.models import CriticalException
from safety.people import may_read_content


@dataclass(frozen=True)
class ExceptionPage:
    """What the exception asks, who asked and signed, and what comes next (materials/exceptions/exception.html)."""

    case: Case
    material: Material
    rights: frozenset[str]
    asked: list[AskedException]
    ended: list[CriticalException]
    conditions: list[TaskRow]
    next: NextStep | None
    may_read: bool
    waits: bool
    is_mine: bool
    may_sign: bool
    form: ExceptionForm | SignForm
    is_signing: bool
    tab: str = "materials"


def exception_page(
    material: Material, case: Case, rights: frozenset[str], viewer: User, form: ExceptionForm | SignForm
) -> ExceptionPage:
    """Return the page for this reader; with the form of a signature it is the page on which they sign."""
    rows = exception_actions.open_exceptions(material)
    asked = asked_rows(rows)
    is_signing = isinstance(form, SignForm)
    return ExceptionPage(
        case=case,
        material=material,
        rights=rights,
        asked=asked,
        ended=exception_actions.ended(material),
        conditions=condition_rows(material),
        next=None if is_signing else exception_next_step(material, asked, rights, viewer),
        may_read=may_read_content(rights),
        waits=any(row.granted_at is None for row in rows),
        is_mine=any(row.asked_by_id == viewer.pk for row in rows),
        may_sign="sign_review" in rights and not any(viewer.pk in row.signers for row in rows),
        form=form,
        is_signing=is_signing,
    )
