"""That somebody looked and knows of no statement by the authorities, as of a day: the one absence that a paper may print."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.facts_mac import facts_mac
from casework.models.rows import CaseRow
from sealing.fields import DerivedField, MarkField, SealedTextField


class NoStatement(CaseRow):
    """A named person said so of one day; it is taken back and said anew, and one stands at a time."""

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("as_of",)

    as_of = SealedTextField(_("as of"), label="casework.nostatement.as_of", null=True)
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    mark = MarkField(covers=("case", "removed_at", "facts_mac", "created_at", "created_by", "removed_by"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_statement_is_said_of_a_day", condition=Q(as_of__isnull=False)),
            models.CheckConstraint(name="no_statement_is_said_by_somebody", condition=Q(created_by__isnull=False)),
            models.UniqueConstraint(
                name="one_no_statement_stands_per_case", fields=["case"], condition=Q(removed_at=None)
            ),
        ]
