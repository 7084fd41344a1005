"""Notes of colleagues: the list of a case, writing one, reading and answering it, and what else is done with it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.refusals import Refused
from accounts.roles import is_of_the_office
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from advocacy.models import Milestone
from casework.models import Case, Claim
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import case_or_404, row_or_404
from notes.actions import notes as note_actions
from notes.forms.notes import ColleagueNoteForm, NoteAnswerForm
from notes.models import Note
from notes.pages.lines import about_words
from notes.pages.list import notes_page
from notes.pages.note import note_page

FORM = "notes/form.html"


@require_GET
def notes(request: SignedInRequest, reference: str) -> HttpResponse:
    """The notes of a case: open ones, then those that are done."""
    case, after = _case(request, reference), request.GET.get("after", "")
    try:
        key = uuid.UUID(after) if after else None
        page = notes_page(case, request.user, is_mine=request.GET.get("of") == "me", after=key)
    except (ValueError, Note.DoesNotExist):
        raise Http404 from None
    return render(request, "notes/list.html", vars(page))


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write a note on the whole case."""
    case = _case(request, reference)
    return _write(request, case, Note(case=case), reverse("web:case_tasks", args=[reference]))


@require_http_methods(["GET", "POST"])
def add_to_claim(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Write a note on one claim."""
    case = _case(request, reference)
    claim = row_or_404(Claim, request, reference, pk)
    return _write(request, case, Note(case=case, claim=claim), reverse("casework:claim", args=[reference, pk]))


@require_http_methods(["GET", "POST"])
def add_to_step(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Write a note on one step of a plan."""
    case = _case(request, reference)
    step = row_or_404(Milestone, request, reference, pk)
    return _write(request, case, Note(case=case, milestone=step), reverse("advocacy:milestone", args=[reference, pk]))


@require_http_methods(["GET", "POST"])
def note(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One note with its answers, and a box for another one."""
    case, row = _found(request, reference, pk)
    form = NoteAnswerForm(posted(request), case=case, writer=request.user)
    return answer_form(
        request,
        form,
        act=lambda: note_actions.answer_note(
            actor=request.user, note=row, text=form.cleaned_data["text"], tell=form.told()
        ),
        done=_("Your answer stands under the note."),
        back=_address(case, row),
        draw=lambda status: render(
            request, "notes/note.html", vars(note_page(case, row, request.user, form)), status=status
        ),
    )


@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change one's own note, until somebody answers."""
    case, row = _found(request, reference, pk)
    if row.created_by_id != request.user.pk:
        raise Http404
    form = ColleagueNoteForm(posted(request), instance=row, case=case, writer=request.user)
    page = FormPage(case, form, _("Change the note"), _("Save the note"), back_url=_address(case, row), tab="tasks")
    return answer_case_form(
        request,
        page,
        act=lambda: note_actions.change_note(
            actor=request.user,
            note=row,
            version=form.opened_version,
            text=form.cleaned_data["text"],
            tell=form.told(),
        ),
        done=_("The note was changed."),
        template=FORM,
    )


@require_POST
def done(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Mark a note as done."""
    return _do(request, reference, pk, note_actions.mark_done, _("The note is done. It waits for nobody any more."))


@require_POST
def reopen(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Open a note again that was done."""
    return _do(request, reference, pk, note_actions.open_again, _("The note is open again."))


@require_POST
def take_back(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Take one's own note back, with an Undo button in the message."""
    case, row = _found(request, reference, pk)
    try:
        note_actions.take_back(actor=request.user, note=row)
    except Refused:
        raise
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(_address(case, row))
    undo = reverse("notes:bring_back", args=[reference, pk])
    messages.success(request, _("The note was taken back."), extra_tags=f"undo:{undo}")
    return redirect("notes:notes", reference)


@require_POST
def bring_back(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Bring one's own note back that was taken back."""
    return _do(request, reference, pk, note_actions.bring_back, _("The note is back."))


@require_GET
def from_mail(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Lead from a mail, whose link names no case, to the note; of a case that is hidden there is no such page."""
    row = Note.objects.visible_to(request.user).present().filter(pk=pk).select_related("case").first()
    if row is None or not is_of_the_office(request.user):
        raise Http404
    return redirect(_address(row.case, row))


def _case(request: SignedInRequest, reference: str) -> Case:
    """Return the case whose notes the reader may read; 404 for who may not see it, and for who reviews from outside."""
    case = case_or_404(request, reference)
    if not is_of_the_office(request.user):
        raise Http404
    return case


def _found(request: SignedInRequest, reference: str, pk: uuid.UUID) -> tuple[Case, Note]:
    """Return a note of the case, also one's own that was taken back and may come again; 404 for everything else."""
    case = _case(request, reference)
    rows = Note.objects.filter(case=case, pk=pk).select_related("created_by", "claim", "milestone", "done_by")
    row = rows.first()
    is_undone = request.resolver_match is not None and request.resolver_match.url_name == "bring_back"
    if row is None or (row.removed_at and not (is_undone and row.created_by_id == request.user.pk)):
        raise Http404
    row.case = case
    return case, row


def _write(request: SignedInRequest, case: Case, row: Note, back_url: str) -> HttpResponse:
    form = ColleagueNoteForm(posted(request), instance=row, case=case, writer=request.user)
    lead = about_words(row) if row.claim or row.milestone else None
    page = FormPage(
        case, form, _("Write a note to colleagues"), _("Save the note"), back_url=back_url, tab="tasks", lead=lead
    )
    return answer_case_form(
        request,
        page,
        act=lambda: note_actions.write_note(
            actor=request.user,
            case=case,
            text=form.cleaned_data["text"],
            tell=form.told(),
            claim=row.claim,
            milestone=row.milestone,
        ),
        done=_("The note is saved."),
        back=lambda made: f"{back_url}#notes-h",
        template=FORM,
    )


def _do(request: SignedInRequest, reference: str, pk: uuid.UUID, verb: Callable[..., Note], said: str) -> HttpResponse:
    """Do one verb on a note that only changes its state, say so, and go back to it."""
    case, row = _found(request, reference, pk)
    try:
        verb(actor=request.user, note=row)
    except Refused:
        raise
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, said)
    return redirect(_address(case, row))


def _address(case: Case, row: Note) -> str:
    return reverse("notes:note", args=[case.reference, row.pk])
