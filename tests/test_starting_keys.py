"""A wrong key of any ring refuses to start, and all of them are named at once; a right change goes on working."""

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from casework.models import KeyCanary, KeyMark
from casework.models.key_mark import MAKERS
from config.starting import refuse_wrong_keys

ANOTHER = "another-key-another-key-another-key-another-key-another"
WRONG: dict[str, tuple[str, Any]] = {
    "AMPARO_FIELD_KEYS": ("FIELD_ENCRYPTION_KEY", ["d3Jvbmctd3JvbmctZmllbGQta2V5LXdyb25nLSEhISE="]),
    "AMPARO_INDEX_KEY": ("AMPARO_INDEX_KEY", ANOTHER),
    "AMPARO_AUDIT_KEY": ("AMPARO_AUDIT_KEY", ANOTHER),
    "AMPARO_GATE_KEYS": ("AMPARO_GATE_KEYS", [ANOTHER]),
    "AMPARO_SECRET_KEY": ("SECRET_KEY", ANOTHER),
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _begun() -> None:
    """The site has started once, and may start again."""
    refuse_wrong_keys()
    refuse_wrong_keys()
    assert KeyCanary.objects.count() == 1 and KeyMark.objects.count() == len(MAKERS)


@pytest.mark.parametrize("variable", WRONG)
def test_a_wrong_key_of_one_ring_refuses_and_names_that_ring_alone(settings: Any, variable: str) -> None:
    setattr(settings, *WRONG[variable])
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_wrong_keys()
    assert [name for name in WRONG if name in str(refused.value)] == [variable]
    assert ANOTHER not in str(refused.value)


def test_all_wrong_keys_are_named_at_once(settings: Any) -> None:
    for name, value in WRONG.values():
        setattr(settings, name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_wrong_keys()
    assert [name for name in WRONG if name in str(refused.value)] == list(WRONG)


def test_a_gate_key_put_in_front_is_taken_and_the_old_one_may_go_after_a_start(settings: Any) -> None:
    settings.AMPARO_GATE_KEYS = [ANOTHER, *settings.AMPARO_GATE_KEYS]
    refuse_wrong_keys()
    settings.AMPARO_GATE_KEYS = [ANOTHER]
    refuse_wrong_keys()


def test_an_index_key_counts_once_its_tags_are_made(settings: Any) -> None:
    settings.AMPARO_INDEX_KEY = ANOTHER
    call_command("make_tags", stdout=StringIO())
    refuse_wrong_keys()


def test_a_new_secret_key_is_taken_by_order_alone(settings: Any) -> None:
    settings.SECRET_KEY = ANOTHER
    call_command("rotate_keys", stdout=StringIO())
    with pytest.raises(ImproperlyConfigured):
        refuse_wrong_keys()
    call_command("rotate_keys", "--secret-key", stdout=StringIO())
    refuse_wrong_keys()
