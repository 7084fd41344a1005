"""A new master key is put first, everything that may change is wrapped under it, and the words stay what they were."""

import json
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.sign_in import factors
from casework.actions.removal import remove
from casework.models import Case, CaseKey, Claim, NameTag
from casework.search import findable_by
from directory.search import found
from safety.models import Hold
from sealing import keys
from sealing.errors import DecryptionError
from tests.directory.entries import an_entry
from tests.factories import a_case, a_claim, a_contact, a_prisoner
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
NEW = Fernet.generate_key().decode()
OLD = list(settings.FIELD_ENCRYPTION_KEY)


def rotate(*words: str) -> dict[str, Any]:
    out = StringIO()
    call_command("rotate_keys", *words, "--json", stdout=out)
    keys.forget_keys()
    return dict(json.loads(out.getvalue()))


def bytes_of(claim: Claim) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM casework_claim WHERE number = %s", [claim.number])
        return bytes(cursor.fetchone()[0])


def test_the_old_key_may_go_once_everything_is_wrapped_under_the_new_one(settings: Any) -> None:
    case = a_case()
    claim = a_claim(case)
    ana = case.lead
    signed_in(Client(), ana)
    secret = factors.decrypt(Authenticator.objects.get(user=ana, type="totp").data["secret"])
    before = bytes_of(claim)
    settings.FIELD_ENCRYPTION_KEY = [NEW, *OLD]
    first = rotate()
    assert first["wrapped"] > 2
    assert rotate()["wrapped"] == 0, "everything is under the first key already"
    settings.FIELD_ENCRYPTION_KEY = [NEW]
    assert Claim.objects.get(pk=claim.pk).text == claim.text
    assert bytes_of(claim) == before, "content is not touched: only its key is wrapped anew"
    assert factors.decrypt(Authenticator.objects.get(user=ana, type="totp").data["secret"]) == secret
    assert factors.recovery_codes_left(ana)
    page = signed_in(Client(), ana).get(reverse("casework:claims", args=[case.reference]))
    assert claim.text in page.content.decode()


def test_what_can_never_change_is_named_and_keeps_its_key(settings: Any) -> None:
    words = "Somebody reads our mail."
    order = Hold.objects.create(scope="office", kind="until_lifted", reason=words, held_by=a_case().lead)
    settings.FIELD_ENCRYPTION_KEY = [NEW, *OLD]
    assert rotate()["kept"]["safety.hold.reason"] == 1
    order.refresh_from_db()
    assert order.reason == words
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    assert "leave it in AMPARO_FIELD_KEYS" in out.getvalue()
    assert "you may take them out" not in out.getvalue()


def test_a_lost_key_is_refused_and_nothing_is_lost(settings: Any) -> None:
    a_case()
    settings.FIELD_ENCRYPTION_KEY = [NEW]
    with pytest.raises(CommandError, match="AMPARO_FIELD_KEYS"):
        call_command("rotate_keys")
    settings.FIELD_ENCRYPTION_KEY = OLD
    assert CaseKey.objects.get().dek


def test_a_further_data_key_seals_what_is_written_from_now_on() -> None:
    case = a_case()
    old = a_claim(case)
    before = bytes_of(old)
    assert rotate("--data-keys")["data_keys"] == 1
    new = a_claim(Case.objects.get(pk=case.pk), text="A second sentence.")
    assert (before[0], bytes_of(new)[0]) == (1, 2), "the first byte of a seal is the version of its key"
    keys.forget_keys()
    assert [claim.text for claim in Claim.objects.order_by("number")] == [old.text, "A second sentence."]
    CaseKey.objects.filter(key_version=1).delete()
    keys.forget_keys()
    with pytest.raises(DecryptionError):
        _ = Claim.objects.get(pk=old.pk).text


def test_rotating_is_recorded_and_shown_to_the_auditor() -> None:
    rotate()
    page = signed_in(Client(), a_person("noor")).get(reverse("audit:entries"))
    assert "Wrapped the keys anew" in page.content.decode()


def test_a_new_index_key_finds_names_once_the_tags_are_made_anew(settings: Any) -> None:
    case = a_case(codename="Heron")
    a_prisoner(case, "Ilias Varanen")
    gone = a_contact(case, "Mara Ilves", phone="+999 555 010 777")
    remove(actor=case.lead, row=gone)

    def finds(words: str) -> bool:  # by the tags alone: what a process keeps in memory needs no key of an index
        return case.pk in findable_by(case.lead, words).cases

    call_command("make_tags", stdout=StringIO())
    assert finds("Varanen") and not finds("Ilves")
    old = set(NameTag.objects.values_list("tag", flat=True))
    ministry = an_entry("Ministry of Orlen")
    settings.AMPARO_INDEX_KEY = "another-index-key-another-index-key-another"
    assert not finds("Varanen") and not found("Orlen")
    out = StringIO()
    call_command("make_tags", stdout=out)
    assert finds("Varanen") and finds("ilias varanen") and not finds("Ilves")
    assert list(found("Orlen")) == [ministry]
    assert not old & set(NameTag.objects.values_list("tag", flat=True)), "no tag of the old key is left"
    assert "count as new" in out.getvalue()
