"""A form of a case that says beside each of its fields who may read it outside."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, ClassVar

from casework.disclosing.marks import FieldMarks, OutsideMark
from casework.disclosing.readers import Readers


class MarkedForm:
    """Marks by the consent of the form's case; the ledger is read when a mark is drawn that needs it, once a form."""

    table: ClassVar[str] = ""
    """The model that the fields fill, where they are called as its columns."""
    columns: ClassVar[Mapping[str, str]] = {}
    """The column that a field fills, where it is not called like it, such as `case.status`."""

    unmarked: ClassVar[frozenset[str]] = frozenset()
    """Fields that choose among things and hold nothing themselves."""

    def column_of(self, name: str) -> str:
        """Return the column that a field fills, such as `person.born`."""
        return self.columns.get(name) or f"{self.table}.{name}"

    def own_marks(self) -> Mapping[str, Callable[[], OutsideMark]]:
        """Return the fields of which a column does not say it all, each with what says it."""
        return {}

    is_alone = False
    """Whether a row of a table is drawn by itself, where no line of the table says who may read it outside."""

    @cached_property
    def readers(self) -> Readers:
        """Return who may read what of the case; a page with several forms gives each the same."""
        return Readers(getattr(self, "case", None))

    @cached_property
    def outside(self) -> FieldMarks | None:
        """Return the mark of each field; None where none stands beside a field."""
        return FieldMarks(self.readers, self.column_of, self.own_marks(), self.unmarked)

    def place_of_mark(self, name: str, auto_id: str) -> str:
        """Return the id of the words that say who may read a field outside, which are part of its description."""
        return f"{auto_id}_outside" if auto_id and name not in self.unmarked else ""

    @property
    def ask_url(self) -> str:
        """Return where consent is asked for, where a field prints by consent and nobody was asked yet."""
        form: Any = self
        return self.outside.ask_url(form.fields) if self.outside else ""
