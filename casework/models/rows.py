"""What every row of a packet has in common: its case, its version, and a way back after removal."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from casework.models.case import Case
from casework.models.permission_filter import HasRight
from sealing.fields import SealedModel
from sealing.queries import is_nobody


class CaseRowQuerySet(models.QuerySet[Any]):
    """Rows of cases; seen through the rights on their case and no other way."""

    def visible_to(self, user: Any, *, row_by_row: bool = True) -> Self:
        """Return the rows of cases this person may know of."""
        return self.where(user, may="view_case", row_by_row=row_by_row)

    def where(self, user: Any, *, may: str, row_by_row: bool = True) -> Self:
        """Return the rows of cases on which this person was given this right; asked as CaseQuerySet.where asks."""
        if is_nobody(user):
            return self.none()
        return self.filter(HasRight(user, may, case="case_id", row_by_row=row_by_row))

    def present(self) -> Self:
        """Return the rows that nobody has removed."""
        return self.filter(removed_at=None)


class CaseRow(SealedModel, models.Model):
    """A row of one case. It never moves to another case; removing it can be undone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="%(class)ss", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = CaseRowQuerySet.as_manager()

    class Meta:
        abstract = True
