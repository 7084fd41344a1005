"""The page on which somebody says that no statement by the authorities is known."""

from dataclasses import dataclass

from casework.forms.no_statement import NoStatementForm
from casework.models import Case, NoStatement
from directory.dates import in_words


@dataclass(frozen=True)
class NoStatementPage:
    """What was said, by whom, and the question (casework/no_statement.html)."""

    case: Case
    form: NoStatementForm
    said: NoStatement | None
    as_of: str
    tab: str = "materials"


def no_statement_page(case: Case, form: NoStatementForm) -> NoStatementPage:
    """Return the page with what stands now, if somebody said so."""
    said = NoStatement.objects.present().filter(case=case).select_related("created_by").first()
    return NoStatementPage(case, form, said, as_of=in_words(said.as_of) if said else "")
