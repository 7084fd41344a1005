"""Two cases that may be about one person, and what signers ruled on it: the safety of one counts for both until then."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models.case import Case
from sealing.constraints import is_known
from sealing.fields import MarkedModel, MarkField, SealedModel, SealedTextField


class PossibleTwinQuerySet(models.QuerySet["PossibleTwin"]):
    """Pairs of cases, and which of them count."""

    def of(self, *cases: Any) -> Self:
        """Return the pairs in which one of these cases (rows or keys) stands."""
        keys_of = [getattr(case, "pk", case) for case in cases]
        return self.filter(Q(one__in=keys_of) | Q(other__in=keys_of))

    def counted(self) -> Self:
        """Return the pairs whose question signers did not answer "another person" (safety/conditions/twins.py)."""
        answers = TwinRuling.objects.filter(twin=OuterRef("pk"), question=OuterRef("question"))
        same_question = TwinRuling.objects.filter(twin=OuterRef("twin"), question=OuterRef("question"))
        others = same_question.filter(verdict=TwinRuling.Verdict.ANOTHER).exclude(case=OuterRef("case"))
        by_two = Exists(others.exclude(ruled_by=OuterRef("ruled_by")))
        another = answers.filter(Q(is_for_both=True) | by_two, verdict=TwinRuling.Verdict.ANOTHER)
        return self.exclude(Exists(another) & ~Exists(answers.filter(verdict=TwinRuling.Verdict.SAME)))


class PossibleTwin(MarkedModel, models.Model):
    """Two cases that hold a prisoner of the same name. One row a pair; `question` rises when the pair is asked about anew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey(Case, models.CASCADE, related_name="+")
    other = models.ForeignKey(Case, models.CASCADE, related_name="+")
    question = models.PositiveIntegerField(default=1)
    found_at = models.DateTimeField(default=timezone.now)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    mark = MarkField(covers=("one", "other", "question", "found_at", "found_by"))

    objects = PossibleTwinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_pair_of_cases_is_kept_once", fields=["one", "other"]),
            models.CheckConstraint(name="a_pair_of_cases_is_in_order", condition=Q(one__lt=F("other"))),
        ]

    @property
    def earlier(self) -> Case:
        """Return the case that was opened first."""
        return min(self.one, self.other, key=lambda case: (case.opened_at, case.pk))

    @property
    def later(self) -> Case:
        """Return the case that was opened last."""
        return self.other if self.earlier == self.one else self.one

    def beside(self, case: Case) -> Case:
        """Return the other case of the pair."""
        return self.other if case.pk == self.one_id else self.one


class TwinRuling(SealedModel, models.Model):
    """What a signer ruled on one question about a pair: another person, or the same. It never changes.

    `case` is the case for which the signer speaks, and whose key seals the reason. "Another person" counts when
    somebody speaks for both cases, or two people speak for one each; "the same" counts at once.
    """

    class Verdict(models.TextChoices):
        ANOTHER = "another", _("Another person")
        SAME = "same", _("The same person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    twin = models.ForeignKey(PossibleTwin, models.CASCADE, related_name="rulings")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    question = models.PositiveIntegerField()
    verdict = models.CharField(_("ruling"), max_length=7, choices=Verdict)
    is_for_both = models.BooleanField()
    reason = SealedTextField(_("reason"), label="casework.twinruling.reason", multiline=True, null=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(default=timezone.now)
    mark = MarkField(covers=("twin", "case", "question", "verdict", "is_for_both", "ruled_by", "ruled_at"))

    class Meta:
        indexes = [models.Index(fields=["twin", "question", "verdict"], name="rulings_on_a_pair")]
        constraints = [
            is_known("twin_ruling_is_known", verdict=["another", "same"]),
            models.CheckConstraint(name="a_ruling_on_a_pair_says_why", condition=Q(reason__isnull=False)),
        ]
