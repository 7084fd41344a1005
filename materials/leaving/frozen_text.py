"""From rows to papers: the frozen text of a dispatch, the present text of a draft, and the line of a copy."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from directory.models import OfficeIdentity, OfficeLogo
from papers.kinds import registry
from papers.letterhead import Letterhead, Logo
from papers.pdf.paper import CopyLine, Text


def text_of(row: Any) -> Text:
    """Return the frozen words of a dispatch, its facts of the day it was cleared, its letterhead of the day it was made."""
    made = _text(row.material, row.language, row.title, row.body, row.revision, row.clearance.granted_at)
    return replace(made, letterhead=letterhead_of(row.material.kind, row.created_at))


def draft_of(material: Any) -> Text:
    """Return the words of a material as they are now."""
    made = _text(material, material.language, material.title, material.body, material.revision, material.edited_at)
    return replace(made, letterhead=letterhead_of(material.kind))


def letterhead_of(kind: str, at: dt.datetime | None = None) -> Letterhead | None:
    """Return who the office was then, else is now, with its logo; a kind without a contact has no letterhead."""
    office = OfficeIdentity.at(at) if registry.find(kind).contact else None
    if office is None:
        return None
    address = tuple(filter(None, map(str.strip, (office.address or "").splitlines())))
    return Letterhead(office.name or "", address, _logo(at))


def _logo(at: dt.datetime | None) -> Logo | None:
    row = OfficeLogo.at(at)
    return Logo(row.png, row.width, row.height, reverse("directory:logo_picture", args=[row.pk])) if row else None


def _text(material: Any, language: str, title: str | None, body: Any, revision: int, facts_at: dt.datetime) -> Text:
    return Text(material.kind, language, title or "", body or [], revision, timezone.localdate(facts_at))


def line_of(copy: Any) -> CopyLine:
    """Return the numbers of a copy, for whom it is, and until when it may be used."""
    used_for = registry.find(copy.material.kind).used_for
    until = copy.material.stop_on or timezone.localdate(copy.created_at + used_for)
    return CopyLine(copy.number, copy.recipient_name or "", copy.paper_number, until)
