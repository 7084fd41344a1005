"""What a sealed field promises to whoever reads and writes rows."""

import copy
import pickle
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F, Value
from django.db.models.functions import Upper

from sealing import keys
from sealing.errors import DecryptionError, KeyMissing
from sealing.fields import Sealed, SealedTextField, opened, seal_many
from tests.sealing.conftest import a_folder, a_person, database_key
from tests.sealing.lab import Folder, FolderKey, Letter, Person, text_mac

Raw = Callable[[Any, str], Any]


class PersonForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name", "note", "kind"]


def test_a_value_is_opened_when_it_is_read_and_not_before(folder: Folder, raw: Raw) -> None:
    person = a_person(folder)
    before = opened()
    (found,) = Person.objects.all()
    assert opened() == before
    assert found.name == "Planted Name"
    assert found.name == "Planted Name"
    assert opened() == before + 1
    assert b"Planted" not in raw(person, "name")


def test_ciphertext_is_version_nonce_and_text(folder: Folder, raw: Raw) -> None:
    blob = raw(a_person(folder, name="abc"), "name")
    assert blob[0] == 1
    assert len(blob) == 1 + 12 + 32 + 16


def test_equal_text_keeps_its_bytes(folder: Folder, raw: Raw) -> None:
    person = a_person(folder)
    blob = raw(person, "name")
    found = Person.objects.get()
    found.save()
    assert raw(person, "name") == blob
    assert found.name
    found.save()
    assert raw(person, "name") == blob
    found.name = "Planted Name"
    found.save()
    assert raw(person, "name") == blob
    found.name = "Other"
    found.save()
    assert raw(person, "name") != blob
    assert Person.objects.get().name == "Other"


def test_a_form_that_changes_nothing_keeps_the_bytes(folder: Folder, raw: Raw) -> None:
    person = a_person(folder, note="one\ntwo")
    before = raw(person, "name"), raw(person, "note")
    sent = {"name": "Planted Name", "note": "one\r\ntwo", "kind": "main"}
    form = PersonForm(sent, instance=Person.objects.get())
    assert form.is_valid(), form.errors
    form.save()
    assert (raw(person, "name"), raw(person, "note")) == before


def test_a_form_shows_limits_and_changes(folder: Folder) -> None:
    person = a_person(folder)
    assert "Planted Name" in str(PersonForm(instance=person))
    assert isinstance(PersonForm().fields["note"].widget, forms.Textarea)
    assert not PersonForm({"name": "x" * 201, "kind": "main"}, instance=person).is_valid()
    assert not PersonForm({"name": "", "kind": "main"}, instance=Person.objects.get()).is_valid()
    form = PersonForm({"name": "New", "note": "", "kind": "main"}, instance=Person.objects.get())
    form.save()
    assert (Person.objects.get().name, Person.objects.get().note) == ("New", "")


def test_empty_text_is_null_and_reads_as_empty_text(folder: Folder, raw: Raw) -> None:
    person = a_person(folder, note="")
    assert raw(person, "note") is None
    assert Person.objects.get().note == ""
    assert Person.objects.filter(note__isnull=True).count() == 1
    assert Person.objects.filter(note=None).count() == 1


def test_json_and_bytes_read_back_equal(folder: Folder) -> None:
    facts = {"b": [1, 2.5, None, "é"], "a": {"x": True}}
    a_person(folder, facts=facts, photo=b"\x00\xff")
    found = Person.objects.get()
    assert (found.facts, found.photo) == (facts, b"\x00\xff")
    found.facts["b"].append(3)
    found.save()
    assert Person.objects.get().facts["b"][-1] == 3
    assert a_person(folder, facts={}).facts == {}


def test_full_clean_opens_nothing_that_was_not_touched(folder: Folder) -> None:
    a_person(folder)
    found = Person.objects.get()
    before = opened()
    found.full_clean()
    assert opened() == before


def test_constraints_ask_whether_a_sealed_column_is_empty(folder: Folder) -> None:
    Person(folder=folder, name="X").validate_constraints()
    Person(folder=folder, name="", kind="alias").validate_constraints()
    with pytest.raises(ValidationError):
        Person(folder=folder, name="").validate_constraints()
    with pytest.raises(ValidationError):
        Person(folder=folder, name="X", kind="other").validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person(folder=folder, name="").save()


def test_refresh_keeps_bytes_and_sees_what_others_wrote(folder: Folder, raw: Raw) -> None:
    person = a_person(folder)
    blob = raw(person, "name")
    assert person.name
    person.refresh_from_db()
    person.save()
    assert raw(person, "name") == blob
    other = Person.objects.get()
    other.name = "New"
    other.save()
    before = opened()
    person.refresh_from_db()
    assert opened() == before
    assert person.name == "New"


def test_deferred_values_load_when_read(folder: Folder, raw: Raw) -> None:
    person = a_person(folder)
    blob = raw(person, "name")
    found = Person.objects.defer("name").get()
    found.save()
    assert raw(person, "name") == blob
    assert found.name == "Planted Name"
    assert Person.objects.only("kind").get().name == "Planted Name"
    assert Letter.objects.select_related("folder").count() == 0


def test_bulk_create_seals_every_row(folder: Folder) -> None:
    Person.objects.bulk_create([Person(folder=folder, name=f"N{n}") for n in range(3)])
    assert {person.name for person in Person.objects.all()} == {"N0", "N1", "N2"}
    assert all(person.name_tag for person in Person.objects.all())


def test_what_does_not_go_through_the_row_is_refused(folder: Folder, raw: Raw) -> None:
    person = a_person(folder)
    blob = raw(person, "name")
    person.name = "zz"
    unlawful: list[Callable[[], Any]] = [
        lambda: Person.objects.bulk_update([person], ["name"]),
        lambda: Person.objects.update(name="x"),
        lambda: Person.objects.update(name=None),
        lambda: Person.objects.update(name=Value("x")),
        lambda: Person.objects.update(name=F("note")),
        lambda: Person.objects.update(name=Sealed(blob)),
        lambda: Person.objects.create(folder=folder, name=Upper(Value("x"))),
        lambda: Person.objects.create(folder=folder, name=F("note")),
        lambda: Person.objects.filter(name="y").exists(),
        lambda: Person.objects.exclude(name__in=["y"]).exists(),
        lambda: Person.objects.filter(name__icontains="y").exists(),
        lambda: Person.objects.filter(name=F("note")).exists(),
        lambda: Person.objects.get_or_create(name="x", defaults={"folder": folder}),
        lambda: Person.objects.bulk_create(
            [Person(pk=person.pk, folder=folder, name="y")],
            update_conflicts=True, unique_fields=["id"], update_fields=["name"],
        ),
    ]  # fmt: skip
    for act in unlawful:
        with pytest.raises(FieldError), transaction.atomic():
            act()
    assert raw(person, "name") == blob
    person.kind = "alias"
    Person.objects.bulk_update([person], ["kind"])
    assert Person.objects.get().kind == "alias"


def test_functions_over_sealed_columns_are_refused(folder: Folder) -> None:
    a_person(folder)
    with pytest.raises(Exception) as fault, transaction.atomic():  # the engines refuse differently
        list(Person.objects.annotate(loud=Upper("name")).values_list("loud"))
    assert "Planted" not in str(fault.value)


def test_unique_and_indexed_sealed_fields_are_refused() -> None:
    for option in ("unique", "db_index", "primary_key"):
        with pytest.raises(FieldError):
            SealedTextField(label="x", **{option: True})


def test_values_gives_what_says_nothing(folder: Folder) -> None:
    a_person(folder)
    value = Person.objects.values_list("name", flat=True)[0]
    assert isinstance(value, Sealed)
    assert repr(value) == "<sealed>"
    for act in (str, "{}".format, "%s".__mod__):
        with pytest.raises(DecryptionError):
            act(value)


def test_copies_and_pickles_carry_ciphertext_only(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps, "get_model", lambda label, name=None, **_: apps.all_models[label][name.lower()])
    person = a_person(folder)
    assert person.name
    person.note = "unsaved words"
    packed = pickle.dumps(person)
    assert b"Planted" not in packed
    assert b"unsaved" not in packed
    again = pickle.loads(packed)  # noqa: S301
    assert (again.name, again.note) == ("Planted Name", "unsaved words")
    assert copy.copy(person).name == copy.deepcopy(person).name == "Planted Name"
    assert b"Planted" not in pickle.dumps(Person.objects.all())


def test_a_sealed_value_opens_in_its_own_row_and_column_alone(folder: Folder) -> None:
    first, second = a_person(folder), a_person(folder, name="B")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sealing_lab_person SET name = (SELECT name FROM sealing_lab_person WHERE id = %s) WHERE id = %s",
            [database_key(first), database_key(second)],
        )
        cursor.execute("UPDATE sealing_lab_person SET note = name WHERE id = %s", [database_key(first)])
    for row, field in ((second, "name"), (first, "note")):
        with pytest.raises(DecryptionError, match=f"sealing_lab.Person.{field}"):
            getattr(Person.objects.get(pk=row.pk), field)


def test_a_copied_row_needs_a_new_seal(folder: Folder) -> None:
    a_person(folder)
    untouched = Person.objects.get()
    untouched.pk, untouched._state.adding = uuid.uuid4(), True
    with pytest.raises(DecryptionError), transaction.atomic():
        untouched.save()
    read = Person.objects.get()
    read.pk, read._state.adding, read.name, read.note = uuid.uuid4(), True, str(read.name), str(read.note)
    read.save()
    assert Person.objects.get(pk=read.pk).name == "Planted Name"


def test_a_wrong_value_is_never_encrypted_again(folder: Folder) -> None:
    person = a_person(folder)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealing_lab_person SET name = note")
    found = Person.objects.get(pk=person.pk)
    with pytest.raises(DecryptionError):
        assert found.name
    found.name = "over it"
    with pytest.raises(DecryptionError), transaction.atomic():
        found.save()


def test_computed_columns_follow_their_sources(folder: Folder, raw: Raw) -> None:
    person = a_person(folder)
    before = raw(person, "name_tag")
    person.name = "Q"
    person.save(update_fields=["name"])
    after = raw(person, "name_tag")
    assert after != before
    found = Person.objects.only("name").get()
    found.name = "R"
    found.save()
    assert raw(person, "name_tag") not in {before, after}
    letter = Letter.objects.create(folder=folder, title="T", text="x")
    letter.language = "fr"
    letter.save(update_fields=["language"])
    assert Letter.objects.get().mac == text_mac(letter)


def test_many_rows_are_sealed_by_the_lawful_bulk_write(folder: Folder, raw: Raw) -> None:
    people = [a_person(folder, name=f"N{n}", note="keep") for n in range(5)]
    kept, tags = raw(people[0], "note"), [raw(person, "name_tag") for person in people]
    for person in people:
        person.name = f"M{person.name}"
    people[1].note = ""
    assert seal_many(people, ["name", "note"]) == 5
    assert {person.name for person in Person.objects.all()} == {f"MN{n}" for n in range(5)}
    assert raw(people[0], "note") == kept
    assert raw(people[1], "note") is None
    assert all(raw(person, "name_tag") != tag for person, tag in zip(people, tags, strict=True))
    with pytest.raises(FieldError):
        seal_many(people, ["kind"])


def test_new_data_keys_write_and_old_ones_still_read(folder: Folder, raw: Raw) -> None:
    old = a_person(folder)
    FolderKey.objects.create(folder=folder, version=2, dek="ab" * 32)
    keys.renewed("lab", folder.pk)
    new = a_person(folder, name="Newer")
    assert (raw(old, "name")[0], raw(new, "name")[0]) == (1, 2)
    keys.forget_keys()
    assert {person.name for person in Person.objects.all()} == {"Planted Name", "Newer"}


def test_a_key_that_was_rolled_back_seals_nothing(folder: Folder, raw: Raw) -> None:
    a_person(folder)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        FolderKey.objects.create(folder=folder, version=2, dek="ab" * 32)
        keys.renewed("lab", folder.pk)
        assert raw(a_person(folder), "name")[0] == 2
        raise ZeroDivisionError
    assert raw(a_person(folder), "name")[0] == 1


def test_a_first_key_made_again_after_a_roll_back_replaces_the_one_in_memory(laboratory: None) -> None:
    folder = Folder(codename="K", story="begun")
    for dek in ("ab" * 32, "cd" * 32):
        keys.hold_key("lab", folder.pk, 1, bytes.fromhex(dek))
        with transaction.atomic():
            folder.save(force_insert=True)
            FolderKey.objects.create(folder=folder, dek=dek)
            transaction.set_rollback(dek.startswith("ab"))
        folder._state.adding = dek.startswith("ab")
    keys.forget_keys()
    assert Folder.objects.get(pk=folder.pk).story == "begun"


def test_destroying_the_key_makes_rows_unreadable(folder: Folder) -> None:
    a_person(folder)
    FolderKey.objects.all().delete()
    keys.forget_keys()
    with pytest.raises(KeyMissing, match=r"sealing_lab\.Person\.name"):
        assert Person.objects.get().name
    with pytest.raises(KeyMissing):
        a_person(folder)


def test_a_new_owner_seals_its_own_first_values(laboratory: None) -> None:
    folder = Folder(codename="K", story="begun")
    keys.hold_key("lab", folder.pk, 1, bytes.fromhex("cd" * 32))
    folder.save()
    FolderKey.objects.create(folder=folder, dek="cd" * 32)
    keys.forget_keys()
    assert Folder.objects.get(pk=folder.pk).story == "begun"


def test_keys_are_asked_for_once_a_request(folder: Folder, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        a_person(folder)
    keys.forget_keys()
    with django_assert_num_queries(2):
        assert [person.name for person in Person.objects.all()] == ["Planted Name"] * 5
    a_person(a_folder("Other"))


def test_rows_are_never_serialised(folder: Folder) -> None:
    a_person(folder)
    with pytest.raises(FieldError):
        serializers.serialize("json", Person.objects.all())


def test_fields_stand_in_migrations_as_written() -> None:
    for model in (Person, Letter, FolderKey):
        for field in model._meta.concrete_fields:
            _name, path, args, options = field.deconstruct()
            again = type(field)(*args, **options)
            assert again.deconstruct()[1:] == (path, args, options)
            text, _imports = MigrationWriter.serialize(field)
            assert not re.search(r"sealing\.fields\.[a-z]", text)


def test_wrong_models_are_told_by_check() -> None:
    class Careless(models.Model):
        name = SealedTextField(blank=True)

        class Meta:
            app_label = "sealing_lab_careless"
            ordering = ("-name",)

    found = {fault.id for fault in Careless._meta.get_field("name").check()}
    assert found >= {"sealing.E001", "sealing.E002", "sealing.E004", "sealing.E005", "sealing.E006", "sealing.E007"}
    assert not Person._meta.get_field("name").check()


def test_the_revision_is_asked_for_after_each_write(folder: Folder) -> None:
    letter = Letter.objects.create(folder=folder, title="T")
    Letter.objects.filter(pk=letter.pk).update(revision=7)
    letter.language = "fr"
    letter.save()
    assert letter.revision == 7
    assert Letter.objects.get().revision == 7
