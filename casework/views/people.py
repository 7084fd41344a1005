"""Who the person is and who stands around: sealed until asked for, and each view is recorded."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.caching.open_forms import note_left, note_open
from accounts.forms.doubles import Double
from accounts.forms.together import Together
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from audit.trail import record
from casework.access import may, rights_on
from casework.access.own_rows import right_over, right_to_add
from casework.actions import people as people_actions
from casework.actions.versions import SavedMeanwhile
from casework.codenames import gives_away
from casework.forms.people import ContactForm, NameSet, PersonForm, more_names, name_set
from casework.models import Case, Contact, Name, Person
from casework.pages.conflict import conflict_rows, meanwhile
from casework.pages.doubles import double_of_contact, double_of_name
from casework.pages.people import (
    DESCRIBED,
    ContactsPage,
    change_identity_page,
    contact_page,
    identity_page,
    names_compared,
)
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


@leads_back_here
@require_GET
def identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show names and description; the fields that were seen stand in the trail."""
    case = case_or_404(request, reference, may="view_identity")
    person = case.persons.present().first()
    names = list(case.names.present().order_by("created_at"))
    charges = [row for row in case.charges.present().order_by("created_at") if row.case_number or row.judge]
    seen = ["name"] * bool(names) + [field for field in DESCRIBED if person and getattr(person, field)]
    seen += [field for field in ("case_number", "judge") if any(getattr(row, field) for row in charges)]
    record(actor=request.user, verb="casework.identity.viewed", case=case, about=case, fields=seen)
    page = identity_page(case, person, names, charges, may_change=may(request.user, "change_case", case))
    return render(request, "casework/identity.html", vars(page))


@require_http_methods(["GET", "POST"])
def change_identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write names and description on one page; nothing typed is lost when a line is added or somebody saved first."""
    case = case_or_404(request, reference, may="change_case")
    case_or_404(request, reference, may="view_identity")
    person = case.persons.present().first() or Person(case=case, version=0)
    if request.method == "GET":
        return _open_identity(request, case, person)
    form = PersonForm(request.POST, instance=person, case=case)
    if "more" in request.POST:
        return _identity_page(request, case, _unfaulted(form), more_names(request.POST))
    names = name_set(request.POST)
    return _save_identity(request, case, form, names)


@leads_back_here
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
    page = ContactsPage(case, rows, may_add=right_to_add(Contact) in rights_on(request.user, case))
    return render(request, "casework/contacts.html", vars(page))


@leads_back_here
@require_GET
def contact(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Show one contact with every field."""
    row = row_or_404(Contact, request, reference, pk, may="view_identity")
    fields = [name for name in ContactForm.Meta.fields if getattr(row, name)]
    record(actor=request.user, verb="casework.contact.viewed", case=row.case, about=row, fields=fields)
    page = contact_page(row, fields, may_change=may(request.user, right_over(request.user, row), row.case))
    return render(request, "casework/contact.html", vars(page))


@require_http_methods(["GET", "POST"])
def add_contact(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add somebody around the prisoner."""
    case = case_or_404(request, reference, may=right_to_add(Contact))
    form = ContactForm(request.POST or None, case=case)

    def add() -> Contact:
        row = people_actions.add_contact(actor=request.user, case=case, values=form.values())
        warn_of_codename(request, case)
        return row

    def double() -> Double | None:
        return double_of_contact(case, request.user, form.values()["name"])

    return add_page(request, case, CONTACT, form, add, double)


@require_http_methods(["GET", "POST"])
def change_contact(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change a contact; opening the form is a view of it, and recorded."""
    row = row_or_404(Contact, request, reference, pk, may="view_identity")
    if request.method == "GET" and may(request.user, right_over(request.user, row), row.case):
        record(
            actor=request.user, verb="casework.contact.viewed", case=row.case, about=row, fields=ContactForm.Meta.fields
        )
    return change_page(request, reference, pk, CONTACT, people_actions.change_contact)


def warn_of_codename(request: SignedInRequest, case: Case) -> None:
    """Say so when the codename holds something that the packet now seals."""
    if gives_away(case):
        messages.warning(request, _("The codename now gives something away. Draw another one under “Change the case”."))


def _open_identity(request: SignedInRequest, case: Case, person: Person) -> HttpResponse:
    stored = list(case.names.present().order_by("created_at"))
    names = name_set(initial=[{name: getattr(row, name) for name in OF_A_NAME} for row in stored], extra=1)
    record(actor=request.user, verb="casework.identity.viewed", case=case, about=case, fields=["name", *DESCRIBED])
    return _identity_page(request, case, PersonForm(instance=person, case=case), names)


def _save_identity(request: SignedInRequest, case: Case, form: PersonForm, names: NameSet) -> HttpResponse:
    def save() -> Person:
        saved = people_actions.save_identity(
            actor=request.user, case=case, version=form.opened_version, values=form.values(), names=names.rows()
        )
        warn_of_codename(request, case)
        note_left(request.user, _identity_of(case))
        return saved

    try:
        return answer_form(
            request,
            Together(form, names),
            act=save,
            done=_("The identity is saved, and sealed."),
            back=reverse("casework:case", args=[case.reference]),
            draw=lambda status: _identity_page(request, case, form, names, status=status),
            double=lambda: double_of_name(names.rows()),
        )
    except SavedMeanwhile as saved_first:
        return _identity_conflict(request, case, saved_first.row)


def _identity_page(
    request: SignedInRequest, case: Case, form: PersonForm, names: NameSet, *, status: int = 200
) -> HttpResponse:
    page, others = change_identity_page(case, form, names), note_open(request.user, _identity_of(case))
    return render(request, "casework/change_identity.html", vars(replace(page, others=others)), status=status)


def _identity_of(case: Case) -> str:
    return f"identity:{case.pk}"


def _identity_conflict(request: SignedInRequest, case: Case, saved_first: Person | Name) -> HttpResponse:
    """Show what a colleague saved beside what was typed; the versions now sent are those on the page."""
    person = case.persons.present().first()
    stored = list(case.names.present().order_by("created_at"))
    sent = _with_versions(request.POST, person, stored)
    names, form = name_set(sent), PersonForm(sent, instance=person or Person(case=case, version=0), case=case)
    form.is_valid()
    rows = conflict_rows(form, case.persons.present().first() or Person(case=case, version=0))
    rows = [names_compared(stored, names), *rows]
    page = change_identity_page(
        case, _unfaulted(form), names, saved=rows, meanwhile=meanwhile(case, saved_first, request.user)
    )
    return render(request, "casework/change_identity.html", vars(page), status=409)


def _with_versions(sent: QueryDict, person: Person | None, stored: list[Name]) -> QueryDict:
    """Return what was typed with the versions that are stored now."""
    data = sent.copy()
    data["version"] = str(person.version if person else 0)
    versions = {str(row.pk): row.version for row in stored}
    for number in range(int(data.get("names-TOTAL_FORMS", 0))):
        key = data.get(f"names-{number}-pk")
        if key in versions:
            data[f"names-{number}-version"] = str(versions[key])
    return data


def _unfaulted(form: PersonForm) -> PersonForm:
    """Return the form with what was typed and no fault: nobody asked yet whether it is whole."""
    form.errors.clear()
    return form
