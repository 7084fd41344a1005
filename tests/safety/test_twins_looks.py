"""The pages about a case that may be about the same person, in a real Chromium."""

from typing import Any

import pytest
from django.urls import reverse

from casework.models import PossibleTwin, TwinRuling
from tests.browser.taken import faults_of_pages
from tests.factories import a_case, a_twin, on_case
from tests.people import a_person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(300)]


def pages_of(client: Any) -> dict[str, str]:
    """Return the HTML of every page by name: both cases seen, one of them hidden, a refused ruling."""
    case = a_case(codename="Heron")
    on_case(case, "rui", "reviewer")
    seen, hidden = a_twin(case, codename="Kestrel"), a_twin(case, codename="Plover")
    on_case(seen, "rui", "reviewer")
    pairs = {twin.beside(case).pk: twin for twin in PossibleTwin.objects.select_related("one", "other")}
    row = TwinRuling(twin=pairs[hidden.pk], case=case, question=1, verdict="another", is_for_both=False)
    row.ruled_by, row.reason = a_person("rui"), "Born 20 years later, and of another father."
    row.save()
    rui = signed_in(client, a_person("rui"), fresh=True)
    taken = {
        name: rui.get(reverse(f"{app}:{name}", args=[case.reference])).content.decode()
        for app, name in (("safety", "twins"), ("safety", "safety"), ("casework", "case"))
    }
    for name, twin in (("rule", seen), ("rule-hidden", hidden)):
        where = reverse("safety:rule_on_twin", args=[case.reference, pairs[twin.pk].pk])
        taken[name] = rui.get(where).content.decode()
        taken[f"{name}-refused"] = rui.post(where, {"reason": " "}).content.decode()
    return taken


def test_every_page_is_clean_and_never_scrolls_sideways(client: Any) -> None:
    assert faults_of_pages(pages_of(client)) == []
