"""What the pages of the identity and of the people around show. Whoever calls this has recorded the look."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.caching.open_forms import OpenElsewhere
from casework.forms.people import NameSet, PersonForm
from casework.forms.scripts import scripts_in_words
from casework.models import Case, Charge, Contact, Name, Person
from casework.pages.rows import SummaryRow
from directory.compared import ComparedAnswer, differing, of_lists
from directory.dates.told import shown

DESCRIBED = (
    "born",
    "gender",
    "spoken_of",
    "nationality",
    "occupation",
    "residence",
    "document_number",
    "health",
    "note",
    "formless_in",
)


@dataclass(frozen=True)
class IdentityPage:
    """Who the person is: names, description, and what charges say that names them (casework/identity.html)."""

    case: Case
    names: Sequence[Name]
    rows: Sequence[SummaryRow]
    charges: Sequence[Charge]
    may_change: bool
    person_pk: uuid.UUID | None = None
    tab: str = "packet"


@dataclass(frozen=True)
class ChangeIdentityPage:
    """The form of names and description, beside what somebody else saved meanwhile (casework/change_identity.html)."""

    case: Case
    form: PersonForm
    names: NameSet
    back_url: str
    rows: Sequence[ComparedAnswer] = ()
    differing: Sequence[ComparedAnswer] = ()
    meanwhile: str = ""
    tab: str = "packet"
    others: Sequence[OpenElsewhere] = ()


@dataclass(frozen=True)
class ContactsPage:
    """The people around the prisoner (casework/contacts.html)."""

    case: Case
    rows: Sequence[Contact]
    may_add: bool
    tab: str = "packet"


@dataclass(frozen=True)
class ContactPage:
    """One of them with every field that says something (casework/contact.html)."""

    case: Case
    row: Contact
    rows: Sequence[SummaryRow]
    may_change: bool
    tab: str = "packet"


def identity_page(
    case: Case, person: Person | None, names: Sequence[Name], charges: Sequence[Charge], *, may_change: bool
) -> IdentityPage:
    """Return who the person is."""
    rows = [_described(person, field) for field in DESCRIBED]
    return IdentityPage(case, names, rows, charges, may_change, person.pk if person else None)


def change_identity_page(
    case: Case, form: PersonForm, names: NameSet, *, saved: Sequence[ComparedAnswer] = (), meanwhile: str = ""
) -> ChangeIdentityPage:
    """Return the form with its lines of names; `saved` is what a colleague stored first, `meanwhile` says who and when."""
    back = reverse("casework:case", args=[case.reference])
    marked = names.read_by(form.readers)
    return ChangeIdentityPage(case, form, marked, back, saved, differing(saved), meanwhile)


def names_compared(stored: Sequence[Name], typed: NameSet) -> ComparedAnswer:
    """Return the names that are stored now beside those that were typed, each with its script and kind."""
    lines = typed.rows() if typed.is_valid() else []
    kept = [_name_in_words(row["value"], row["script"], row["kind"]) for row in lines if not row.get("remove")]
    return of_lists(_("Names"), [_name_in_words(row.value, row.script, row.kind) for row in stored], kept)


def _name_in_words(value: str | None, script: str, kind: str) -> str:
    words = {"name": value or "", "script": Name.Script(script).label, "kind": Name.Kind(kind).label}
    return _("%(name)s (%(script)s, %(kind)s)") % words


def contact_page(row: Contact, fields: Sequence[str], *, may_change: bool) -> ContactPage:
    """Return one contact with these fields."""
    shown = [
        SummaryRow(capfirst(Contact._meta.get_field(name).verbose_name), _value(row, name), is_typed=True)
        for name in fields
    ]
    return ContactPage(row.case, row, shown, may_change)


def _described(person: Person | None, field: str) -> SummaryRow:
    value = getattr(person, field) if person else ""
    words = shown(value) if field == "born" and value else value
    words = str(dict(Person.SpokenOf.choices).get(value, value)) if field == "spoken_of" and value else words
    words = scripts_in_words(value) if field == "formless_in" and value else words
    label = capfirst(Person._meta.get_field(field).verbose_name)
    return SummaryRow(label, words or _("Not written down"), is_typed=bool(words))


def _value(row: Contact, name: str) -> str:
    if name == "formless_in":
        return scripts_in_words(row.formless_in or "")
    return str(row.get_kind_display() if name == "kind" else getattr(row, name))
