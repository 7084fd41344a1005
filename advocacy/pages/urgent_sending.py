"""What is shown of a notice that was sent, or that was not: the copies, the words to hand over, and every reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.actions import sending
from advocacy.pages.urgent import who_looks
from casework.models import Case
from materials.actions.dispatches import is_authentic
from materials.actions.reviews import NotSignedReason
from materials.models import Copy, Dispatch, Material
from materials.pages import review_page
from materials.pages.refused import RefusalList
from materials.review.refusals import RefusalLine, shown
from materials.views.lookup import Opened
from papers.composing.paper_blocks import PaperWords
from safety import gate


@dataclass(frozen=True)
class SentPage:
    """Which copies left and the words to hand over (advocacy/urgent/sent.html)."""

    case: Case
    material: Material
    dispatch: Dispatch
    who_looks: str
    copies: Sequence[Copy]
    paper: PaperWords | None
    withdrawn: RefusalList | None
    refused: RefusalList | None
    tab: str = "materials"


def sent_page(opened: Opened, viewer: User, dispatch: Dispatch, refused: RefusalList | None = None) -> SentPage:
    """Return what left: the frozen words, only where every record behind them carries our mark."""
    row = opened.material
    forged = gate.Verdict((gate.Refusal("not-authentic", material_id=row.pk),))
    stands = gate.still_open(dispatch) if is_authentic(dispatch) else forged
    return SentPage(
        case=opened.case,
        material=row,
        dispatch=dispatch,
        who_looks=who_looks(opened.cases, row, dispatch) if dispatch.review_due_at else "",
        copies=list(Copy.objects.filter(dispatch=dispatch).select_related("recipient").order_by("number")),
        paper=review_page.shown_paper(dispatch) if stands else None,
        withdrawn=None if stands else _withdrawn(viewer, opened, dispatch, stands),
        refused=refused,
    )


def last_dispatch(material: Material) -> Dispatch | None:
    """Return what left of this notice last."""
    rows = Dispatch.objects.select_related("clearance__review__reviewer", "material").filter(material=material)
    return rows.order_by("-created_at").first()


def refusals_to(
    viewer: User, opened: Opened, verdict: gate.Verdict, title: str, *, leaving: gate.Leaving | None = None
) -> RefusalList:
    """Return the verdict as this viewer may read it."""
    rows = shown(verdict.refusals, material=opened.material, cases=opened.cases, viewer=viewer, leaving=leaving)
    return RefusalList(title, refusal_lines(rows))


def refusal_lines(reasons: Iterable[RefusalLine | NotSignedReason]) -> list[RefusalLine]:
    """Return reasons of the gate and of a signature as lines."""
    return [RefusalLine(row.title, row.text, row.url, row.label) for row in reasons]


def no_recipients(opened: Opened, faults: Sequence[str]) -> RefusalList:
    """Return the faults beside the recipients, and the way to an alarm that names some."""
    url = f"{reverse('advocacy:urgent')}?case={opened.case.reference}#id_recipients"
    label = _("Write a notice that names a recipient")
    return RefusalList(_("Not sent"), [RefusalLine(fault, url=url, label=label) for fault in faults])


def refused_copies(
    viewer: User, opened: Opened, refused: Sequence[sending.RecipientRefused], title: str
) -> RefusalList:
    """Return every reason with the name of the recipient it keeps a copy from; asked once for each kind of recipient."""
    told: dict[tuple[str, tuple[str, ...]], list[RefusalLine]] = {}
    rows = []
    for one in refused:
        key = one.recipient.audience, tuple(getattr(reason, "code", "") for reason in one.reasons)
        if key not in told or not all(key[1]):
            told[key] = _reasons_against(viewer, opened, one)
        rows += [RefusalLine(f"{one.recipient.name}: {row.title}", row.text, row.url, row.label) for row in told[key]]
    return RefusalList(title, rows)


def _withdrawn(viewer: User, opened: Opened, dispatch: Dispatch, verdict: gate.Verdict) -> RefusalList:
    title = _("It is not handed out any more")
    return refusals_to(viewer, opened, verdict, title, leaving=gate.Leaving.of(dispatch))


def _reasons_against(viewer: User, opened: Opened, one: sending.RecipientRefused) -> list[RefusalLine]:
    leaving = gate.Leaving.of(opened.material, recipient_id=one.recipient.pk)
    audience = one.recipient.audience
    found = shown(
        one.reasons, material=opened.material, cases=opened.cases, viewer=viewer, leaving=leaving, audience=audience
    )
    return refusal_lines(found)
