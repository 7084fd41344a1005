"""What a paper prints in typed words, in another language: beside the original, with who translated and who signed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models.facts_mac import facts_mac, words_mac
from casework.models.rows import CaseRow
from sealing.constraints import is_known
from sealing.fields import DerivedField, MarkField, SealedTextField


class TypedWords(models.TextChoices):
    """Every field of a packet whose typed words a paper prints, as `model.field`: the one list of what is translated."""

    LABEL = "case.public_label", _("Safe public label")
    WHY_NOW = "case.why_now", _("Why now")
    AUTHORITIES = "case.authorities_say", _("What the authorities say")
    OCCUPATION = "person.occupation", _("Occupation")
    NATIONALITY = "person.nationality", _("Nationality")
    TAKEN_AT = "detention.taken_at", _("Place of the arrest")
    PLACE = "place.place", _("Place of detention")
    LAW = "charge.law", _("Charge: law and article")
    COURT = "charge.court", _("Charge: court")
    TRIED_AT = "charge.trial_place", _("Charge: place of the trial")
    VERDICT = "charge.verdict", _("Charge: verdict")
    SENTENCE = "charge.sentence", _("Charge: sentence")
    CLAIM = "claim.text", _("Claim")
    SOURCE = "source.attribution", _("Source, as it is named outside")
    DEMAND = "demand.text", _("Demand")
    ASKED = "ask.to", _("Who is asked")
    ASK = "ask.text", _("What they are asked")


def typed_words(row: Any, field: str) -> TypedWords:
    """Return which typed words a field of a row is; a field that no paper prints raises ValueError."""
    return TypedWords(f"{row._meta.model_name}.{field}")


def original_mac(row: Any) -> bytes:
    """Return the MAC of the original as it was when it was translated."""
    return words_mac(row.what, row.row_id, row.original)


class Translation(CaseRow):
    """The words of one field in one language. They stand under a signature until they, or the original, change.

    `original` is what the field said when it was translated: where it says something else now, the translation is
    stale and prints nowhere.
    """

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("what", "row_id", "language", "original", "text")

    FACT_WORDS: ClassVar[tuple[str, ...]] = ("original", "text")
    """What is told of it where it changed under a text."""

    what = models.CharField(max_length=24, choices=TypedWords, editable=False)
    row_id = models.UUIDField(editable=False)
    language = models.CharField(max_length=12, editable=False)
    text = SealedTextField(_("translation"), label="casework.translation.text", multiline=True, null=True)
    original = SealedTextField(label="casework.translation.original", multiline=True, null=True, editable=False)
    original_mac = DerivedField(sources=("what", "row_id", "original"), make=original_mac)
    translated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    translated_at = models.DateTimeField(default=timezone.now, editable=False)
    translated_elsewhere = SealedTextField(
        _("who translated it elsewhere"), label="casework.translation.translated_elsewhere", null=True, editable=False
    )
    """Of one that came in from a file: `translated_by` brought it in, and another reader signs it here."""
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    mark = MarkField(
        covers=(
            "case",
            "what",
            "row_id",
            "language",
            "original_mac",
            "translated_by",
            "signed_by",
            "signed_at",
            "removed_at",
            "facts_mac",
        )
    )

    class Meta:
        constraints = [
            is_known(
                "translation_is_of_words_that_a_paper_prints",
                what=[
                    "case.public_label",
                    "case.why_now",
                    "case.authorities_say",
                    "person.occupation",
                    "person.nationality",
                    "detention.taken_at",
                    "place.place",
                    "charge.law",
                    "charge.court",
                    "charge.trial_place",
                    "charge.verdict",
                    "charge.sentence",
                    "claim.text",
                    "source.attribution",
                    "demand.text",
                    "ask.to",
                    "ask.text",
                ],
            ),
            models.UniqueConstraint(
                name="one_translation_of_each_words_stands_per_language",
                fields=["what", "row_id", "language"],
                condition=Q(removed_at=None),
            ),
            models.CheckConstraint(
                name="a_translation_has_words_beside_words", condition=Q(text__isnull=False, original__isnull=False)
            ),
            models.CheckConstraint(name="a_translation_is_in_a_language", condition=~Q(language="")),
            models.CheckConstraint(
                name="a_translation_is_signed_by_another",
                condition=Q(signed_by=None, signed_at=None)
                | (Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(signed_by=F("translated_by"))),
            ),
        ]

    def is_of(self, words: str | None) -> bool:
        """Say whether this translates these words: the original has not changed since."""
        return bytes(self.original_mac or b"") == words_mac(self.what, self.row_id, words)
