"""The logo of the office: a small picture on its letterhead, cleaned before it is kept."""

import base64
import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sealing.fields import HardenedTextField, MarkedModel, MarkField


class OfficeLogo(MarkedModel, models.Model):
    """One version of the logo, as PNG; without a picture it says that there is none any more. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    picture = HardenedTextField(label="directory.officelogo.picture", null=True, editable=False)
    width = models.PositiveSmallIntegerField(default=0, editable=False)
    height = models.PositiveSmallIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    mark = MarkField(covers=("picture", "width", "height", "made_by", "made_at"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_logo_has_a_size",
                condition=Q(picture=None, width=0, height=0) | Q(picture__isnull=False, width__gt=0, height__gt=0),
            ),
        ]

    @classmethod
    def at(cls, moment: dt.datetime | None = None) -> Self | None:
        """Return the logo that counted at this moment, else now; None where there was none, or it is not as we wrote it."""
        rows = cls._base_manager.order_by("-made_at", "-pk")
        row = (rows.filter(made_at__lte=moment) if moment else rows).first()
        return row if row and row.picture and row.carries_mark() else None

    @property
    def png(self) -> bytes:
        """Return the bytes of the picture."""
        return base64.b64decode(self.picture or "")
