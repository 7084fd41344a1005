"""What the packet says, in another language: the lines, and the signature of a reader."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from casework.access import NotAllowed
from casework.actions import translations as actions
from casework.models import Case
from casework.translating.originals import originals_of, translations_of
from casework.views.lookup import case_or_404
from materials.forms.translations import SignTranslationsForm, TranslationForm
from materials.pages.translation import signable, translation_page
from sealing.letters.languages import OF_PAPERS


@require_http_methods(["GET", "POST"])
def translation(request: SignedInRequest, reference: str, language: str) -> HttpResponse:
    """Show every original beside its translation, and save the lines that were typed."""
    case = _case(request, reference, language)
    if request.method == "POST" and not actions.may_translate(request.user, case):
        raise NotAllowed(actions.MAY_TRANSLATE[0], case)
    return _answer(request, case, language, is_signing=False)


@require_POST
def sign_translation(request: SignedInRequest, reference: str, language: str) -> HttpResponse:
    """Sign the translations that the reader ticked."""
    return _answer(request, _case(request, reference, language), language, is_signing=True)


def _case(request: SignedInRequest, reference: str, language: str) -> Case:
    case = case_or_404(request, reference)
    if language not in OF_PAPERS or language == case.language:
        raise Http404
    return case


def _answer(request: SignedInRequest, case: Case, language: str, *, is_signing: bool) -> HttpResponse:
    originals, stored = originals_of(case), translations_of(case, language)
    data: Any = request.POST if request.method == "POST" else None
    lines = TranslationForm(None if is_signing else data, language=language, originals=originals, stored=stored)
    offered = signable(stored, originals, request.user)
    ticks = SignTranslationsForm(data if is_signing else None, offered=offered)

    def draw(status: int) -> HttpResponse:
        page = translation_page(case, language, request.user, originals, stored, lines, ticks)
        return render(request, "materials/translation/translation.html", vars(page), status=status)

    def save() -> int:
        return actions.translate(actor=request.user, case=case, language=language, lines=lines.lines())

    def sign() -> int:
        return actions.sign(actor=request.user, case=case, language=language, rows=ticks.cleaned_data["rows"])

    back = reverse("materials:translation", args=[case.reference, language])
    if is_signing:
        return answer_form(request, ticks, act=sign, done=_signed, back=back, draw=draw)
    return answer_form(request, lines, act=save, done=_saved, back=back, draw=draw)


def _saved(number: int) -> str:
    return ngettext("%(n)s line is saved.", "%(n)s lines are saved.", number) % {"n": number}


def _signed(number: int) -> str:
    return ngettext("%(n)s line is signed with your name.", "%(n)s lines are signed with your name.", number) % {
        "n": number
    }
