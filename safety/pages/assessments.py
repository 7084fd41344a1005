"""What the pages of one assessment show: written, read, signed."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages.refused import Reason, reasons_in_rows
from accounts.refusals import reasons_against
from casework.models import Case
from safety import actions
from safety.assessing.unseen import answers_unseen
from safety.forms.assessment import AssessmentForm, HarmRows
from safety.forms.orders import ReasonForm
from safety.forms.second_set import SecondSetForm, SignAssessmentForm
from safety.models import AssessmentDraft, RiskAssessment
from safety.pages.rows import Content, content_of, factor_in_words
from safety.people import may_read_content, may_sign_high


@dataclass(frozen=True)
class AssessPage:
    """The form of an assessment, empty or with what was typed (safety/assess.html)."""

    case: Case
    form: AssessmentForm
    harms: HarmRows
    earlier: RiskAssessment | None
    draft: AssessmentDraft | None
    seen: str
    is_full: bool
    tab: str = "safety"


@dataclass(frozen=True)
class AssessmentPage:
    """One assessment: level and dates for everybody on the case, what it says by right (safety/assessment.html)."""

    case: Case
    row: RiskAssessment
    may_read: bool
    is_unseen: bool
    content: Content | None
    is_late: bool
    factor: str
    is_latest: bool
    may_sign: bool
    may_write: bool
    may_end: bool
    form: ReasonForm = field(default_factory=ReasonForm)
    tab: str = "safety"


@dataclass(frozen=True)
class SignPage:
    """Everything that an assessment says, and the two ways to decide about it (safety/sign.html)."""

    case: Case
    row: RiskAssessment
    content: Content
    is_late: bool
    factor: str
    form: SignAssessmentForm
    reason: ReasonForm
    why_not: list[Reason]
    may_send_back: bool
    may_read: bool = True
    tab: str = "safety"


@dataclass(frozen=True)
class SecondSetPage:
    """The twelve questions for whoever signs a high risk, before they see the author's answers (safety/second_set.html)."""

    case: Case
    row: RiskAssessment
    form: SecondSetForm
    tab: str = "safety"


@dataclass(frozen=True)
class ReasonPage:
    """A form with one reason, again (safety/reason.html)."""

    case: Case
    row: RiskAssessment
    form: ReasonForm
    title: str
    act_label: str
    tab: str = "safety"


def assessment_page(row: RiskAssessment, user: User, rights: frozenset[str]) -> AssessmentPage:
    """Return one assessment as this reader may know it, and what they may do about it."""
    unseen, is_latest = answers_unseen(row, user, rights), _is_latest(row)
    may_read = may_read_content(rights) and not unseen
    is_in_force = row.signed_at is not None and row.ended_at is None and row.material_id is None
    return AssessmentPage(
        case=row.case,
        row=row,
        may_read=may_read,
        is_unseen=unseen,
        content=content_of(row) if may_read else None,
        is_late=_is_late(row),
        factor=factor_in_words(row.signed_with),
        is_latest=is_latest,
        may_sign="sign_risk" in rights and is_latest and _awaits(row, user) and user.pk not in row.writers,
        may_write="assess_risk" in rights and row.material_id is None,
        may_end=is_in_force and bool(rights & {"assess_risk", "sign_risk"}),
    )


def sign_page(row: RiskAssessment, user: User, form: SignAssessmentForm) -> SignPage:
    """Return what somebody reads who has the right to sign this assessment."""
    return SignPage(
        case=row.case,
        row=row,
        content=content_of(row),
        is_late=_is_late(row),
        factor=factor_in_words(row.signed_with),
        form=form,
        reason=ReasonForm(label=_("What to change")),
        why_not=reasons_in_rows(reasons_against(actions.why_not_sign_this(user, row.case, row, at=timezone.now()))),
        may_send_back=not (row.signed_at or row.ended_at or row.material_id) and user.pk not in row.writers,
    )


def _awaits(row: RiskAssessment, user: User) -> bool:
    """Say whether this person's signature is still missing: the first, or a director's on a high risk."""
    if row.ended_at:
        return False
    if row.signed_at is None:
        return True
    return row.director_id is None and row.takes_two_signatures and may_sign_high(user, row.case)


def _is_latest(row: RiskAssessment) -> bool:
    latest = RiskAssessment.objects.latest_of(row.case)
    return bool(latest and latest.pk == row.pk)


def _is_late(row: RiskAssessment) -> bool:
    return bool(row.expires_at and (row.ended_at or row.expires_at <= timezone.now()))
