"""What the page of one form of a case shows, whatever the form asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BaseForm
from django.utils.functional import Promise

from accounts.caching.open_forms import OpenElsewhere
from casework.models import Case

Words = str | Promise


@dataclass(frozen=True)
class FormPage:
    """One form with its heading and, where they are given, a lead, another way, and a way to remove what it changes.

    Drawn by casework/evidence/form.html and, for answers of the ledger and wishes, by casework/consent/form.html.
    """

    case: Case
    form: BaseForm
    title: Words
    act_label: Words
    back_url: str
    tab: str = "packet"
    lead: str | None = None
    other_url: str = ""
    other_label: str = ""
    remove_url: str = ""
    remove_label: Words = ""
    history_url: str = ""
    offers_another: bool = False
    others: Sequence[OpenElsewhere] = ()
