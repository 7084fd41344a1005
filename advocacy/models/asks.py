"""How an ask stands: met in part, met, verified by a second person, or gone back again. Each saying is a row of its own."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Ask, Case, Claim
from casework.models.rows import CaseRowQuerySet
from sealing.constraints import is_known
from sealing.fields import SealedModel, SealedTextField


class AskStandingQuerySet(CaseRowQuerySet):
    """What was said of asks, by what counts now."""

    def newest(self) -> Self:
        """Return the last thing that was said of each ask."""
        later = AskStanding.objects.filter(ask=OuterRef("ask"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class AskStanding(SealedModel, models.Model):
    """One saying of how an ask stands; the last one counts. None is ever changed: what was wrong is said anew.

    *Verified* stands on a claim of the packet, and is said by another person than *met* or *met in part*.
    """

    class State(models.TextChoices):
        PARTLY = "partly", _("Met in part")
        MET = "met", _("Met")
        VERIFIED = "verified", _("Met, and verified")
        BACK = "back", _("Gone back again")
        OPEN = "open", _("Open")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", editable=False)
    ask = models.ForeignKey(Ask, models.RESTRICT, related_name="standings", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    state = models.CharField(_("how it stands"), max_length=8, choices=State)
    on = models.DateField(_("since"))
    words = SealedTextField(_("what is so now"), label="advocacy.askstanding.words", multiline=True, null=True)
    claim = models.ForeignKey(Claim, models.RESTRICT, null=True, blank=True, related_name="+", editable=False)
    look_again_on = models.DateField(_("look again on"), null=True, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AskStandingQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="sayings_of_an_ask_are_numbered", fields=["ask", "number"]),
            is_known("state_of_an_ask_is_known", state=["partly", "met", "verified", "back", "open"]),
            models.CheckConstraint(name="how_an_ask_stands_has_words", condition=Q(words__isnull=False)),
            models.CheckConstraint(
                name="what_is_verified_stands_on_a_claim", condition=~Q(state="verified") | Q(claim__isnull=False)
            ),
        ]
