"""The packet as one paper for a meeting inside: the story in its order, every row of it, and what is not known yet."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case, Name, Person
from casework.pages.rows import SummaryRow
from directory.dates.told import shown
from packet.pages.missing import blank_in_order
from packet.pages.rows import StoryRow
from packet.pages.story import StoryAsked, StoryPage, story_of

DESCRIBED = (
    "born",
    "gender",
    "nationality",
    "occupation",
)  # health, papers and address stay on the page of the identity


@dataclass(frozen=True)
class PrintedPage:
    """The paper (packet/printed.html). `identity` holds who the person is, where it was asked for and recorded."""

    case: Case
    story: StoryPage
    identity: Sequence[SummaryRow]
    open_questions: Sequence[str]
    printed_by: str
    printed_on: dt.datetime
    may_identify: bool
    own_rights: frozenset[str]
    tab: str = "packet"


def printed_page(case: Case, user: User, rights: frozenset[str], identity: Sequence[SummaryRow] = ()) -> PrintedPage:
    """Return the paper for this reader, with nothing to press on it."""
    built = story_of(case, user, frozenset({"view_case"}))
    story = built.page(StoryAsked(is_whole=True))
    return PrintedPage(
        case=case,
        story=replace(
            story,
            who=_answered(story.who[1:] if identity else story.who),  # the first line says how the name is sealed
            detention=replace(story.detention, rows=_answered(story.detention.rows)),
            circumstances=_answered(story.circumstances),
            law=_answered(story.law),
        ),
        identity=identity,
        open_questions=[line.question.label for line in blank_in_order(built.lines)],
        printed_by=str(user),
        printed_on=timezone.now(),
        may_identify="view_identity" in rights,
        own_rights=rights,
    )


def identity_printed(person: Person | None, names: Iterable[Name]) -> tuple[list[SummaryRow], list[str]]:
    """Return who the person is, line by line, and the fields that this shows. Whoever calls this records them."""
    written = list(names)
    rows = [SummaryRow(_("Name"), row.value or "", is_typed=True) for row in written]
    fields = ["name"] if written else []
    for field in DESCRIBED:
        if person and (value := getattr(person, field)):
            label = capfirst(Person._meta.get_field(field).verbose_name)
            rows.append(SummaryRow(label, shown(value) if field == "born" else value, is_typed=True))
            fields.append(field)
    return rows, fields


def _answered(rows: Iterable[StoryRow]) -> list[StoryRow]:
    """Return the lines that say something; what is blank stands in one sentence at the end."""
    return [replace(row, url="") for row in rows if row.state != "unasked"]
