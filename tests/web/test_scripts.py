"""Which pages load our scripts, and what a person says about the keys."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import a_case
from tests.people import a_person, signed_in

KEEP = re.compile(r'<script src="/static/keep[^"]*\.js" defer></script>')
KEYS = re.compile(r'<script src="/static/keys[^"]*\.js" defer data-cases="/cases/" data-help="/help/"></script>')
pytestmark = pytest.mark.django_db


def html(client: Client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


def test_pages_of_work_load_the_keys_and_pages_of_signing_in_load_nothing():
    case = a_case()
    client = signed_in(Client(), case.lead, fresh=True)
    for name in ("web:today", "web:help", "casework:cases"):
        text = html(client, name)
        assert KEYS.search(text) and text.count("<script") == 1, name
    form = client.get(reverse("notes:add", args=[case.reference])).content.decode()
    assert KEYS.search(form) and KEEP.search(form) and form.count("<script") == 2, "a long text is kept"
    for name in ("accounts:me", "accounts:factor", "accounts:recovery_codes", "account_logout"):
        assert "<script" not in html(client, name), name
    assert "<script" not in html(Client(), "account_login")


def test_a_person_switches_the_keys_off_and_on_for_themselves_alone():
    ana, rui = a_person("ana"), a_person("rui")
    client, other = signed_in(Client(), ana), signed_in(Client(), rui)
    said = {"name": "Ana", "language": "en", "theme": "system"}
    assert "data-keys" not in html(client, "web:help")
    client.post("/account/", {**said, "without_keys": "on"})
    assert 'data-keys="off"' in html(client, "web:help") and "data-keys" not in html(other, "web:help")
    assert User.objects.get(pk=ana.pk).without_keys and not User.objects.get(pk=rui.pk).without_keys
    client.post("/account/", said)
    assert "data-keys" not in html(client, "web:help")


def test_help_lists_the_keys_and_leads_to_the_switch():
    text = html(signed_in(Client(), a_person("ana")), "web:help")
    assert all(words in text for words in ("Alt + Shift + S", "Alt + Shift + N", "<bdi>/</bdi>", "<bdi>?</bdi>"))
    assert f'href="{reverse("accounts:me")}"' in text
