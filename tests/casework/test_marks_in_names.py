"""A name is kept as its language spells it, and a codename is one that people can see, type and tell apart."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.actions import joining
from accounts.refusals import Refused
from casework.actions.cases import open_case
from casework.models import Case, Contact, Name
from tests.advocacy.alarms import as_typed
from tests.factories import a_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db

PERSIAN = "سید علی\u200cنقی نمونه"
SINHALA = "ක්\u200dරිස්ටි"
UNSEEN = {
    "nothing but a mark": "\u200b",
    "a mark inside": "Plo\u200bver",
    "a joiner": "پرند\u200cه",
    "a filler": "Plover\u3164",
    "turned around": "\u202erevolP",
}


def written(client: Client, case: Case, value: str, script: str = "Zyyy") -> Any:
    line = {"names-0-value": value, "names-0-script": script, "names-0-kind": "legal"}
    counts = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "version": "0"}
    return client.post(reverse("casework:change_identity", args=[case.reference]), counts | line)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (PERSIAN, PERSIAN),
        (SINHALA, SINHALA),
        ("Vedran\u202b Oskolov\u202c", "Vedran Oskolov"),
        ("\u200fنمونه\u200e", "نمونه"),
        ("Ve\u200bdran", "Vedran"),
    ],
)
def test_a_name_is_kept_as_it_is_spelled_and_without_marks_that_hide(client: Client, typed: str, kept: str) -> None:
    case = a_case()
    signed_in(client, case.lead, fresh=True)
    assert written(client, case, typed).status_code == 302
    assert Name.objects.get(case=case).value == kept
    assert kept in client.get(reverse("casework:identity", args=[case.reference])).content.decode()
    relative = {"kind": "family", "name": typed, "other_names": f"{typed}\nEva"}
    assert client.post(reverse("casework:add_contact", args=[case.reference]), relative).status_code == 302
    row = Contact.objects.get(case=case)
    assert (row.name, row.other_names) == (kept, f"{kept}\nEva")


def test_an_alarm_keeps_a_persian_name_as_it_is_spelled(client: Client) -> None:
    signed_in(client, a_person("ana"))
    sent = as_typed(name=f"\u2067{PERSIAN}\u2069") | {"without_notice": "1"}
    assert client.post(reverse("advocacy:urgent"), sent).status_code == 302
    assert Name.objects.get().value == PERSIAN


@pytest.mark.parametrize("codename", [*UNSEEN.values(), "Pl\u043ever"], ids=[*UNSEEN, "two alphabets"])
def test_a_file_brings_in_no_codename_that_nobody_can_see_or_tell_apart(codename: str) -> None:
    with pytest.raises(ValidationError, match="cannot be seen|two alphabets"):
        open_case(actor=a_person("ana"), codename=codename, country="XPR")
    assert not Case.objects.exists()


@pytest.mark.parametrize("name", ["\u200b", "Gre\u200bta", "\u3164", "Gr\u0435ta", "\u202eatner"])
def test_nobody_signs_in_under_a_name_that_hides_something(client: Client, name: str) -> None:
    admin = a_person("admin")
    signed_in(client, admin, fresh=True)
    with pytest.raises(Refused, match="cannot be seen|two alphabets|Only an administrator") as refused:
        joining.invite(actor=admin, username="greta", name=name, email="greta@example.org")
    assert "This name" in str(refused.value)
    me = a_person("rui")
    signed_in(client, me)
    page = client.post("/account/", {"name": name, "language": "en", "theme": "system"}).content.decode()
    assert "This name" in page
    me.refresh_from_db()
    assert me.name == "Rui"


def test_a_colleague_may_write_a_persian_name_as_it_is_spelled(client: Client) -> None:
    me = a_person("rui")
    signed_in(client, me)
    assert client.post("/account/", {"name": PERSIAN, "language": "en", "theme": "system"}).status_code == 302
    me.refresh_from_db()
    assert me.name == PERSIAN
