"""The page about more days for a public page that runs out."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from casework.models import Case
from casework.pages.rows import NextStep, TaskRow
from materials.actions import extensions as extension_actions
from materials.leaving import page_expiry
from materials.models import Material, PageExtension, PublicPage
from materials.pages.extension_steps import extension_next_step, rests_on
from safety.forms.orders import ReasonForm, SignForm


@dataclass(frozen=True)
class ExpiringPage:
    """A public page with when it goes down and what was asked for it."""

    page: PublicPage
    down_at: datetime
    extension: PageExtension | None


@dataclass(frozen=True)
class ExtensionPage:
    """When the pages of a material go down, and who asks or agrees (materials/extensions/extension.html)."""

    case: Case
    material: Material
    rows: list[ExpiringPage]
    may_read: bool
    may_ask: bool
    may_agree: bool
    rests_on: list[TaskRow]
    next: NextStep | None
    form: ReasonForm | SignForm
    is_agreeing: bool
    tab: str = "materials"


def extension_page(
    material: Material,
    cases: list[Case],
    rights: frozenset[str],
    viewer: User,
    form: ReasonForm | SignForm,
    *,
    may_read: bool,
) -> ExtensionPage:
    """Return the page for this reader; with the form of a signature it is the page on which they agree."""
    rows = _expiring(material)
    asked = [row.extension for row in rows if row.extension]
    waiting = [row for row in asked if not row.agreed_at]
    may_ask = "dispatch" in rights and len(asked) < len(rows)
    is_free = not any(viewer.pk in row.signers for row in waiting)
    may_agree = "sign_review" in rights and bool(waiting) and is_free
    is_agreeing = isinstance(form, SignForm)
    is_renewal_left = bool(rows) and not may_ask
    step = extension_next_step(material, cases[0], waiting, may_agree=may_agree, is_renewal_left=is_renewal_left)
    return ExtensionPage(
        case=cases[0],
        material=material,
        rows=rows,
        may_read=may_read,
        may_ask=may_ask,
        may_agree=may_agree,
        rests_on=rests_on(cases) if rows else [],
        next=None if is_agreeing else step,
        form=form,
        is_agreeing=is_agreeing,
    )


def _expiring(material: Material) -> list[ExpiringPage]:
    return [
        ExpiringPage(page, page.ends_at + page_expiry.grace_of(page), page_expiry.extension_of(page))
        for page in extension_actions.pages_running_out(material)
        if page.ends_at is not None
    ]
