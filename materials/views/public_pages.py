"""Publishing, taking down, and the page a stranger reads: it asks the gate at each request."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from materials.actions import public_pages
from materials.audiences import PUBLISHED_AUDIENCES
from materials.forms.dispatches import PublishForm, TakenDownForm
from materials.models import PublicPage
from materials.pages.public_page import publish_page, published_text, taken_down_page
from materials.pages.refused import RefusalList
from materials.views.lookup import material_or_404
from materials.views.materials import refusals_of
from safety.verdict import GateClosed


@require_http_methods(["GET", "POST"])
def publish(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop for a moment, say who of the family was told, write the codename; then it is public."""
    opened = material_or_404(request, pk, may="dispatch")
    if opened.material.audience not in PUBLISHED_AUDIENCES:
        raise Http404
    told = public_pages.told_of(opened.material)
    untold = [case for case in opened.cases if case.pk not in told]
    form = PublishForm(request.POST or None, cases=opened.cases, untold=untold)

    def draw(status: int, refusals: RefusalList | None = None) -> HttpResponse:
        page = publish_page(opened.material, opened.case, told, form, refusals)
        return render(request, "materials/public_pages/publish.html", vars(page), status=status)

    try:
        return answer_form(
            request,
            form,
            act=lambda: public_pages.publish(actor=request.user, material=opened.material, family=form.family()),
            done=lambda page: (
                _("It is public at %(address)s") % {"address": request.build_absolute_uri(f"/p/{page.address}/")}
            ),
            back=reverse("materials:material", args=[pk]),
            draw=draw,
        )
    except GateClosed as closed:
        return draw(409, refusals_of(request.user, closed.verdict, _("Not published"), opened))


@require_POST
def take_down(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Take every page of this material down at once."""
    opened = material_or_404(request, pk, may="dispatch")
    for page in PublicPage.objects.filter(dispatch__material=opened.material, taken_down_at=None).select_related(
        "dispatch__material"
    ):
        public_pages.take_down(actor=request.user, page=page)
    messages.success(
        request,
        _(
            "The page is gone. What others have copied cannot be called back. Somebody else looks at it within 24 hours."
        ),
    )
    return redirect("materials:material", pk)


@require_http_methods(["GET", "POST"])
def taken_down(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The second look at what one person took down or shortened, within 24 hours: one button, and a note if there is one."""
    opened = material_or_404(request, pk, may="sign_review")
    form = TakenDownForm(request.POST if request.method == "POST" else None)
    page = taken_down_page(opened.material, opened.case, form)
    if page is None:
        messages.info(request, _("Nothing that was taken down waits for a second look here."))
        return redirect("materials:material", pk)
    return answer_form(
        request,
        form,
        act=lambda: public_pages.look_at_taking_down(actor=request.user, material=opened.material, **form.cleaned_data),
        done=_("You looked at it. Your note is in the trail."),
        back=reverse("materials:material", args=[pk]),
        draw=lambda status: render(request, "materials/public_pages/taken_down.html", vars(page), status=status),
    )


@login_not_required  # open to strangers: this is what supporters read
@require_safe
def public_page(request: HttpRequest, address: str) -> HttpResponse:
    """A published text, without marks, references or names of ours; gone without a reason when the gate is not open."""
    page = PublicPage.objects.at(address).select_related("dispatch__clearance__review", "dispatch__material").first()
    if page is None:
        raise Http404
    if not public_pages.may_be_read(page):
        return _never_kept(render(request, "materials/public_pages/gone.html", status=410))
    return _never_kept(render(request, "materials/public_pages/page.html", vars(published_text(page.dispatch))))


def _never_kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
