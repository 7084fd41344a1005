"""The pages of the review: what waits, one text beside what is known of it, and one finding."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.forms.together import Together
from accounts.models import User
from casework.models import Case
from casework.pages.rows import NextStep
from materials.actions.reviews import NotSignedReason
from materials.forms.reviews import PassForm, SendBackForm, SignRevisionForm
from materials.models import Material
from materials.pages import review_page
from materials.pages.changed_facts import ChangedFacts, changed_facts_of
from materials.pages.review_page.changes import Changes
from materials.pages.review_page.evidence import ConsentRow, ReviewedClaimRow, ShownAssessment
from materials.pages.review_page.examined import ExaminedCell
from materials.pages.review_page.findings import FindingRow
from materials.pages.review_page.law import LawRow
from materials.pages.review_page.left_out import LeftOutList
from materials.review.refusals import RefusalLine, as_read, shown
from papers.composing.paper_blocks import PaperWords
from safety import gate
from safety.forms.revision_check import RevisionCheckForm
from safety.leaks import latest_scan, signs_where_it_is_protected
from safety.models import LeakFinding, LeakScan
from safety.pages.twins import TwinLine, twin_lines
from safety.verdict import Refusal

SHOWN = 50


@dataclass(frozen=True)
class QueuePage:
    """What waits for this reader's eyes, and what they sent themselves (materials/reviews/queue.html)."""

    waiting: list[Material]
    is_more: bool
    own: list[Material]


@dataclass(frozen=True)
class NotSignedList:
    """Every reason why it was not signed, and the note with which it goes back (materials/reviews/_refused.html)."""

    title: str
    rows: Sequence[RefusalLine]
    label: str
    note: str


@dataclass(frozen=True)
class ReviewForms:
    """The forms of the decision as they were typed; `form` or `formset` is the one whose faults are listed."""

    sign_form: SignRevisionForm | None = None
    checks: list[tuple[Case, RevisionCheckForm]] = field(default_factory=list)
    send_back: SendBackForm = field(default_factory=SendBackForm)
    form: SignRevisionForm | SendBackForm | None = None
    formset: Together | None = None


@dataclass(frozen=True)
class ReviewPage:
    """One text beside what is known of it, and the decision (materials/reviews/review.html)."""

    material: Material
    cases: list[Case]
    first_case: Case
    scan: LeakScan | None
    paper: PaperWords
    claims: list[ReviewedClaimRow]
    law: list[LawRow]
    consents: list[ConsentRow]
    assessments: list[ShownAssessment]
    findings: list[FindingRow]
    to_answer: int
    withheld: LeftOutList
    changes: Changes | None
    cells: list[ExaminedCell]
    changed: ChangedFacts
    twins: list[TwinLine]
    is_own: bool
    may_decide: bool
    next: NextStep | None
    refused: NotSignedList | None
    sign_form: SignRevisionForm | None
    checks: list[tuple[Case, RevisionCheckForm]]
    send_back: SendBackForm
    form: SignRevisionForm | SendBackForm | None
    formset: Together | None


@dataclass(frozen=True)
class PassFindingPage:
    """One finding of the leak scan and the reason to pass it (materials/reviews/pass_finding.html)."""

    material: Material
    finding: LeakFinding
    shown: FindingRow | None
    may_rule: bool
    form: PassForm


def waiting_for(user: User) -> QuerySet[Material]:
    """Return the materials in review that this person may sign: on all their cases, and neither written nor edited by them."""
    rows = Material.objects.where(user, may="sign_review").waiting_for_review()
    return rows.exclude(author_id=user.pk).exclude(last_editor_id=user.pk).order_by("sent_to_review_at")


def queue_page(viewer: User) -> QueuePage:
    """Return what waits for this reader, longest waiting first, and what waits for others."""
    waiting = list(waiting_for(viewer).select_related("author").prefetch_related("cases")[: SHOWN + 1])
    own = (
        Material.objects.visible_to(viewer)
        .waiting_for_review()
        .filter(last_editor_id=viewer.pk)
        .prefetch_related("cases")
    )
    return QueuePage(waiting[:SHOWN], is_more=len(waiting) > SHOWN, own=list(own[:SHOWN]))


def review_page_of(
    material: Material,
    cases: list[Case],
    rights: frozenset[str],
    viewer: User,
    forms: ReviewForms,
    refused: NotSignedList | None = None,
) -> ReviewPage:
    """Return the page for this reader, with the forms as they were typed and the reasons of a refusal."""
    is_own = viewer.pk in {material.author_id, material.last_editor_id}
    may_decide = "sign_review" in rights and not is_own and material.status == Material.Status.IN_REVIEW
    scan = latest_scan(material)
    claims, consents = review_page.claim_rows(material, cases), review_page.consent_rows(material, cases)
    assessments = review_page.assessment_rows(cases, viewer)
    verdict = gate.examine(gate.Leaving.of(material), moment="review", viewer=viewer)
    findings = review_page.finding_rows(material, scan, viewer=viewer, may_rule=may_decide)
    unanswered = [found for found in findings if not found.answered]
    return ReviewPage(
        material=material,
        cases=cases,
        first_case=cases[0],
        scan=scan,
        paper=review_page.shown_paper(material, scan),
        claims=claims,
        law=review_page.law_rows(material, cases),
        consents=consents,
        assessments=assessments,
        findings=findings,
        to_answer=len(unanswered),
        withheld=review_page.left_out_of(material),
        changes=review_page.changes_since(material),
        cells=_cells(material, cases, verdict, viewer, scan, claims, consents, assessments),
        twins=twin_lines(cases, viewer),
        changed=changed_facts_of(material, viewer, rights),
        is_own=is_own,
        may_decide=may_decide,
        next=_next_step(unanswered, verdict, scan) if may_decide and refused is None else None,
        refused=refused,
        **vars(forms),
    )


def _cells(
    material: Material,
    cases: list[Case],
    verdict: gate.Verdict,
    viewer: User,
    scan: LeakScan | None,
    claims: list[ReviewedClaimRow],
    consents: list[ConsentRow],
    assessments: list[ShownAssessment],
) -> list[ExaminedCell]:
    codes = [row.code for row in as_read(verdict.refusals, material=material, cases=cases, viewer=viewer)]
    return review_page.cells(
        material,
        codes,
        viewer=viewer,
        scan=scan,
        claims=review_page.Count(sum(1 for found in claims if found.is_usable), len(claims)),
        consents=review_page.Count(sum(1 for found in consents if found.is_open), len(consents)),
        assessments=[found.row for found in assessments if found.row],
    )


def _next_step(unanswered: list[FindingRow], verdict: gate.Verdict, scan: LeakScan | None) -> NextStep:
    if unanswered:
        text = ngettext(
            "read the page, answer one finding, then sign or send back.",
            "read the page, answer %(n)s findings, then sign or send back.",
            len(unanswered),
        )
        return NextStep(text % {"n": len(unanswered)}, f"#{unanswered[0].id}", _("Go to the first finding"))
    count = len(verdict.codes)
    if count == 1 and scan and scan.verdict == LeakScan.Verdict.CANNOT_CHECK and not scan.read_at:
        text = _("the scan cannot read this text. Read it for names and say so, then sign or send back.")
        return NextStep(text, "#findings-h", _("Go to the findings"))
    if count:
        text = ngettext(
            "one condition is not met. Read the page, then send back.",
            "%(n)s conditions are not met. Read the page, then send back.",
            count,
        )
        return NextStep(text % {"n": count}, "#decision-h", _("Go to your decision"))
    text = _("read the page, then sign or send back. Nothing refuses a signature.")
    return NextStep(text, "#decision-h", _("Go to your decision"))


def not_signed_list(
    material: Material, cases: list[Case], viewer: User, reasons: Sequence[Refusal | NotSignedReason]
) -> NotSignedList:
    """Return every reason as this reader may know it, and all of them as the note that goes back to the author."""
    rows = shown(reasons, material=material, cases=cases, viewer=viewer)
    count = len(rows)
    title = ngettext("Not signed: one condition is not met", "Not signed: %(n)s conditions are not met", count)
    label = ngettext("Send back to %(name)s with this reason", "Send back to %(name)s with these %(n)s reasons", count)
    note = "\n".join(f"{number}. {reason.title} {reason.text}".strip() for number, reason in enumerate(rows, start=1))
    return NotSignedList(
        title=title % {"n": count},
        rows=rows,
        label=label % {"name": material.last_editor, "n": count},
        note=note,
    )


def pass_finding_page(material: Material, finding: LeakFinding, viewer: User, form: PassForm) -> PassFindingPage:
    """Return the page on which one finding is passed, with the finding in words."""
    rows = review_page.finding_rows(material, latest_scan(material), viewer=viewer, may_rule=False)
    found = next((row for row in rows if row.id.endswith(str(finding.pk))), None)
    is_open = finding.ruled_at is None or finding.is_ruled_before
    may_rule = is_open and signs_where_it_is_protected(viewer, finding)
    return PassFindingPage(material, finding, found, may_rule, form)
