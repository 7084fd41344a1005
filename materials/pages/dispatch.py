"""The pages of numbered copies: naming who gets one, one copy, and why one is not served any more."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from casework.models import Case
from directory.models import Actor, Channel
from materials.actions import dispatches
from materials.forms.dispatches import DispatchForm, HandedOverForm
from materials.leaving.addressees import waiting_channels
from materials.models import Copy, Material
from materials.pages.refused import RefusalList, refusal_list
from safety import gate
from safety.models import Clearance
from work.models import Job


@dataclass(frozen=True)
class DispatchPage:
    """Who gets a copy, and why none was made (materials/dispatches/dispatch.html)."""

    case: Case
    material: Material
    form: DispatchForm
    clearance: Clearance | None
    refused: RefusalList | None
    not_yet: Sequence[Channel]
    """Who would fit, by channels that nobody else has verified lately: no copy goes there before."""
    tab: str = "materials"


@dataclass(frozen=True)
class CopyPage:
    """One numbered copy and its last job (materials/dispatches/copy.html)."""

    case: Case
    copy: Copy
    material: Material
    is_printed: bool
    fingerprint: str
    job: Job | None
    entry: Actor | None
    """The entry of the directory that it is for; None for a trusted recipient."""
    tab: str = "materials"


@dataclass(frozen=True)
class HandedOverPage:
    """On which day a copy was handed over (materials/dispatches/handed_over.html)."""

    case: Case
    copy: Copy
    form: HandedOverForm
    tab: str = "materials"


@dataclass(frozen=True)
class CopyRefusedPage:
    """Why a copy is not served any more, and the way back (materials/dispatches/refused.html)."""

    case: Case
    refused: RefusalList
    back_url: str
    tab: str = "materials"


def dispatch_page(
    material: Material, case: Case, form: DispatchForm, refused: RefusalList | None = None
) -> DispatchPage:
    """Return the page on which somebody is named for a copy, with what refused it."""
    clearance = dispatches.clearance_of(material)
    return DispatchPage(case, material, form, clearance, refused, not_yet=waiting_channels(material))


def copy_page(copy: Copy, viewer: User) -> CopyPage:
    """Return the page of one copy, with the last job on it that this reader may see."""
    return CopyPage(
        case=_cases(copy)[0],
        copy=copy,
        material=copy.material,
        is_printed=bool(copy.file_mac),
        fingerprint=hashlib.sha256(copy.file).hexdigest() if copy.file else "",
        job=Job.objects.of(viewer).filter(about_id=copy.pk).order_by("-made_at").first(),
        entry=copy.sent_to.entry if copy.sent_to else None,
    )


def handed_over_page(copy: Copy, form: HandedOverForm) -> HandedOverPage:
    """Return the page on which somebody records that a copy was handed over."""
    return HandedOverPage(_cases(copy)[0], copy, form)


def copy_refused_page(copy: Copy, verdict: gate.Verdict, title: str, viewer: User) -> CopyRefusedPage:
    """Return the page that lists every reason why this copy is not served."""
    cases = _cases(copy)
    leaving = gate.Leaving.of(copy.dispatch)
    refused = refusal_list(verdict, title, material=copy.material, cases=cases, viewer=viewer, leaving=leaving)
    return CopyRefusedPage(cases[0], refused, back_url=reverse("materials:copy", args=[copy.pk]))


def _cases(copy: Copy) -> list[Case]:
    return sorted(copy.material.cases.select_related("lead"), key=lambda case: str(case.pk))
