"""What the page on which a case is opened shows."""

from dataclasses import dataclass

from casework.forms.cases import OpenCaseForm
from casework.forms.people import NameSet


@dataclass(frozen=True)
class OpenCasePage:
    """What a case needs to exist, with lines for names (casework/open_case.html)."""

    form: OpenCaseForm
    names: NameSet
