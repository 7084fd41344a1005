"""The pages of a material: the list, the one page, writing, editing, and what somebody saved meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.caching.open_forms import OpenElsewhere
from accounts.models import User
from casework.access import may, rights_on
from casework.models import Case
from casework.pages.fitting_papers import FittingPapers, papers_that_fit
from casework.pages.rows import NextStep
from directory.vocabulary import label
from materials.actions import dispatches, exceptions, public_pages
from materials.asks_used import needs_a_look
from materials.disclosures import items_of
from materials.forms.materials import EditMaterialForm, NewMaterialForm
from materials.leaving import page_expiry
from materials.models import Copy, Material, PublicPage
from materials.pages import review_page
from materials.pages.before_sending import BeforeSending, before_sending
from materials.pages.changed_facts import ChangedFacts, changed_facts_of
from materials.pages.refused import RefusalList
from materials.pages.review_page.changes import Changes
from materials.pages.review_page.evidence import ConsentRow, ReviewedClaimRow
from materials.pages.review_page.left_out import LeftOutList
from materials.review.readiness import naming_of, references_without_position, why_not_ready
from materials.review.refusals import RefusalLine, a_signer_looks_first
from materials.review.sendable import why_not_sendable
from materials.text_as_read import parts_as_read
from papers.composing.naming import Naming
from papers.composing.paper_blocks import PaperWords
from papers.kinds import registry
from safety.leaks import latest_scan, third_persons
from safety.leaks.terms import opened_by_consent
from safety.models import Clearance, Review

SHOWN = 50
UNSENT = frozenset({Material.Status.DRAFT, Material.Status.SENT_BACK})


@dataclass(frozen=True)
class MaterialsPage:
    """The materials of a case (materials/materials/list.html)."""

    case: Case
    materials: list[Material]
    may_write: bool
    may_dispatch: bool
    fitting: FittingPapers
    status_label: str
    tab: str = "materials"


@dataclass(frozen=True)
class NewMaterialPage:
    """Which text, for whom (materials/materials/new.html)."""

    case: Case
    form: NewMaterialForm
    status_label: str
    """The status of a person who is not held any more; empty for everybody else."""
    waits_for_a_signer: bool
    tab: str = "materials"


@dataclass(frozen=True)
class ComposeAgainPage:
    """Ask before edited words are replaced (materials/materials/compose_again.html)."""

    case: Case
    material: Material
    tab: str = "materials"


@dataclass(frozen=True)
class EditMaterialPage:
    """The words in their boxes, beside what is known (materials/materials/edit.html)."""

    case: Case
    material: Material
    form: EditMaterialForm
    withheld: LeftOutList
    claims: list[ReviewedClaimRow]
    tab: str = "materials"
    others: Sequence[OpenElsewhere] = ()


@dataclass(frozen=True)
class ShownPublicPage:
    """A public page, whether a stranger may read it now, and whether what it rests on ends."""

    page: PublicPage
    is_read: bool
    runs_out: bool


@dataclass(frozen=True)
class MaterialWords:
    """The words and what is known of them, for those who may read them."""

    paper: PaperWords
    is_chosen: bool
    """Whether its author chooses and orders what it prints."""
    withheld: LeftOutList
    claims: list[ReviewedClaimRow]
    consents: list[ConsentRow]
    changes: Changes | None
    not_ready: list[str]
    before: BeforeSending | None
    others: list[str]
    without_position: list[str]
    waits_for_a_signer: list[RefusalLine]
    sent_back: Review | None


@dataclass(frozen=True)
class MaterialPage:
    """One material beside what is known of it (materials/materials/material.html)."""

    case: Case
    material: Material
    cases: list[Case]
    rights: frozenset[str]
    words: MaterialWords | None
    clearance: Clearance | None
    copies: list[Copy]
    pages: list[ShownPublicPage]
    is_down: bool
    is_critical: bool
    changed: ChangedFacts
    may_edit: bool
    next: NextStep | None
    refused: RefusalList | None
    naming: str = ""
    """How the text speaks of the person, where it was chosen to name nobody."""
    tab: str = "materials"


def materials_page(case: Case, viewer: User) -> MaterialsPage:
    """Return what is written about a case; one about a further case that the reader may not see is not there."""
    rows = Material.objects.visible_to(viewer).filter(cases=case).select_related("author").prefetch_related("copies")
    rights = rights_on(viewer, case)
    return MaterialsPage(
        case,
        list(rows.order_by("-edited_at")[:SHOWN]),
        may_write="write_material" in rights,
        may_dispatch="dispatch" in rights,
        fitting=papers_that_fit(case, viewer),
        status_label=label("detention_status", case.status),
    )


def new_material_page(case: Case, form: NewMaterialForm, viewer: User) -> NewMaterialPage:
    """Return the question which text, for whom; where the person is not held any more it says so.

    To whoever does not sign on the case it says that a signer looks first, whether or not another case stands behind it.
    """
    status = label("detention_status", case.status) if needs_a_look([case]) else ""
    return NewMaterialPage(case, form, status_label=status, waits_for_a_signer=not may(viewer, "sign_review", case))


def edit_page(material: Material, cases: list[Case], form: EditMaterialForm) -> EditMaterialPage:
    """Return the page on which the words are edited."""
    return EditMaterialPage(
        case=cases[0],
        material=material,
        form=form,
        withheld=review_page.left_out_of(material),
        claims=review_page.claim_rows(material, cases),
    )


def material_page(
    material: Material,
    cases: list[Case],
    rights: frozenset[str],
    viewer: User,
    *,
    may_read: bool,
    refused: RefusalList | None = None,
) -> MaterialPage:
    """Return the page for this reader. Whoever calls this has noted that the words are read."""
    words = _words(material, cases, viewer) if may_read else None
    changed = changed_facts_of(material, viewer, rights)
    public = shown_public_pages(material)
    standing = review_page.Standing(
        material=material,
        rights=rights,
        is_cleared=(clearance := dispatches.clearance_of(material)) is not None,
        may_edit="write_material" in rights and material.status != Material.Status.IN_REVIEW,
        is_stale=bool(changed.rows),
        is_unready=words is not None and bool(words.not_ready),
    )
    return MaterialPage(
        case=cases[0],
        material=material,
        cases=cases,
        rights=rights,
        words=words,
        clearance=clearance,
        copies=_copies(material) if "dispatch" in rights else [],
        pages=public,
        is_down=material.status == Material.Status.PUBLISHED and all(one.page.taken_down_at for one in public),
        is_critical=material.level == "full" and bool(exceptions.critical_cases(material)),
        changed=changed,
        may_edit=standing.may_edit,
        next=review_page.review_next_step(standing, viewer),
        refused=refused,
        naming=_naming(material),
    )


def _naming(material: Material) -> str:
    chosen = naming_of(material)
    return "" if chosen == Naming.NAMED else str(Naming(chosen).label)


def _words(material: Material, cases: list[Case], viewer: User) -> MaterialWords:
    back = Review.objects.filter(material_id=material.pk, verdict="sent_back").select_related("reviewer")
    claims, consents = review_page.claim_rows(material, cases), review_page.consent_rows(material, cases)
    is_unsent = material.status in UNSENT
    not_ready = [*why_not_ready(material), *why_not_sendable(material)] if is_unsent else []
    return MaterialWords(
        paper=review_page.shown_paper(material, latest_scan(material)),
        is_chosen=bool(registry.find(material.kind).chosen),
        withheld=review_page.left_out_of(material),
        claims=claims,
        consents=consents,
        changes=review_page.changes_since(material),
        not_ready=not_ready,
        before=before_sending(material, cases, viewer, claims=claims, consents=consents, not_ready=not_ready)
        if is_unsent
        else None,
        others=_others(material, cases) if material.status in UNSENT else [],
        without_position=references_without_position(material),
        waits_for_a_signer=a_signer_looks_first(material, cases=cases, viewer=viewer)
        if material.status in UNSENT
        else [],
        sent_back=back.order_by("-signed_at").first(),
    )


def _others(material: Material, cases: list[Case]) -> list[str]:
    """Return the names of other people that the leak scan will ask about."""
    by_right = third_persons.by_right(material)
    if by_right is None:
        return []
    opened = opened_by_consent(cases, material, {key: set(items) for key, items in items_of(material).items()})
    parts = parts_as_read(material.title, material.body)
    known = third_persons.known_in(cases, opened, by_right)
    return [row.words for row in third_persons.others_in(parts, known).named]


def _copies(material: Material) -> list[Copy]:
    return list(material.copies.select_related("dispatch", "created_by").order_by("number"))


def shown_public_pages(material: Material) -> list[ShownPublicPage]:
    """Return the public pages of a material, newest first, each with whether a stranger may read it now."""
    found = PublicPage.objects.filter(dispatch__material=material).select_related(
        "dispatch__clearance__review", "dispatch__material", "taken_down_by", "down_reviewed_by"
    )
    return list(_with_standing(found.order_by("-published_at")))


def _with_standing(pages: Iterable[PublicPage]) -> Iterable[ShownPublicPage]:
    now = timezone.now()
    for page in pages:
        is_read = public_pages.may_be_read(page)
        yield ShownPublicPage(page, is_read, runs_out=is_read and page_expiry.is_running_out(page, now=now))
