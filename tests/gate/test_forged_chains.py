"""A chain forged by raw SQL may satisfy every trigger; without the gate key it is never served."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Consent, ConsentGrant
from materials.models import Dispatch, PublicPage
from safety.models import Clearance, Review, RiskAssessment
from sealing import keys
from tests.gate.near_misses import triggers_off
from tests.gate.ready import Ready, make_ready

pytestmark = pytest.mark.django_db
WORDS = "He is held without charge."


def published(ready: Ready) -> PublicPage:
    """Bring a material out as a page, past the verbs but not past the database."""
    row = ready.a_dispatch()
    row.save(force_insert=True)
    Dispatch.objects.filter(pk=row.pk).update(dispatched_at=timezone.now())
    return PublicPage.objects.create(dispatch=row, address=f"address-{ready.material.pk.hex[:12]}")


def read(page: PublicPage) -> tuple[int, str]:
    """Read the page as a stranger does."""
    answer = Client().get(f"/p/{page.address}/")
    return answer.status_code, answer.content.decode()


def test_a_stranger_reads_what_was_rightly_published() -> None:
    status, text = read(published(make_ready()))
    assert status == 200
    assert WORDS in text


def test_a_chain_forged_whole_passes_the_database_and_is_never_served(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without_the_key:
        without_the_key.setattr(keys, "gate_mac", lambda parts: b"forged".ljust(32, b"!"))
        page = published(make_ready())
    status, text = read(page)
    assert status != 200
    assert WORDS not in text


def _consent(ready: Ready, mac: bytes) -> None:
    Consent.objects.filter(case=ready.cases[0]).update(mac=mac)


def _grant(ready: Ready, mac: bytes) -> None:
    ConsentGrant.objects.filter(consent__case=ready.cases[0]).update(mac=mac)


def _assessment(ready: Ready, mac: bytes) -> None:
    RiskAssessment.objects.filter(case=ready.cases[0]).update(mac=mac)


def _review(ready: Ready, mac: bytes) -> None:
    Review.objects.filter(material_id=ready.material.pk).update(mac=mac)


def _uses(ready: Ready, mac: bytes) -> None:
    Review.objects.filter(material_id=ready.material.pk).update(uses_mac=mac)


def _clearance(ready: Ready, mac: bytes) -> None:
    Clearance.objects.filter(material_id=ready.material.pk).update(mac=mac)


def _text(ready: Ready, mac: bytes) -> None:
    row = Dispatch.objects.get(material=ready.material)
    row.body = [{"code": "SUPPORTER.2", "heading": "Who", "text": "Other words, under the same mark."}]
    row.save(update_fields=["body"])


@pytest.mark.parametrize(
    "forge", [_consent, _grant, _assessment, _review, _uses, _clearance, _text], ids=lambda forge: forge.__name__
)
def test_one_forged_record_behind_a_page_takes_it_down(forge: Callable[[Any, bytes], None]) -> None:
    ready = make_ready()
    page = published(ready)
    with triggers_off():
        forge(ready, b"x" * 32)
    status, text = read(page)
    assert status != 200
    assert WORDS not in text
    assert "Other words" not in text


def test_a_consent_withdrawn_is_gone_at_the_next_request() -> None:
    ready = make_ready()
    page = published(ready)
    Consent.objects.filter(case=ready.cases[0]).update(withdrawn_at=timezone.now())
    assert read(page)[0] != 200
