"""Spells of detention, the places over time, and the charges."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.facts_mac import facts_mac, words_macs
from casework.models.rows import CaseRow
from directory.vocabulary import choices
from sealing.fields import DerivedField, MarkField, SealedNotedField, SealedTextField


def claim_that_says_so(words: Any) -> Any:
    """Return the field for the claim that says a fact of the packet; its sources stand behind that fact on a paper."""
    return models.ForeignKey(
        "casework.Claim", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=words
    )


class Detention(CaseRow):
    """One spell of detention. Dates are sealed EDTF text, so that 'about March' stays 'about March'."""

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("started", "ended", "term_ends", "authority", "taken_at")
    TYPED_WORDS: ClassVar[tuple[str, ...]] = ("taken_at",)

    started = SealedNotedField(_("held since"), label="casework.detention.started", null=True, blank=True)
    ended = SealedNotedField(_("until"), label="casework.detention.ended", null=True, blank=True)
    term_ends = SealedNotedField(_("term ends on"), label="casework.detention.term_ends", null=True, blank=True)
    authority = SealedTextField(
        _("authority that holds the person"), label="casework.detention.authority", null=True, blank=True
    )
    taken_by = SealedTextField(_("who took the person"), label="casework.detention.taken_by", null=True, blank=True)
    taken_at = SealedTextField(_("place of the arrest"), label="casework.detention.taken_at", null=True, blank=True)
    arrest_claim = claim_that_says_so(_("claim that says when and where the person was taken"))
    circumstances = SealedTextField(
        _("circumstances of the arrest"),
        label="casework.detention.circumstances",
        multiline=True,
        null=True,
        blank=True,
    )
    warrant = SealedTextField(_("was a warrant shown"), label="casework.detention.warrant", null=True, blank=True)
    legal_basis = SealedTextField(
        _("law or decision given as the ground"), label="casework.detention.legal_basis", null=True, blank=True
    )
    ending = SealedTextField(_("how it ended"), label="casework.detention.ending", null=True, blank=True)
    acknowledged = models.CharField(
        _("custody acknowledged"), max_length=20, choices=choices("acknowledgement"), blank=True
    )
    basis_kind = models.CharField(
        _("kind of legal basis"), max_length=20, choices=choices("legal_basis_type"), blank=True
    )
    counsel = models.CharField(_("access to a lawyer"), max_length=20, choices=choices("counsel_access"), blank=True)
    contact_allowed = models.CharField(
        _("contact allowed"), max_length=20, choices=choices("contact_allowed"), blank=True
    )
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    words_macs = DerivedField(sources=TYPED_WORDS, make=words_macs)
    mark = MarkField(covers=("case", "removed_at", "facts_mac", "words_macs"))


class Place(CaseRow):
    """Where the person was held from one date to the next."""

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("since", "until", "place")
    TYPED_WORDS: ClassVar[tuple[str, ...]] = ("place",)

    detention = models.ForeignKey(Detention, models.CASCADE, related_name="places", editable=False)
    since = SealedNotedField(_("from"), label="casework.place.since", null=True, blank=True)
    until = SealedNotedField(_("to"), label="casework.place.until", null=True, blank=True)
    place = SealedTextField(_("place"), label="casework.place.place", null=True)
    claim = claim_that_says_so(_("claim that says so"))
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    words_macs = DerivedField(sources=TYPED_WORDS, make=words_macs)
    mark = MarkField(covers=("case", "removed_at", "facts_mac", "words_macs", "detention"))


class Charge(CaseRow):
    """A charge with its law, court and outcome. A case number names the person: all of it is sealed."""

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = (
        *("charged_on", "law", "court", "tried_on", "trial_place", "verdict", "sentence", "sentenced_on"),
    )
    TYPED_WORDS: ClassVar[tuple[str, ...]] = ("law", "court", "trial_place", "verdict", "sentence")

    detention = models.ForeignKey(
        Detention, models.CASCADE, related_name="charges", null=True, blank=True, editable=False
    )
    charged_on = SealedNotedField(_("date"), label="casework.charge.charged_on", null=True, blank=True)
    law = SealedTextField(_("law and article"), label="casework.charge.law", null=True)
    court = SealedTextField(_("court"), label="casework.charge.court", null=True, blank=True)
    tried_on = SealedNotedField(_("trial"), label="casework.charge.tried_on", null=True, blank=True)
    trial_place = SealedTextField(_("place of the trial"), label="casework.charge.trial_place", null=True, blank=True)
    judge = SealedTextField(_("judge"), label="casework.charge.judge", null=True, blank=True)
    case_number = SealedTextField(_("case number"), label="casework.charge.case_number", null=True, blank=True)
    verdict = SealedTextField(_("verdict"), label="casework.charge.verdict", null=True, blank=True)
    sentence = SealedTextField(_("sentence"), label="casework.charge.sentence", null=True, blank=True)
    sentenced_on = SealedNotedField(
        _("date of the sentence"), label="casework.charge.sentenced_on", null=True, blank=True
    )
    charge_claim = claim_that_says_so(_("claim that says the charge"))
    trial_claim = claim_that_says_so(_("claim that says the trial"))
    sentence_claim = claim_that_says_so(_("claim that says the sentence"))
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    words_macs = DerivedField(sources=TYPED_WORDS, make=words_macs)
    mark = MarkField(covers=("case", "removed_at", "facts_mac", "words_macs", "detention"))
