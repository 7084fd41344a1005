"""From a paper in the hand to the copy: by its number, for who may know of the case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from materials.actions import papers
from materials.forms.papers import PaperForm
from materials.models import Copy


@require_http_methods(["GET", "POST"])
def paper(request: SignedInRequest) -> HttpResponse:
    """Look up the number of a paper that was found. Of a case that is hidden it answers as of a number that is none."""
    form = PaperForm(request.POST or None)

    def where(copy: Copy) -> str:
        if papers.may_open(request.user, copy):
            return reverse("materials:copy", args=[copy.pk])
        return reverse("materials:material", args=[copy.material_id])

    return answer_form(
        request,
        form,
        act=lambda: papers.find(actor=request.user, number=form.cleaned_data["number"]),
        done=lambda copy: _("This paper is copy %(number)s of revision %(revision)s.") % vars(copy),
        back=where,
        draw=lambda status: render(request, "materials/paper.html", {"form": form}, status=status),
        may_repeat=True,
    )
