"""What the page on which the posture is decided shows."""

from dataclasses import dataclass

from django.urls import reverse

from casework.models import Case
from safety.forms.orders import PostureForm
from safety.models import Posture


@dataclass(frozen=True)
class PosturePage:
    """The posture now, None where nobody decided one, and the form for another (safety/posture.html)."""

    case: Case
    form: PostureForm
    current: Posture | None
    back_url: str
    tab: str = "safety"


def posture_page(case: Case, form: PostureForm) -> PosturePage:
    """Return what was decided last, with the form."""
    current = Posture.objects.filter(case=case).select_related("decided_by").first()
    return PosturePage(case, form, current, back_url=reverse("safety:safety", args=[case.reference]))
