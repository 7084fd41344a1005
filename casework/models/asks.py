"""What must change for the person (demand), and what one addressee is asked to do for it (ask)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.aims import Aim, Situation, makes_sense
from casework.models.facts_mac import facts_mac, words_macs
from casework.models.rows import CaseRow
from directory.vocabulary import choices
from sealing.constraints import is_known
from sealing.fields import DerivedField, MarkField, SealedNotedField, SealedTextField


class RightImplicated(CaseRow):
    """A right that the facts put in question; its articles come from the vocabulary."""

    right = models.CharField(_("right"), max_length=20, choices=choices("right"))
    fact = SealedTextField(_("the fact that shows it"), label="casework.rightimplicated.fact", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_right_stands_once_in_a_case", fields=["case", "right"], condition=models.Q(removed_at=None)
            )
        ]


class Demand(CaseRow):
    """What must change for the person: release, doctor, lawyer, visits, end of the charge. One or two lead.

    `said_for` is the situation for which somebody said that a demand in words of our own makes sense; it counts for no
    other aim.
    """

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("text", "aim")
    TYPED_WORDS: ClassVar[tuple[str, ...]] = ("text",)

    text = SealedTextField(_("demand"), label="casework.demand.text", null=True)
    aim = models.CharField(_("what it is about"), max_length=16, choices=Aim, default=Aim.OWN)
    said_for = models.CharField(max_length=16, choices=Situation, blank=True, editable=False)
    is_lead = models.BooleanField(_("leads"), default=True)
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    words_macs = DerivedField(sources=TYPED_WORDS, make=words_macs)
    mark = MarkField(covers=("case", "removed_at", "facts_mac", "words_macs", "aim", "said_for"))

    class Meta:
        ordering = ["-is_lead", "rank"]
        constraints = [
            is_known("demand_aim_is_known", aim=Aim.values),
            is_known("demand_is_said_for_a_known_situation", said_for=["", *Situation.values]),
        ]

    def makes_sense_at(self, status: str) -> bool:
        """Say whether it still makes sense to ask for this when the person is of this status."""
        return makes_sense(self.aim, self.said_for, status)


class Ask(CaseRow):
    """What one addressee is asked to do for a demand, within their power, by when."""

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("to", "text", "by", "audience")
    TYPED_WORDS: ClassVar[tuple[str, ...]] = ("to", "text")

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="asks", verbose_name=_("for the demand"))
    to = SealedTextField(_("who is asked"), label="casework.ask.to", null=True)
    text = SealedTextField(_("what they are asked to do"), label="casework.ask.text", multiline=True, null=True)
    by = SealedNotedField(_("by when"), label="casework.ask.by", null=True, blank=True)
    audience = models.CharField(_("audience"), max_length=12, choices=choices("consent_audience"), blank=True)
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    words_macs = DerivedField(sources=TYPED_WORDS, make=words_macs)
    mark = MarkField(covers=("case", "demand", "removed_at", "facts_mac", "words_macs"))
