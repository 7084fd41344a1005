"""The page of who answers in a real Chromium: light and dark, narrow and wide, left to right and right to left."""

from typing import Any

import pytest
from django.urls import reverse

from tests.advocacy.test_who_answers import a_season
from tests.browser.taken import faults_of_pages
from tests.factories import a_case
from tests.people import a_person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(600)]


def test_the_page_of_who_answers_is_whole_in_every_mode(client: Any) -> None:
    page = reverse("advocacy:who_answers")
    signed_in(client, a_person("ana"))
    empty = client.get(page).content.decode()
    a_season(a_case())
    assert faults_of_pages({"none": empty, "season": client.get(page).content.decode()}) == []
