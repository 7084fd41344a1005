"""A notice says what happened in words, whatever its verb is called."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils.module_loading import import_string

from advocacy.models import Notice
from audit import verbs
from safety.told import tell
from tests.factories import a_case, on_case
from tests.people import signed_in

pytestmark = pytest.mark.django_db
DIRECTOR_SIGNED = "safety.assessment.director_signed"


def test_every_verb_that_safety_tells_reads_in_its_own_words(client: Any) -> None:
    case = a_case()
    leila = on_case(case, "leila", "liaison")
    signed_in(client, leila)
    told = [verb for verb in verbs.known() if verb.startswith("safety.")]
    for verb in told:
        tell(verb=verb, case=case, about=case, actor=case.lead)
    page = client.get("/notices/").content.decode()
    assert "Something happened" not in page
    assert str(verbs.sentence(DIRECTOR_SIGNED)) in page
    assert Notice.objects.filter(user=leila).count() == len(told)


def test_a_notice_that_was_cut_off_gets_its_whole_verb_back() -> None:
    case = a_case()
    cut = Notice.objects.create(
        user=case.lead, case=case, kind=DIRECTOR_SIGNED[:30], dedup=f"{DIRECTOR_SIGNED}:{case.pk}"
    )
    other = Notice.objects.create(user=case.lead, case=case, kind="x" * 30, dedup="another:1")
    whole_again = import_string("advocacy.migrations.0004_a_notice_names_its_whole_verb.whole_again")
    whole_again(apps, connection.schema_editor())
    assert Notice.objects.get(pk=cut.pk).kind == DIRECTOR_SIGNED
    assert Notice.objects.get(pk=other.pk).kind == "x" * 30
