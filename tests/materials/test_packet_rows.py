"""The rows of a packet that a paper is composed of: read once whatever it holds, and none that was removed."""

from typing import Any

import pytest
from django.utils import timezone

from casework.models import RightImplicated
from papers.composing.composing import compose
from papers.composing.packet_rows import rows_of
from tests.factories import a_claim, a_detention, a_source
from tests.materials.packets import a_full_packet

pytestmark = pytest.mark.django_db


def test_a_fuller_packet_is_composed_in_as_few_questions_as_a_modest_one(django_assert_max_num_queries: Any) -> None:
    case = a_full_packet()
    compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en")
    with django_assert_max_num_queries(20) as modest:
        compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en")
    for number in range(12):
        a_claim(case, f"He was questioned on day {number}.", sources=[a_source(case, f"Record {number}")])
        a_detention(case, started=f"20{10 + number}-03-14", place=f"Colony no. {number}", charge=f"Article {number}")
        RightImplicated.objects.create(case=case, right=f"RG_{number}")
    with django_assert_max_num_queries(len(modest)):
        compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en")


@pytest.mark.parametrize("kind", ["person", "names", "spells", "charges", "claims", "rights", "demands", "asks"])
def test_what_was_removed_from_the_packet_is_not_read_by_a_paper(kind: str) -> None:
    case = a_full_packet()
    RightImplicated.objects.create(case=case, right="RG_EXPRESSION")
    found = getattr(rows_of(case), kind)
    row = found if kind == "person" else found[0]
    type(row).objects.filter(pk=row.pk).update(removed_at=timezone.now())
    again = getattr(rows_of(case), kind)
    assert again is None if kind == "person" else row not in again and len(again) == len(found) - 1


def test_a_place_that_was_removed_is_not_where_somebody_is_held() -> None:
    case = a_full_packet()
    place = rows_of(case).spells[0].places.all()[0]
    type(place).objects.filter(pk=place.pk).update(removed_at=timezone.now())
    assert rows_of(case).spells[0].places.all() == []
