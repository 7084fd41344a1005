"""What the pages of an alarm and of its protective notice show: its writer, its signers, and who looks back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import ngettext

from accounts.models import User
from accounts.second_person import who_agrees
from advocacy.actions import sending, signers
from advocacy.actions import urgent as urgent_actions
from advocacy.actions.sending import SigningState
from advocacy.forms.urgent import FourForm, LookBackForm, NoticeSignForm, UrgentForm, recipient_in_words
from casework.access import may, who_may
from casework.actions.consent import MAY_SECOND
from casework.models import Case, Consent, Name
from directory.models import Recipient
from materials.actions.dispatches import is_authentic
from materials.forms.reviews import SendBackForm
from materials.models import Dispatch, EmergencyCheck, Material
from materials.pages import review_page
from materials.pages.refused import RefusalList
from materials.review.refusals import is_signed
from materials.views.lookup import Opened
from safety.leaks import latest_scan
from safety.models import LeakScan, Review
from safety.pages.twins import TwinLine, twin_lines
from safety.people import signers_of


@dataclass(frozen=True)
class Namesake:
    """A case that holds the name that was typed; `may_raise`: this reader may raise the alarm on it."""

    case: Case
    may_raise: bool


@dataclass(frozen=True)
class UrgentPage:
    """The one form of an alarm (advocacy/urgent/urgent.html)."""

    form: UrgentForm
    about: Case | None
    namesakes: Sequence[Namesake]
    contact: str
    has_recipients: bool


@dataclass(frozen=True)
class PresumedConsent:
    """A consent presumed for best interest: until when a second person agrees to it, and who may."""

    consent: Consent
    agree_by: dt.datetime
    is_late: bool
    who: str


@dataclass(frozen=True)
class NoticeFacts:
    """What every page of a notice shows (advocacy/urgent/_examined.html and _standing.html)."""

    case: Case
    material: Material
    rights: frozenset[str]
    paper: Any  # as materials.pages.review_page.shown_paper gives it
    scan: LeakScan | None
    findings: Sequence[Any]  # as materials.pages.review_page.finding_rows gives them
    has_name: bool
    check: EmergencyCheck | None
    presumed: Sequence[PresumedConsent]
    may_agree: bool
    signing: SigningState
    recipients: Sequence[str]
    sent_back: Review | None
    may_call: bool
    is_sent: bool
    may_sign: bool
    may_send: bool
    send_label: str
    alone: Dispatch | None
    who_looks: str
    is_sent_before: bool
    twins: Sequence[TwinLine]
    is_looked_at: bool
    tab: str


@dataclass(frozen=True)
class NoticePage(NoticeFacts):
    """The notice, its signers and sending (advocacy/urgent/notice.html); `form` is faulty questions that come back."""

    four: FourForm
    form: FourForm | None = None
    refused: RefusalList | None = None
    recipient_faults: Sequence[str] = ()
    is_asked: bool = False
    """Whether the page is of somebody who is asked to sign: that stands first, before the bar of the case."""


@dataclass(frozen=True)
class NoticeSignPage(NoticeFacts):
    """The whole notice before a signer (advocacy/urgent/sign.html)."""

    form: NoticeSignForm
    send_back: SendBackForm = field(default_factory=SendBackForm)
    refused: RefusalList | None = None


@dataclass(frozen=True)
class LookBackPage(NoticeFacts):
    """The words that left alone, before who looks at them afterwards (advocacy/urgent/look_back.html)."""

    dispatch: Dispatch
    form: LookBackForm
    is_forged: bool


def urgent_page(user: User, form: UrgentForm, about: Case | None, namesakes: Sequence[Case]) -> UrgentPage:
    """Return the form of an alarm with the namesakes of who was taken."""
    return UrgentPage(
        form=form,
        about=about,
        namesakes=[Namesake(case, may(user, "dispatch", case)) for case in namesakes],
        contact=urgent_actions.contact_line(user),
        has_recipients=Recipient.objects.approved().exists(),
    )


def notice_facts(opened: Opened, user: User, *, left: Dispatch | None = None) -> NoticeFacts:
    """Return the paper, the scan, the answers, consent, signers and recipients; `left` is what is drawn instead."""
    row = opened.material
    scan = latest_scan(row)
    is_own = user.pk in {row.author_id, row.last_editor_id}
    may_sign = "sign_review" in opened.rights and not is_own
    recipients = sending.chosen_recipients(row)
    signing, alone = sending.signing_state(row), sent_alone(row)
    is_uncalled = row.status == Material.Status.IN_REVIEW and not signing.alarms
    return NoticeFacts(
        case=opened.case,
        material=row,
        rights=opened.rights,
        paper=review_page.shown_paper(left) if left else review_page.shown_paper(row, scan),
        scan=scan,
        findings=review_page.finding_rows(row, scan, viewer=user, may_rule=may_sign),
        has_name=Name.objects.filter(case__in=opened.cases).present().exists(),
        check=_four_answers(row),
        presumed=_presumed(opened.cases),
        may_agree=bool(may_sign and signers.consents_to_second(row, user)),
        signing=signing,
        recipients=[recipient_in_words(one) for one in recipients],
        sent_back=_sent_back(row),
        may_call=is_uncalled or row.status in {Material.Status.DRAFT, Material.Status.SENT_BACK},
        is_sent=row.status == Material.Status.SENT,
        may_sign=may_sign and row.status == Material.Status.IN_REVIEW,
        may_send="dispatch" in opened.rights,
        send_label=_send_label(len(recipients)),
        alone=alone,
        who_looks=who_looks(opened.cases, row, alone) if alone else "",
        is_sent_before=Dispatch.objects.filter(material=row).exists(),
        twins=twin_lines(opened.cases, user),
        is_looked_at=is_signed(row),
        tab="materials",
    )


def notice_page(
    opened: Opened,
    user: User,
    *,
    form: FourForm | None = None,
    refused: RefusalList | None = None,
    recipient_faults: Sequence[str] = (),
) -> NoticePage:
    """Return the notice, after a refusal with every reason."""
    facts = vars(notice_facts(opened, user))
    four = form or FourForm()
    is_asked = facts["may_sign"] and not (facts["is_sent"] or facts["alone"] or refused)
    return NoticePage(
        **facts, four=four, form=form, refused=refused, recipient_faults=recipient_faults, is_asked=is_asked
    )


def notice_sign_page(facts: NoticeFacts, form: NoticeSignForm, refused: RefusalList | None = None) -> NoticeSignPage:
    """Return the notice before a signer, after a refusal with every reason."""
    return NoticeSignPage(**vars(facts), form=form, refused=refused)


def look_back_page(opened: Opened, user: User, dispatch: Dispatch, form: LookBackForm) -> LookBackPage:
    """Return the words that left, not those of today, and whether every record behind them carries our mark."""
    facts = vars(notice_facts(opened, user, left=dispatch))
    return LookBackPage(**facts, dispatch=dispatch, form=form, is_forged=not is_authentic(dispatch))


def sent_alone(material: Material) -> Dispatch | None:
    """Return what was sent alone and waits for a second look, the longest waiting first."""
    rows = Dispatch.objects.filter(material=material, review_due_at__isnull=False, reviewed_after_at=None)
    return rows.select_related("created_by", "clearance__review", "material").order_by("review_due_at").first()


def who_looks(cases: Sequence[Case], material: Material, dispatch: Dispatch) -> str:
    """Return who may look at what was sent alone: who signs on the case, but neither its writers nor its sender."""
    wrote = [material.author_id, material.last_editor_id, dispatch.created_by_id]
    people = [set(signers_of(case, "sign_review")) for case in cases]
    return who_agrees(sorted(set.intersection(*people), key=str), but=wrote)


def _send_label(number: int) -> str:
    words = ngettext("Send now to %(n)s recipient", "Send now to %(n)s recipients", number)
    return words % {"n": number}


def _sent_back(material: Material) -> Review | None:
    rows = Review.objects.filter(material_id=material.pk, verdict="sent_back").select_related("reviewer")
    return rows.order_by("-signed_at").first()


def _four_answers(material: Material) -> EmergencyCheck | None:
    """Return the four answers for the words as they are now."""
    rows = EmergencyCheck.objects.filter(material=material, revision=material.revision)
    return rows.select_related("answered_by").first()


def _presumed(cases: Sequence[Case]) -> list[PresumedConsent]:
    """Return each presumed consent, until when and by whom it is agreed to, and whether that is late."""
    rows = Consent.objects.filter(case__in=cases, basis=Consent.Basis.BEST_INTEREST).present()
    found = list(rows.select_related("seconded_by", "explained_by"))
    people = {case.pk: who_may(case, *MAY_SECOND) for case in cases} if found else {}
    return [
        PresumedConsent(
            consent=one,
            agree_by=one.from_at + signers.AGREE_WITHIN,
            is_late=signers.is_agreement_late(one),
            who=who_agrees(people[one.case_id], but=[one.explained_by_id]),
        )
        for one in found
    ]
