"""More days for a public page whose consent or assessment ran out: once for a page, asked by one, agreed to by another."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from materials.models.dispatch import PublicPage
from materials.models.material import Material
from sealing.fields import MarkField, SealedModel, SealedTextField


class PageExtension(SealedModel, models.Model):
    """That the days of grace of one page are doubled. Counts with the second person's agreement and our own mark."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.OneToOneField(PublicPage, models.PROTECT, related_name="extension", editable=False)
    material = models.ForeignKey(Material, models.PROTECT, related_name="+", editable=False)
    reason = SealedTextField(
        _("why it stays"),
        label="materials.pageextension.reason",
        owner="material",
        owner_attr="material_id",
        multiline=True,
        null=True,
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    mac = MarkField(covers=("page", "material", "asked_by", "asked_at", "agreed_by", "agreed_at"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_page_is_extended_by_two_people",
                condition=Q(agreed_by=None, agreed_at=None)
                | (Q(agreed_by__isnull=False, agreed_at__isnull=False) & ~Q(agreed_by=F("asked_by"))),
            ),
            models.CheckConstraint(name="an_extension_says_why", condition=Q(reason__isnull=False)),
        ]

    @property
    def counts(self) -> bool:
        """Say whether two people gave the days, and the row carries our mark; a forged row counts for nothing."""
        return self.agreed_at is not None and self.carries_mark()

    @property
    def signers(self) -> set[Any]:
        """Return the keys of whoever asked or agreed."""
        return {self.asked_by_id, self.agreed_by_id} - {None}
