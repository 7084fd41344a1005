"""Who the person is and who stands around: sealed until asked for, and each view is recorded."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.faults import take
from accounts.sign_in.requests import SignedInRequest
from audit.trail import record
from casework.access import may, rights_on
from casework.actions import people as people_actions
from casework.actions.versions import SavedMeanwhile
from casework.codenames import gives_away
from casework.dates import in_words
from casework.forms.people import ContactForm, PersonForm, more_names, name_set
from casework.forms.scripts import scripts_in_words
from casework.models import Case, Contact, Person
from casework.pages.rows import SummaryRow
from casework.views.lookup import case_or_404, row_or_404
from casework.views.rows import RowPage, add_page, change_page

CONTACT = RowPage(
    form=ContactForm,
    add_title=gettext_lazy("Add a contact"),
    change_title=gettext_lazy("Change the contact"),
    act=gettext_lazy("Save the contact"),
    saved=gettext_lazy("The contact is saved."),
    remove=gettext_lazy("Remove the contact"),
    home="casework:contacts",
)
OF_A_NAME = ("pk", "version", "value", "script", "kind")
DESCRIBED = (
    "born",
    "gender",
    "nationality",
    "occupation",
    "residence",
    "document_number",
    "health",
    "note",
    "formless_in",
)


@require_GET
def identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show names and description; the fields that were seen stand in the trail."""
    case = case_or_404(request, reference, may="view_identity")
    person = case.persons.present().first()
    names = list(case.names.present().order_by("created_at"))
    rows = [_shown(person, field) for field in DESCRIBED]
    charges = [row for row in case.charges.present().order_by("created_at") if row.case_number or row.judge]
    seen = ["name"] * bool(names) + [field for field in DESCRIBED if person and getattr(person, field)]
    seen += [field for field in ("case_number", "judge") if any(getattr(row, field) for row in charges)]
    record(actor=request.user, verb="casework.identity.viewed", case=case, about=case, fields=seen)
    context = {"case": case, "tab": "packet", "names": names, "rows": rows, "charges": charges}
    context["may_change"] = may(request.user, "change_case", case)
    return render(request, "casework/identity.html", context)


@require_http_methods(["GET", "POST"])
def change_identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write names and description on one page; nothing typed is lost when a line is added or somebody saved first."""
    case = case_or_404(request, reference, may="change_case")
    case_or_404(request, reference, may="view_identity")
    person = case.persons.present().first() or Person(case=case, version=0)
    if request.method == "GET":
        stored = list(case.names.present().order_by("created_at"))
        names = name_set(initial=[{name: getattr(row, name) for name in OF_A_NAME} for row in stored], extra=1)
        record(actor=request.user, verb="casework.identity.viewed", case=case, about=case, fields=["name", *DESCRIBED])
        return _identity_page(request, case, PersonForm(instance=person, case=case), names)
    form = PersonForm(request.POST, instance=person, case=case)
    if "more" in request.POST:
        return _identity_page(request, case, form, more_names(request.POST), is_quiet=True)
    names = name_set(request.POST)
    if not (form.is_valid() and names.is_valid()):
        return _identity_page(request, case, form, names, status=422)
    try:
        people_actions.save_identity(
            actor=request.user, case=case, version=form.opened_version, values=form.values(), names=names.rows()
        )
    except SavedMeanwhile as meanwhile:
        return _identity_conflict(request, case, form, meanwhile.row)
    except ValidationError as refused:
        take(form, refused)
        return _identity_page(request, case, form, names, status=422)
    messages.success(request, _("The identity is saved, and sealed."))
    warn_of_codename(request, case)
    return redirect("casework:case", case.reference)


@require_GET
def contacts(request: SignedInRequest, reference: str) -> HttpResponse:
    """List the people around the prisoner."""
    case = case_or_404(request, reference, may="view_identity")
    rows = list(case.contacts.present().order_by("kind", "created_at"))
    if rows:
        record(
            actor=request.user,
            verb="casework.contact.viewed",
            case=case,
            about=case,
            fields=["name", "relation"],
            rows=len(rows),
        )
    context = {
        "case": case,
        "tab": "packet",
        "rows": rows,
        "may_change": "change_case" in rights_on(request.user, case),
    }
    return render(request, "casework/contacts.html", context)


@require_GET
def contact(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Show one contact with every field."""
    row = row_or_404(Contact, request, reference, pk, may="view_identity")
    fields = [name for name in ContactForm.Meta.fields if getattr(row, name)]
    record(actor=request.user, verb="casework.contact.viewed", case=row.case, about=row, fields=fields)
    shown = [
        {"label": capfirst(Contact._meta.get_field(name).verbose_name), "value": _value(row, name), "is_typed": True}
        for name in fields
    ]
    context = {"case": row.case, "tab": "packet", "row": row, "rows": shown}
    context["may_change"] = may(request.user, "change_case", row.case)
    return render(request, "casework/contact.html", context)


@require_http_methods(["GET", "POST"])
def add_contact(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add somebody around the prisoner."""
    case = case_or_404(request, reference, may="change_case")
    form = ContactForm(request.POST or None, case=case)

    def add() -> Contact:
        row = people_actions.add_contact(actor=request.user, case=case, values=form.values())
        warn_of_codename(request, case)
        return row

    return add_page(request, case, CONTACT, form, add)


@require_http_methods(["GET", "POST"])
def change_contact(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change a contact; opening the form is a view of it, and recorded."""
    row = row_or_404(Contact, request, reference, pk, may="view_identity")
    if request.method == "GET" and may(request.user, "change_case", row.case):
        record(
            actor=request.user, verb="casework.contact.viewed", case=row.case, about=row, fields=ContactForm.Meta.fields
        )
    return change_page(request, reference, pk, CONTACT, people_actions.change_contact)


def warn_of_codename(request: SignedInRequest, case: Case) -> None:
    """Say so when the codename holds something that the packet now seals."""
    if gives_away(case):
        messages.warning(
            request, _("The codename now gives something away. Choose another one under “Change the case”.")
        )


def _identity_page(
    request: SignedInRequest,
    case: Case,
    form: Any,
    names: Any,
    *,
    status: int = 200,
    is_quiet: bool = False,
    **context: Any,
) -> HttpResponse:
    if is_quiet:
        form.errors.clear()
    context |= {"case": case, "tab": "packet", "form": form, "names": names}
    context["back_url"] = reverse("casework:case", args=[case.reference])
    return render(request, "casework/change_identity.html", context, status=status)


def _identity_conflict(request: SignedInRequest, case: Case, form: Any, saved: Any) -> HttpResponse:
    """Show what a colleague saved beside what was typed; the versions now sent are those on the page."""
    data = request.POST.copy()
    person = case.persons.present().first()
    data["version"] = str(person.version if person else 0)
    stored = list(case.names.present().order_by("created_at"))
    versions = {str(row.pk): row.version for row in stored}
    for number in range(int(data.get("names-TOTAL_FORMS", 0))):
        key = data.get(f"names-{number}-pk")
        if key in versions:
            data[f"names-{number}-version"] = str(versions[key])
    rows = [SummaryRow(_("Name"), row.value, is_typed=True) for row in stored]
    rows += [_shown(person, field) for field in DESCRIBED]
    fresh = PersonForm(data, instance=person or Person(case=case, version=0), case=case)
    return _identity_page(request, case, fresh, name_set(data), status=409, is_quiet=True, rows=rows)


def _shown(person: Person | None, field: str) -> SummaryRow:
    value = getattr(person, field) if person else ""
    words = in_words(value) if field == "born" and value else value
    words = scripts_in_words(value) if field == "formless_in" and value else words
    label = capfirst(Person._meta.get_field(field).verbose_name)
    return SummaryRow(label, words or _("Not written down"), is_typed=bool(words))


def _value(row: Any, name: str) -> Any:
    if name == "formless_in":
        return scripts_in_words(row.formless_in or "")
    return row.get_kind_display() if name == "kind" else getattr(row, name)
