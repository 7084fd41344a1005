"""That one person's act shortened the days of a public page; another looks at it within 24 hours, as at taking down."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from materials.models.dispatch import PublicPage
from materials.models.material import Material


class PageShorteningQuerySet(models.QuerySet["PageShortening"]):
    """What shortened pages, and who has not looked yet."""

    def unseen(self) -> Self:
        """Return what nobody else has looked at."""
        return self.filter(reviewed_at=None)

    def unseen_by(self, user: Any) -> Self:
        """Return what another shortened and this one, who signs on every case of the page, has to look at."""
        materials = Material.objects.where(user, may="sign_review").filter(pk=OuterRef("page__dispatch__material"))
        return self.unseen().filter(Exists(materials)).exclude(shortened_by=user).order_by("review_due_at")


class PageShortening(models.Model):
    """One act that made a consent behind a page smaller, by whom, and who looked at it. It only ever gains the look."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(PublicPage, models.PROTECT, related_name="shortenings", editable=False)
    shortened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    shortened_at = models.DateTimeField(default=timezone.now, editable=False)
    review_due_at = models.DateTimeField(editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reviewed_at = models.DateTimeField(null=True, editable=False)

    objects = PageShorteningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shortening_is_looked_at_by_another",
                condition=Q(reviewed_by=None, reviewed_at=None)
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(reviewed_by=F("shortened_by"))),
            ),
        ]
        indexes = [
            models.Index(fields=["review_due_at"], name="shortened_and_not_looked_at", condition=Q(reviewed_at=None)),
        ]
