"""The list of cases, its search, opening a case, and its cover."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms.together import Together
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from accounts.views.once import act_once, button_once
from audit.trail import record_each
from casework.actions import cases as case_actions
from casework.forms.cases import CoverForm, OpenCaseForm
from casework.forms.people import NameSet, more_names, name_set
from casework.models import Case
from casework.pages.case_list import case_list_page, wanted_from
from casework.pages.cases import OpenCasePage
from casework.pages.doubles import double_of_name
from casework.pages.form_page import FormPage
from casework.search import keep_words, typed_words
from casework.views.form_page import answer_case_form
from casework.views.lookup import case_or_404


@leads_back_here
@require_GET
def cases(request: SignedInRequest) -> HttpResponse:
    """Show what the reader may see, narrowed by what the address asks for."""
    wanted = wanted_from(request.GET, request.user)
    is_forgotten = bool(request.GET.get("words")) and not wanted.words
    page = case_list_page(request.user, wanted, is_forgotten=is_forgotten)
    opened = page.nearby.opened
    record_each(actor=request.user, verb="casework.identity.viewed", cases=opened, fields=["name"])
    return render(request, "casework/cases.html", vars(page))


@require_POST
def search(request: SignedInRequest) -> HttpResponse:
    """Keep the words for an hour and lead to the list under the key that stands for them."""
    words = typed_words(request.POST.get("words", ""))
    if not words:
        return redirect("casework:cases")
    return redirect(f"{reverse('casework:cases')}?words={keep_words(request.user, words)}")


@require_http_methods(["GET", "POST"])
def open_case(request: SignedInRequest) -> HttpResponse:
    """Open a case; the names can be written at once or later."""
    if request.method == "POST" and "more" in request.POST:
        form = OpenCaseForm(request.POST)
        form.errors.clear()
        return render(request, "casework/open_case.html", vars(OpenCasePage(form, more_names(request.POST))))
    form, names = OpenCaseForm(request.POST or None), name_set(request.POST or None, extra=1)
    page = OpenCasePage(form, names)
    return answer_form(
        request,
        Together(form, names),
        act=lambda: case_actions.open_case(actor=request.user, names=_names(names), **form.cleaned_data),
        done=_opened,
        back=lambda case: reverse("casework:case", args=[case.reference]),
        draw=lambda status: render(request, "casework/open_case.html", vars(page), status=status),
        double=lambda: double_of_name(names.rows()),
    )


def _opened(case: Case) -> str:
    """Say that it is open, in the same words whatever case stands beside it."""
    said = _("The case %(case)s is open. You are its coordinator. A signer looks at this first.")
    return said % {"case": case}


@require_http_methods(["GET", "POST"])
def change_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Change the cover of a case."""
    case = case_or_404(request, reference, may="change_case")
    form = CoverForm(request.POST or None, instance=Case.objects.get(pk=case.pk), case=case)
    home = reverse("casework:case", args=[case.reference])
    history = reverse("web:history", args=[case.reference, "cover", case.pk])
    page = FormPage(case, form, _("Change the case"), _("Save the case"), home, history_url=history)
    return answer_case_form(
        request,
        page,
        act=lambda: case_actions.change_case(
            actor=request.user, case=case, version=form.opened_version, values=form.values()
        ),
        done=_("The case is saved."),
        template="casework/change_case.html",
    )


@require_POST
@button_once
def draw_codename(request: SignedInRequest, reference: str) -> HttpResponse:
    """Draw another codename for the case."""
    case = case_or_404(request, reference, may="change_case")
    home = reverse("casework:case", args=[case.reference])
    case = act_once(request, lambda: case_actions.draw_codename(actor=request.user, case=case), lambda _case: home)
    messages.success(request, _("The codename is now %(codename)s.") % {"codename": case.codename})
    return redirect(home)


def _names(names: NameSet) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["script"], row["value"]) for row in names.rows() if row["value"]]
