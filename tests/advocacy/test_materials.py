"""From the packet to the review: writing, editing, sending, taking back."""

import pytest

from advocacy.actions import dispatches, materials, pages, reviews
from advocacy.models import Copy, Dispatch, Material
from tests.advocacy.journeys import PROOF, a_written, cleared, fit_for_the_public, good_answers, in_review, seen
from tests.advocacy.packets import a_full_packet
from tests.people import a_person

pytestmark = pytest.mark.django_db


def test_smoke(django_capture_on_commit_callbacks) -> None:
    m = cleared()
    ana = a_person("ana")
    (copy,) = dispatches.dispatch(actor=ana, material=m, to=[dispatches.To("Minister’s office")])
    with django_capture_on_commit_callbacks(execute=True):
        job = dispatches.queue_copy(actor=ana, copy=copy)
    job.refresh_from_db()
    assert job.state == "done", job.failure
    copy.refresh_from_db()
    assert copy.dispatched_at and dispatches.is_whole(copy)
    case = fit_for_the_public(a_full_packet())
    m = cleared(case, kind="SUPPORTER", audience="AU_SUPPORT")
    page = pages.publish(actor=ana, material=m, family={case.pk: pages.FamilyAnswer("His sister, by telephone", page_now())})
    assert pages.may_be_read(page)


def page_now():
    from django.utils import timezone
    return timezone.now()
