"""The prisoner, the names in every script, and the people around."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.facts_mac import facts_mac, words_macs
from casework.models.rows import CaseRow
from sealing.fields import DerivedField, MarkField, SealedNotedField, SealedTextField


class Person(CaseRow):
    """The person in prison. One to a case; everything that describes the person is sealed."""

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("born", "nationality", "occupation", "spoken_of")
    TYPED_WORDS: ClassVar[tuple[str, ...]] = ("occupation", "nationality")

    class SpokenOf(models.TextChoices):
        WOMAN = "woman", _("As a woman")
        MAN = "man", _("As a man")
        NEUTRAL = "neutral", _("Without gender")

    born = SealedNotedField(_("date of birth"), label="casework.person.born", blank=True, null=True)
    gender = SealedTextField(
        _("sex or gender, as the person says it"), label="casework.person.gender", blank=True, null=True
    )
    spoken_of = SealedTextField(
        _("how the person is spoken of"), label="casework.person.spoken_of", choices=SpokenOf, blank=True, null=True
    )
    """Chosen by the person; papers in languages that need it follow, and speak without gender where nothing is chosen."""
    nationality = SealedTextField(
        _("nationality or nationalities"), label="casework.person.nationality", blank=True, null=True
    )
    occupation = SealedTextField(
        _("profession or occupation"), label="casework.person.occupation", blank=True, null=True
    )
    residence = SealedTextField(_("usual address"), label="casework.person.residence", blank=True, null=True)
    document_number = SealedTextField(
        _("identity document and number"), label="casework.person.document_number", blank=True, null=True
    )
    health = SealedTextField(_("health"), label="casework.person.health", blank=True, null=True)
    note = SealedTextField(_("note"), label="casework.person.note", multiline=True, blank=True, null=True)
    formless_in = SealedTextField(
        _("scripts without a form of the name"), label="casework.person.formless_in", blank=True, null=True
    )
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    words_macs = DerivedField(sources=TYPED_WORDS, make=words_macs)
    mark = MarkField(covers=("case", "removed_at", "facts_mac", "words_macs"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_prisoner_per_case", fields=["case"], condition=Q(removed_at=None))
        ]


class Name(CaseRow):
    """One name of the person in one script, with its kind."""

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("kind", "script", "value")

    LONGEST = 200
    """How many letters a name has at most, in the form, here, and in a file that is brought in."""
    MOST = 40
    """How many names a person has at most, as the form shows them."""

    class Kind(models.TextChoices):
        LEGAL = "legal", _("Legal name")
        ALIAS = "alias", _("Alias or other name")
        TRANSLITERATION = "transliteration", _("Other spelling or transliteration")
        NICKNAME = "nickname", _("Nickname")
        CLAN = "clan", _("Clan or family name")

    class Script(models.TextChoices):
        LATIN = "Latn", _("Latin")
        ARABIC = "Arab", _("Arabic or Persian")
        CYRILLIC = "Cyrl", _("Cyrillic")
        HAN_SIMPLIFIED = "Hans", _("Chinese, simplified")
        HAN_TRADITIONAL = "Hant", _("Chinese, traditional")
        OTHER = "Zyyy", _("Another script")

    person = models.ForeignKey(Person, models.CASCADE, related_name="names", editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.LEGAL)
    script = models.CharField(_("script"), max_length=4, choices=Script, default=Script.LATIN)
    value = SealedTextField(_("name"), label="casework.name.value", null=True)
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    mark = MarkField(covers=("case", "removed_at", "facts_mac", "person"))

    class Meta:
        constraints = [models.CheckConstraint(name="name_is_not_empty", condition=Q(value__isnull=False))]

    def check_row(self) -> None:
        """Refuse a name that the form could not show again, whoever writes it."""
        if len(self.value or "") > self.LONGEST:
            words = _("This name is longer than %(most)d letters. Write it shorter, or write two names.")
            raise ValidationError({"value": words % {"most": self.LONGEST}})


class Contact(CaseRow):
    """Somebody around the prisoner: family, lawyer, friend, doctor. All of it is sealed but the kind."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family")
        LAWYER = "lawyer", _("Lawyer")
        FRIEND = "friend", _("Friend")
        DOCTOR = "doctor", _("Doctor")
        COLLEAGUE = "colleague", _("Colleague")
        OTHER = "other", _("Somebody else")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = SealedTextField(_("name"), label="casework.contact.name", null=True)
    other_names = SealedTextField(
        _("other spellings, one a line"), label="casework.contact.other_names", multiline=True, blank=True, null=True
    )
    relation = SealedTextField(_("relation to the person"), label="casework.contact.relation", blank=True, null=True)
    phone = SealedTextField(_("telephone"), label="casework.contact.phone", blank=True, null=True)
    email = SealedTextField(_("e-mail"), label="casework.contact.email", blank=True, null=True)
    address = SealedTextField(_("address"), label="casework.contact.address", blank=True, null=True)
    safe_channel = SealedTextField(
        _("safe way to reach, and when"), label="casework.contact.safe_channel", blank=True, null=True
    )
    note = SealedTextField(_("note"), label="casework.contact.note", multiline=True, blank=True, null=True)
    formless_in = SealedTextField(
        _("scripts without a form of the name"), label="casework.contact.formless_in", blank=True, null=True
    )

    class Meta:
        constraints = [models.CheckConstraint(name="contact_has_a_name", condition=Q(name__isnull=False))]


class NameTag(models.Model):
    """A search tag of a name, telephone or address: shows equality and nothing else (SECURITY: blind index)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="name_tags")
    row_id = models.UUIDField()
    purpose = models.CharField(max_length=10)
    tag = models.BinaryField(max_length=16)

    class Meta:
        indexes = [
            models.Index(fields=["purpose", "tag", "case"], name="tags_are_found_by_value"),
            models.Index(fields=["row_id"]),
        ]
