"""The mark beside a field of a case that says who may read it outside, in words. It says what composing would do."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.consent_codes import TRUSTED
from casework.disclosing.printed_fields import ways_out
from casework.disclosing.readers import OUTSIDE, Readers
from directory.vocabulary import label

SHAPES = {"inside": "square-full", "nobody": "ring-empty", "some": "ring-half", "each": "ring-full"}


@dataclass(frozen=True)
class OutsideMark:
    """Who may read a field outside (parts/outside.html): nobody, some, each reader, or that it never leaves."""

    state: str
    words: str

    @property
    def shape(self) -> str:
        """Return the shape of the mark beside the words."""
        return SHAPES[self.state]


@dataclass(frozen=True)
class FieldMarks:
    """The marks of one form: of each field by the column that it fills, or by a rule of the form's own."""

    readers: Readers
    column_of: Callable[[str], str]
    own: Mapping[str, Callable[[], OutsideMark]] = field(default_factory=dict)
    unmarked: frozenset[str] = frozenset()

    def of(self, name: str) -> OutsideMark | None:
        """Return the mark of a field; one whose column no paper prints stays inside, and no ledger is read for it."""
        if name in self.unmarked:
            return None
        return self.own[name]() if name in self.own else mark_of(self.column_of(name), self.readers)

    def ask_url(self, names: Iterable[str]) -> str:
        """Return where consent is asked for, if nobody may read one of these fields and nobody was asked yet."""
        case = self.readers.case
        if case is None or not any(self._is_shut(name) for name in names) or not self.readers.is_unasked:
            return ""
        return reverse("casework:consents", args=[case.reference])

    def _is_shut(self, name: str) -> bool:
        mark = self.of(name)
        return mark is not None and mark.state == "nobody"


def inside() -> OutsideMark:
    """Return the mark of what no paper prints."""
    return OutsideMark("inside", _("Stays inside"))


def nobody() -> OutsideMark:
    """Return the mark of what no reader outside may read now."""
    return OutsideMark("nobody", _("Outside: nobody"))


def mark_of(column: str, readers: Readers) -> OutsideMark:
    """Return the mark of a column such as `person.born`: of all ways in which it prints, those that are open."""
    ways = ways_out(column)
    if not ways:
        return inside()
    return mark_for(read_by(column, readers), is_free=not all(ways))


def read_by(column: str, readers: Readers) -> frozenset[str]:
    """Return the audiences that may read a column outside, in one way or another in which it prints."""
    return frozenset[str]().union(*(readers.of(items) for items in ways_out(column)))


def mark_for(audiences: Collection[str], *, is_free: bool = False) -> OutsideMark:
    """Return the mark of what these audiences may read; `is_free` where no consent is asked for it."""
    if is_free:
        return OutsideMark("each", _("Outside: every reader"))
    outside = [code for code in audiences if code != TRUSTED]
    if outside:
        return OutsideMark("some", _("Outside: %(readers)s") % {"readers": in_words(outside)})
    if audiences:
        return OutsideMark("some", _("Outside: trusted recipients, in an emergency"))
    return nobody()


def in_words(audiences: Collection[str]) -> str:
    """Return audiences by their groups, and by their own names where not each of a group is among them."""
    said: list[str] = []
    for title, codes in OUTSIDE:
        among = [code for code in codes if code in audiences]
        said += [str(title)] if len(among) == len(codes) else [label("consent_audience", code) for code in among]
    return ", ".join(said)
