"""Claims, the sources that carry them, and the citations between."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from casework.models.facts_mac import facts_mac, words_macs
from casework.models.rows import CaseRow, CaseRowQuerySet
from directory.vocabulary import choices
from sealing.constraints import is_known
from sealing.fields import DerivedField, MarkField, SealedNotedField, SealedTextField


class Source(CaseRow):
    """Where something is known from. Reliability A to F is of the source; a new one starts at F.

    How it may be named outside is a decision: until somebody took it, nothing prints on this source.
    """

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("attribution", "secrecy", "reliability", "link", "seen_on")
    TYPED_WORDS: ClassVar[tuple[str, ...]] = ("attribution",)

    class Reliability(models.TextChoices):
        A = "A", _("A: completely reliable")
        B = "B", _("B: usually reliable")
        C = "C", _("C: fairly reliable")
        D = "D", _("D: not usually reliable")
        E = "E", _("E: unreliable")
        F = "F", _("F: cannot be judged")

    kind = models.CharField(_("kind of source"), max_length=20, choices=choices("source_type"))
    title = SealedTextField(_("title or short description"), label="casework.source.title", null=True)
    on = SealedNotedField(_("date"), label="casework.source.on", null=True, blank=True)
    identity = SealedTextField(
        _("who the source is, if it must be protected"), label="casework.source.identity", null=True, blank=True
    )
    formless_in = SealedTextField(
        _("scripts without a form of the name"), label="casework.source.formless_in", null=True, blank=True
    )
    reliability = models.CharField(_("reliability"), max_length=1, choices=Reliability, default=Reliability.F)
    reliability_reason = SealedTextField(
        _("why this grade"), label="casework.source.reliability_reason", null=True, blank=True
    )
    secrecy = models.CharField(
        _("how it may be named"), max_length=20, choices=choices("attribution_rule"), default="AT_UNDECIDED"
    )
    attribution = SealedTextField(
        _("words for naming it outside"), label="casework.source.attribution", null=True, blank=True
    )
    link = SealedTextField(_("address on the web"), label="casework.source.link", null=True, blank=True)
    seen_on = SealedNotedField(
        _("day on which it was seen there"), label="casework.source.seen_on", null=True, blank=True
    )
    is_general = models.BooleanField(_("general public record, no exact document"), default=False)
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    words_macs = DerivedField(sources=TYPED_WORDS, make=words_macs)
    mark = MarkField(covers=("case", "reliability", "removed_at", "facts_mac", "words_macs"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="source_reliability_is_a_grade", condition=Q(reliability__in=["A", "B", "C", "D", "E", "F"])
            )
        ]


class ClaimQuerySet(CaseRowQuerySet):
    """Claims with what is needed to judge them in one go."""

    def with_evidence(self) -> "ClaimQuerySet":
        """Return claims with their citations, sources and disclosed items already fetched."""
        return self.prefetch_related(Prefetch("citations", Citation.objects.select_related("source")), "items")


class Claim(CaseRow):
    """One sentence that is said to be true, with how far it was checked and what it would disclose."""

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("text", "on", "use")
    TYPED_WORDS: ClassVar[tuple[str, ...]] = ("text",)
    items_at_birth: tuple[str, ...] = ()
    """The items that are written together with a new claim, and that its first mark binds."""

    class Status(models.TextChoices):
        NEW = "VS_NEW", _("Not checked")
        SINGLE = "VS_SINGLE", _("Single source")
        CORROBORATED = "VS_CORROB", _("Corroborated")
        DOCUMENTED = "VS_DOC", _("Documented")
        CONFLICT = "VS_CONFLICT", _("Sources conflict")
        DENIED = "VS_DENIED", _("Denied by the authorities")
        REFUTED = "VS_REFUTED", _("Found false")
        STALE = "VS_STALE", _("Needs a new check")

    class Use(models.TextChoices):
        FACT = "fact", _("Fact")
        LAW = "law", _("Legal position, finding of a body")
        AUTHORITIES = "authorities", _("What the authorities say")
        DEATH = "death", _("A death: who, where, when, as stated by whom")
        WHY_TAKEN = "why_taken", _("Why the person was taken, in one line")
        WEIGHT = "weight", _("Who the person is to others, in one line")
        GROUND = "ground", _("Ground of detention")
        CHARACTER = "character", _("How a charge is characterised, and by whom")
        DISPUTE = "dispute", _("What family or defence say against the charge")

    number = models.PositiveIntegerField(editable=False)
    text = SealedTextField(_("claim, one sentence"), label="casework.claim.text", multiline=True, null=True)
    on = SealedNotedField(_("date it speaks of"), label="casework.claim.on", null=True, blank=True)
    use = models.CharField(_("what it is"), max_length=12, choices=Use, default=Use.FACT)
    status = models.CharField(_("verification"), max_length=12, choices=Status, default=Status.NEW)
    credibility = models.PositiveSmallIntegerField(_("credibility, 1 to 6"), null=True, blank=True)
    discloses_nothing = models.BooleanField(_("discloses no personal item"), default=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    verified_at = models.DateTimeField(null=True, editable=False)
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    words_macs = DerivedField(sources=TYPED_WORDS, make=words_macs)
    mark = MarkField(
        covers=(
            "case",
            "status",
            "credibility",
            "discloses_nothing",
            "verified_by",
            "verified_at",
            "removed_at",
            "facts_mac",
            "words_macs",
        ),
        also="casework.models.evidence.items_told",
    )

    objects: ClassVar[Any] = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="claim_number_is_unique_in_its_case", fields=["case", "number"]),
            models.CheckConstraint(
                name="claim_credibility_is_1_to_6", condition=Q(credibility=None) | Q(credibility__range=(1, 6))
            ),
            is_known(
                "claim_status_is_known",
                status=[
                    "VS_NEW",
                    "VS_SINGLE",
                    "VS_CORROB",
                    "VS_DOC",
                    "VS_CONFLICT",
                    "VS_DENIED",
                    "VS_REFUTED",
                    "VS_STALE",
                ],
            ),
        ]


def items_told(claim: Claim) -> list[str]:
    """Return the items that a claim names: its mark binds them, so that none is taken away by hand."""
    items = list(claim.items_at_birth) if claim._state.adding else [row.item for row in claim.items.all()]
    return ["items", *sorted(items)]


class ClaimItem(models.Model):
    """One consent item (CI_*) that printing the claim would disclose."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="items")
    item = models.CharField(_("item"), max_length=12, choices=choices("consent_item"))

    class Meta:
        constraints = [models.UniqueConstraint(name="claim_names_each_item_once", fields=["claim", "item"])]


class Citation(CaseRow):
    """A source that supports or contradicts a claim, with the place in the source."""

    class Kind(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        CONTRADICTS = "contradicts", _("contradicts")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="citations", editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    kind = models.CharField(_("it"), max_length=12, choices=Kind, default=Kind.SUPPORTS)
    place = SealedTextField(_("place in the source"), label="casework.citation.place", null=True, blank=True)
    mark = MarkField(covers=("case", "claim", "source", "kind", "removed_at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_source_is_cited_once_a_claim", fields=["claim", "source"], condition=Q(removed_at=None)
            )
        ]
