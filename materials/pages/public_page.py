"""The pages around a public page: before it is published, its second look, and what a stranger reads."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.models import Case, FamilyTold
from directory.dates import relative_time
from materials.actions import public_pages
from materials.forms.dispatches import PublishForm, TakenDownForm
from materials.models import Dispatch, Material, PageShortening, PublicPage
from materials.pages.refused import RefusalList
from papers.composing.paper_blocks import PaperWords, paper_words


@dataclass(frozen=True)
class PublishPage:
    """What to know before something becomes public (materials/public_pages/publish.html)."""

    case: Case
    material: Material
    facts: list[str]
    form: PublishForm
    refused: RefusalList | None


@dataclass(frozen=True)
class TakenDownRow:
    """A page that one person took down, and by how much the second look is late."""

    page: PublicPage
    late: str


@dataclass(frozen=True)
class ShortenedRow:
    """An act that shortened a page, and by how much the second look is late."""

    act: PageShortening
    late: str


@dataclass(frozen=True)
class TakenDownPage:
    """The second look at what was taken down or shortened (materials/public_pages/taken_down.html)."""

    case: Case
    material: Material
    rows: list[TakenDownRow]
    short: list[ShortenedRow]
    form: TakenDownForm
    tab: str = "materials"


@dataclass(frozen=True)
class PublishedText:
    """What supporters read, without marks, references or names of ours (materials/public_pages/page.html)."""

    title: str
    paper: PaperWords


def publish_page(
    material: Material,
    case: Case,
    told: dict[uuid.UUID, FamilyTold],
    form: PublishForm,
    refused: RefusalList | None = None,
) -> PublishPage:
    """Return the page that makes somebody stop for a moment: who was told, what is named, when it ends."""
    notes = told.values()
    facts = [
        _("The family was told on %(day)s, noted by %(name)s.")
        % {"day": date_format(note.told_at, "j F"), "name": note.told_by}
        for note in notes
        if not note.is_nobody_to_tell
    ]
    facts += [
        _("There is nobody to tell, noted by %(name)s.") % {"name": note.told_by}
        for note in notes
        if note.is_nobody_to_tell
    ]
    names = material.item_uses.filter(revision=material.revision, item="CI_NAME").exists()
    facts.append(_("The name is in the text.") if names else _("The name is not in the text."))
    if material.stop_on:
        facts.append(_("It asks people to stop after %(day)s.") % {"day": date_format(material.stop_on, "j F Y")})
    return PublishPage(case, material, facts, form, refused)


def taken_down_page(material: Material, case: Case, form: TakenDownForm) -> TakenDownPage | None:
    """Return the page of the second look; None where nothing waits for one."""
    rows = public_pages.waits_for_a_look(material).select_related("taken_down_by", "dispatch")
    short = public_pages.shortened(material).select_related("shortened_by", "page__dispatch")
    if not rows and not short:
        return None
    return TakenDownPage(
        case=case,
        material=material,
        rows=[TakenDownRow(page, _late(page.down_review_due_at)) for page in rows],
        short=[ShortenedRow(act, _late(act.review_due_at)) for act in short],
        form=form,
    )


def published_text(dispatch: Dispatch) -> PublishedText:
    """Return the frozen text as strangers read it."""
    paper = paper_words(dispatch.material.kind, dispatch.language, dispatch.title, dispatch.body)
    return PublishedText(dispatch.title, paper)


def _late(due_at: dt.datetime | None) -> str:
    """Return by how much the second look is late; empty while there is time."""
    now = timezone.now()
    return relative_time.late_words(due_at, now=now) if due_at and due_at <= now else ""
