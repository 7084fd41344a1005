"""The words of a text beside those that left, or beside what another audience would read."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from casework.access import NotAllowed
from materials.pages.differences import differences_page
from materials.views.lookup import material_or_404, note_reading


@leads_back_here
@require_GET
def differences(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Compare, sentence by sentence, for who may read the words; another audience's, for who may write them."""
    opened = material_or_404(request, pk)
    if not opened.may_read:
        raise NotAllowed("write_material", opened.case)
    page = differences_page(
        opened.material,
        opened.cases,
        may_compose="write_material" in opened.rights,
        asked=request.GET.get("against", ""),
    )
    if page is None:
        raise Http404
    note_reading(request.user, opened)
    return render(request, "materials/materials/differences.html", vars(page))
