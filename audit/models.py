"""The trail: one chain of entries that nobody can rewrite without being found."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import labels
from sealing.fields import HardenedTextField, SealedJSONField, SealedModel

ASKED = ".asked"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Which entries of the trail."""

    def about_case(self, case_id: uuid.UUID) -> "EntryQuerySet":
        """What happened on one case, newest first. The caller has checked that the reader may see the case."""
        return self.filter(case_id=case_id).order_by("-sequence")

    def done(self) -> "EntryQuerySet":
        """What somebody did that changed something: not what the system did by itself, and not a look."""
        return self.filter(actor_id__isnull=False).exclude(verb__in=sorted(labels.looks()))

    def changes_of(self, rows: Iterable[models.Model]) -> "EntryQuerySet":
        """What changed these rows: no look, and no question to a colleague, which leaves a row as it is."""
        targets = [f"{row._meta.label_lower}:{row.pk}" for row in rows]
        changes = self.filter(target__in=targets).exclude(verb__in=sorted(labels.looks()))
        return changes.exclude(verb__endswith=ASKED)

    def by(self, actor_id: int) -> "EntryQuerySet":
        """What one person did."""
        return self.filter(actor_id=actor_id)


class Entry(SealedModel, models.Model):
    """One thing that was done. Written by audit.trail.record alone; triggers refuse every change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField(_("when"))
    actor_id = models.BigIntegerField(_("who"), null=True)
    verb = models.CharField(_("what"), max_length=80)
    case_id = models.UUIDField(_("case"), null=True)
    target = models.CharField(max_length=120, blank=True)
    detail = SealedJSONField(
        label="audit.entry.detail",
        owner="case",
        owner_attr="case_id",
        blank=True,
        null=True,
    )
    office_detail = HardenedTextField(label="audit.entry.office_detail", blank=True, null=True)
    previous_mac = models.BinaryField()
    mac = models.BinaryField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the trail")
        verbose_name_plural = _("entries of the trail")
        indexes = [
            models.Index(fields=["case_id", "sequence"], name="trail_of_a_case"),
            models.Index(fields=["actor_id", "sequence"], name="trail_of_a_person"),
            models.Index(fields=["verb", "sequence"], name="trail_of_a_verb"),
        ]
        constraints = [
            models.CheckConstraint(name="trail_counts_from_one", condition=models.Q(sequence__gte=1)),
            models.CheckConstraint(
                name="detail_about_a_case_is_under_its_key",
                condition=models.Q(case_id=None, detail=None) | models.Q(case_id__isnull=False, office_detail=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"

    @property
    def sentence(self) -> str | Promise:
        """The verb in words."""
        return labels.words_of_verb(self.verb)

    def facts(self) -> Mapping[str, Any]:
        """The codes and ids that were recorded; raises DecryptionError when the case's key is gone."""
        if self.case_id is not None:
            return self.detail or {}
        return json.loads(self.office_detail) if self.office_detail else {}


class Anchor(models.Model):
    """The head of the chain on one day, as it was told to somebody outside this database."""

    sequence = models.BigIntegerField()
    mac = models.BinaryField()
    at = models.DateTimeField()
    sent_to = models.TextField(blank=True)

    class Meta:
        verbose_name = _("anchor of the trail")
        verbose_name_plural = _("anchors of the trail")

    def __str__(self) -> str:
        return f"{self.sequence}:{bytes(self.mac).hex()}"
