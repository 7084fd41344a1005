"""From rows to papers: the frozen text of a dispatch, the present text of a draft, and the line of a copy."""

import datetime as dt
from typing import Any

from django.utils import timezone

from papers.kinds import registry
from papers.pdf.paper import CopyLine, Text


def text_of(row: Any) -> Text:
    """Return the frozen words of a dispatch; the facts are those of the day on which it was cleared."""
    material = row.material
    return _text(material, row.language, row.title, row.body, row.revision, row.clearance.granted_at)


def draft_of(material: Any) -> Text:
    """Return the words of a material as they are now."""
    return _text(material, material.language, material.title, material.body, material.revision, material.edited_at)


def _text(material: Any, language: str, title: str | None, body: Any, revision: int, facts_at: dt.datetime) -> Text:
    return Text(material.kind, language, title or "", body or [], revision, timezone.localdate(facts_at))


def line_of(copy: Any) -> CopyLine:
    """Return the numbers of a copy, for whom it is, and until when it may be used."""
    used_for = registry.find(copy.material.kind).used_for
    until = copy.material.stop_on or timezone.localdate(copy.created_at + used_for)
    return CopyLine(copy.number, copy.recipient_name or "", copy.paper_number, until)
