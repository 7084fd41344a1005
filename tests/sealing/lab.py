"""Models of a small laboratory, in tables of their own: what sealing promises must hold for any app."""

import uuid

from django.db import models
from django.db.models import Q

from sealing import keys, tags, triggers
from sealing.errors import KeyMissing
from sealing.fields import (
    DerivedField,
    HardenedTextField,
    MarkField,
    RevisionField,
    SealedBytesField,
    SealedJSONField,
    SealedModel,
    SealedTextField,
)


def name_tag(person: "Person") -> bytes | None:
    return tags.tag("name", person.name) if person.name else None


def text_mac(letter: "Letter") -> bytes:
    return keys.gate_mac([str(letter.pk), letter.title, letter.text, letter.language])


class Folder(SealedModel, models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    codename = models.CharField(max_length=20)
    story = SealedTextField(label="lab.folder.story", owner="lab", owner_attr="id", blank=True, null=True)

    class Meta:
        app_label = "sealing_lab"


class FolderKey(models.Model):
    folder = models.ForeignKey(Folder, models.CASCADE, related_name="keys")
    version = models.PositiveSmallIntegerField(default=1)
    dek = HardenedTextField(label="lab.folderkey.dek", null=True)

    class Meta:
        app_label = "sealing_lab"


class Row(SealedModel, models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    folder = models.ForeignKey(Folder, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Person(Row):
    name = SealedTextField(
        "name", label="lab.person.name", owner="lab", owner_attr="folder_id", max_length=200, null=True
    )
    note = SealedTextField(
        label="lab.person.note", owner="lab", owner_attr="folder_id", blank=True, null=True, multiline=True
    )
    facts = SealedJSONField(label="lab.person.facts", owner="lab", owner_attr="folder_id", blank=True, null=True)
    photo = SealedBytesField(label="lab.person.photo", owner="lab", owner_attr="folder_id", blank=True, null=True)
    kind = models.CharField(max_length=10, default="main")
    name_tag = DerivedField(sources=("name",), make=name_tag, db_index=True)

    class Meta:
        app_label = "sealing_lab"
        constraints = [
            models.CheckConstraint(name="lab_person_kind_is_known", condition=Q(kind__in=["main", "alias"])),
            models.CheckConstraint(
                name="lab_main_person_has_a_name", condition=Q(name__isnull=False) | Q(kind="alias")
            ),
        ]


class Letter(Row):
    title = SealedTextField(label="lab.letter.title", owner="lab", owner_attr="folder_id", null=True)
    text = SealedTextField(label="lab.letter.text", owner="lab", owner_attr="folder_id", null=True)
    language = models.CharField(max_length=5, default="en")
    is_urgent = models.BooleanField(default=False)
    seen_by = models.CharField(max_length=20, blank=True)
    sent_at = models.DateTimeField(null=True)
    revision = RevisionField()
    mac = DerivedField(sources=("title", "text", "language"), make="tests.sealing.lab.text_mac")

    class Meta:
        app_label = "sealing_lab"


class Page(models.Model):
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "sealing_lab"


class Line(models.Model):
    """A row of an append-only table."""

    text = models.CharField(max_length=20)

    class Meta:
        app_label = "sealing_lab"


class Permit(Row):
    """A row that a gate would read: it carries a mark."""

    scope = models.CharField(max_length=20)
    until = models.DateTimeField(null=True)
    note = SealedTextField(label="lab.permit.note", owner="lab", owner_attr="folder_id", null=True)
    remark = models.CharField(max_length=20, blank=True)
    mark = MarkField(covers=("folder", "scope", "until", "note"))

    class Meta:
        app_label = "sealing_lab"


MODELS = (Folder, FolderKey, Person, Letter, Page, Line, Permit)


def open_key(folder_id: uuid.UUID, version: int) -> bytes:
    row = FolderKey.objects.filter(folder_id=folder_id, version=version).first()
    if row is None:
        raise KeyMissing("The data key of this folder is gone.")
    return bytes.fromhex(row.dek)


def current_key(folder_id: uuid.UUID) -> tuple[int, bytes]:
    row = FolderKey.objects.filter(folder_id=folder_id).order_by("-version").first()
    if row is None:
        raise KeyMissing("This folder has no data key.")
    return row.version, bytes.fromhex(row.dek)


keys.register_resolver("lab", open_key=open_key, current=current_key)


ONLY_ONCE = "OLD.{0} IS NULL".format
GUARDS = (
    *triggers.append_only("sealing_lab_line", name="lab_lines_only_grow"),
    *triggers.never_deleted("sealing_lab_page", name="lab_pages_stay", unless="OLD.number = 99"),
    *triggers.only_these_columns_change(
        "sealing_lab_folderkey",
        name="lab_keys_only_change_their_wrapping",
        columns={"dek": "NEW.dek IS NOT NULL"},
    ),
    *triggers.raises_revision(
        "sealing_lab_letter", name="lab_letter_counts", columns=["title", "text", "language", "mac", "is_urgent"]
    ),
    *triggers.raises_parent_revision("sealing_lab_page", "sealing_lab_letter", "letter_id", "lab_pages_count_too"),
    triggers.Trigger(
        "lab_letter_leaves_when_all_is_right",
        "sealing_lab_letter",
        "UPDATE OF sent_at",
        (
            triggers.Clause("no-page", "EXISTS (SELECT 1 FROM {t:sealing_lab_page} p WHERE p.letter_id = NEW.id)"),
            triggers.Clause("not-now", "NEW.sent_at <= {now}"),
            triggers.Clause("unseen", "NULLIF(NEW.seen_by, '') <> ''"),
            triggers.Clause("urgent-here", sqlite="NEW.is_urgent = 1", postgresql="NEW.is_urgent = TRUE"),
        ),
        when="NEW.sent_at IS NOT NULL AND OLD.sent_at IS NULL",
        locks=("SELECT 1 FROM {t:sealing_lab_folder} f WHERE f.id = NEW.folder_id",),
    ),
)
