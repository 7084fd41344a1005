"""Keys: who signs, who reads, what a wrong one does, and how long an opened one lives."""

import uuid
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Upper
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from sealing import checks, inventory, keys, tags
from sealing.errors import DecryptionError, KeyMissing
from sealing.fields import HardenedTextField
from sealing.middleware import ForgetKeys
from tests.sealing.lab import Folder, FolderKey

FIRST, SECOND = Fernet.generate_key().decode(), Fernet.generate_key().decode()
ONE, TWO = "one-key-one-key-one-key-one-key-1", "two-key-two-key-two-key-two-key-2"


@override_settings(AMPARO_GATE_KEYS=[ONE])
def test_a_mac_knows_where_each_part_ends() -> None:
    assert keys.gate_mac(["ab", "c"]) != keys.gate_mac(["a", "bc"])
    assert keys.gate_mac(["ab", ""]) != keys.gate_mac(["ab"])
    assert keys.gate_mac(["é"]) == keys.gate_mac(["é".encode()])
    assert len(keys.gate_mac([])) == 32


def test_the_first_gate_key_signs_and_all_verify() -> None:
    with override_settings(AMPARO_GATE_KEYS=[ONE]):
        old = keys.gate_mac(["x"])
    with override_settings(AMPARO_GATE_KEYS=[TWO, ONE]):
        assert keys.gate_mac(["x"]) != old
        assert keys.gate_mac_matches(old, ["x"])
        assert keys.gate_mac_matches(memoryview(old), iter(["x"]))
        assert not keys.gate_mac_matches(old, ["y"])
        assert not keys.gate_mac_matches(None, ["x"])
    with override_settings(AMPARO_GATE_KEYS=[TWO]):
        assert not keys.gate_mac_matches(old, ["x"])


def test_gate_trail_and_index_have_keys_of_their_own() -> None:
    assert keys.audit_mac(["x"]) != keys.gate_mac(["x"])
    assert keys.audit_mac_matches(keys.audit_mac(["x"]), ["x"])
    assert not keys.audit_mac_matches(keys.gate_mac(["x"]), ["x"])
    with override_settings(AMPARO_INDEX_KEY=ONE):
        before = tags.tag("name", "Ana")
    with override_settings(AMPARO_INDEX_KEY=TWO):
        assert tags.tag("name", "Ana") != before


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("AMPARO_GATE_KEYS", []),
        ("AMPARO_GATE_KEYS", ["k" * 31]),
        ("AMPARO_AUDIT_KEY", ""),
        ("AMPARO_AUDIT_KEY", "k" * 31),
        ("AMPARO_INDEX_KEY", "k" * 31),
    ],
)
def test_a_missing_or_short_key_is_refused(setting: str, value: Any) -> None:
    with override_settings(**{setting: value}), pytest.raises(ImproperlyConfigured, match=setting):
        keys.gate_mac(["x"])
        keys.audit_mac(["x"])
        tags.tag("name", "x")


def test_the_first_master_key_writes_and_all_read() -> None:
    with override_settings(FIELD_ENCRYPTION_KEY=[FIRST]):
        token = keys.master_encrypt("words")
    with override_settings(FIELD_ENCRYPTION_KEY=[SECOND, FIRST]):
        assert keys.master_decrypt(token) == "words"
        wrapped = keys.master_rewrap(token)
    with override_settings(FIELD_ENCRYPTION_KEY=SECOND):
        assert keys.master_decrypt(wrapped) == "words"
        for wrong in (token, "words", ""):
            with pytest.raises(DecryptionError):
                keys.master_decrypt(wrong)
    with override_settings(FIELD_ENCRYPTION_KEY=[]), pytest.raises(ImproperlyConfigured):
        keys.master()
    with override_settings(FIELD_ENCRYPTION_KEY=["no key"]), pytest.raises(ImproperlyConfigured):
        keys.master()


def test_a_hardened_field_reads_back_and_hides(folder: Folder, raw: Any) -> None:
    key = FolderKey.objects.get()
    key.dek = "planted words"
    key.save()
    assert FolderKey.objects.get().dek == "planted words"
    assert "planted" not in raw(key, "dek")
    FolderKey.objects.update(dek="literal")
    assert FolderKey.objects.get().dek == "literal"
    FolderKey.objects.update(dek=None)
    assert FolderKey.objects.filter(dek=None).count() == FolderKey.objects.filter(dek__isnull=True).count() == 1


def test_a_wrong_master_key_raises_and_names_no_value(folder: Folder) -> None:
    with override_settings(FIELD_ENCRYPTION_KEY=[FIRST]), pytest.raises(DecryptionError) as fault:
        FolderKey.objects.get()
    assert "sealing_lab.FolderKey.dek" in str(fault.value)


def test_a_token_of_another_column_or_none_at_all_is_refused(folder: Folder) -> None:
    for wrong in (keys.master_encrypt("lab.other.column\0words"), keys.master_encrypt("words"), "words"):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sealing_lab_folderkey SET dek = %s", [wrong])
        with pytest.raises(DecryptionError):
            FolderKey.objects.get()


def test_a_stolen_token_in_a_form_stays_a_token(folder: Folder) -> None:
    field = FolderKey._meta.get_field("dek")
    token = keys.master_encrypt("lab.folderkey.dek\0words")
    assert field.to_python(token) == token
    assert field.clean(token, None) == token


def test_a_hardened_field_refuses_what_destroys_it(folder: Folder, raw: Any) -> None:
    key = FolderKey.objects.get()
    before = raw(key, "dek")
    for act in (
        lambda: FolderKey.objects.bulk_update([key], ["dek"]),
        lambda: FolderKey.objects.update(dek=F("version")),
        lambda: FolderKey.objects.update(dek=Value("x")),
        lambda: FolderKey.objects.create(folder=folder, dek=Upper(Value("x"))),
        lambda: FolderKey.objects.update(dek=7),
        lambda: FolderKey.objects.filter(dek="x").exists(),
        lambda: FolderKey.objects.filter(dek__contains="x").exists(),
        lambda: FolderKey.objects.exclude(dek__in=["x"]).exists(),
        lambda: FolderKey.objects.get_or_create(dek="x", defaults={"folder": folder}),
    ):
        with pytest.raises(FieldError), transaction.atomic():
            act()
    assert raw(key, "dek") == before
    with pytest.raises(FieldError):
        HardenedTextField(label="x", unique=True)


def test_opened_keys_live_as_long_as_the_request() -> None:
    owner, asked = uuid.uuid4(), []

    def current(owner_id: uuid.UUID) -> tuple[int, bytes]:
        asked.append(owner_id)
        return 3, b"k" * 32

    keys.register_resolver("lab-asked", open_key=lambda owner_id, version: b"o" * 32, current=current)

    def view(_request: Any) -> HttpResponse:
        assert keys.data_key("lab-asked", owner) == keys.data_key("lab-asked", str(owner)) == b"k" * 32
        assert keys.current_key("lab-asked", owner) == (3, b"k" * 32)
        assert keys.data_key("lab-asked", owner, 2) == b"o" * 32
        return HttpResponse()

    answer = ForgetKeys(view)
    for times in (1, 2):
        answer(RequestFactory().get("/"))
        assert asked == [owner] * times


def test_a_key_that_cannot_be_found_is_missing() -> None:
    def lost(*_: Any) -> Any:
        raise LookupError

    keys.register_resolver("lab-lost", open_key=lost, current=lost)
    keys.register_resolver("lab-short", open_key=lost, current=lambda owner_id: (1, b"short"))
    for kind, owner in (
        ("lab-nobody", uuid.uuid4()),
        ("lab-lost", uuid.uuid4()),
        ("lab-lost", None),
        ("lab-short", "x"),
    ):
        with pytest.raises(KeyMissing):
            keys.data_key(kind, owner)


def test_every_column_is_listed_once_as_sealed_or_in_clear() -> None:
    sealed = {place[:2] for place in inventory.sealed_columns()}
    clear = {place[:2] for place in inventory.columns_in_clear()}
    assert not sealed & clear
    assert len(inventory.labels()) == len(sealed)
    assert ("casework.CaseKey", "dek") in sealed
    assert ("casework.Case", "codename") in clear
    assert all(why for _model, _field, why in inventory.columns_in_clear())
    assert checks.labels_are_one_of_a_kind(None) == []
