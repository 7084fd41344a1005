"""The consent ledger: whose information, given by whom, for which items and audiences, from and until when."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models.case import Case
from casework.models.people import Contact
from casework.models.rows import CaseRow, CaseRowQuerySet
from directory.vocabulary import choices
from sealing.constraints import is_known
from sealing.fields import MarkedModel, MarkField, SealedModel, SealedTextField


class Consent(CaseRow):
    """One answer of one giver. It can be withdrawn or shortened; widening it is a new row."""

    class Subject(models.TextChoices):
        PRISONER = "prisoner", _("the person in prison")
        CONTACT = "contact", _("somebody around the person")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Consent")
        BEST_INTEREST = "best_interest", _("Best interest: nobody could be asked")

    class Status(models.TextChoices):
        ASKED = "CS_ASKED", _("Asked, no answer yet")
        GIVEN = "CS_GIVEN", _("Given")
        LIMITED = "CS_LIMITED", _("Given with limits")
        REFUSED = "CS_REFUSED", _("Refused")
        DISPUTED = "CS_DISPUTED", _("The family disagrees")
        PRESUMED = "CS_PRESUMED", _("Presumed: best interest, 72 hours")

    LIVE = (Status.GIVEN, Status.LIMITED, Status.PRESUMED)

    subject = models.CharField(_("whose information"), max_length=10, choices=Subject, default=Subject.PRISONER)
    subject_contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="consents", verbose_name=_("which person")
    )
    giver = models.CharField(_("who gives it"), max_length=20, choices=choices("consent_giver"))
    basis = models.CharField(_("basis"), max_length=15, choices=Basis, default=Basis.CONSENT)
    status = models.CharField(_("answer"), max_length=12, choices=Status, default=Status.GIVEN)
    method = models.CharField(_("how it was given"), max_length=20, choices=choices("consent_method"), blank=True)
    language = models.CharField(_("language used"), max_length=20, blank=True)
    from_at = models.DateTimeField(_("from"), default=timezone.now)
    until_at = models.DateTimeField(_("until"))
    granted_until = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    giver_name = SealedTextField(
        _("name of the giver and right to speak"), label="casework.consent.giver_name", null=True, blank=True
    )
    limits = SealedTextField(
        _("limits, in the giver's words"), label="casework.consent.limits", multiline=True, null=True, blank=True
    )
    explained = SealedTextField(
        _("what was explained: purpose, risks, that it cannot be called back, that they may say no"),
        label="casework.consent.explained",
        multiline=True,
        null=True,
        blank=True,
    )
    proof = SealedTextField(_("proof, and where it is kept"), label="casework.consent.proof", null=True, blank=True)
    tried = SealedTextField(
        _("who was tried, when, and why nobody can be asked"),
        label="casework.consent.tried",
        multiline=True,
        null=True,
        blank=True,
    )
    pressure = SealedTextField(
        _("perhaps under pressure: what is known"), label="casework.consent.pressure", null=True, blank=True
    )
    mac = MarkField(
        covers=(
            "case",
            "subject",
            "subject_contact",
            "giver",
            "basis",
            "status",
            "from_at",
            "until_at",
            "granted_until",
            "withdrawn_at",
            "explained_by",
            "seconded_by",
            "created_at",
            "removed_at",
            "method",
            "language",
            "created_by",
            "removed_by",
        )
    )

    class Meta:
        constraints = [
            is_known(
                "consent_status_is_known",
                status=["CS_ASKED", "CS_GIVEN", "CS_LIMITED", "CS_REFUSED", "CS_DISPUTED", "CS_PRESUMED"],
            ),
            models.CheckConstraint(
                name="best_interest_is_presumed_and_nobody_gave_it",
                condition=Q(basis="best_interest", giver="CG_NONE_BEST", status="CS_PRESUMED", tried__isnull=False)
                | (Q(basis="consent") & ~Q(giver="CG_NONE_BEST") & ~Q(status="CS_PRESUMED")),
            ),
            models.CheckConstraint(name="consent_ends_after_it_begins", condition=Q(until_at__gt=F("from_at"))),
            models.CheckConstraint(
                name="consent_is_never_longer_than_granted", condition=Q(until_at__lte=F("granted_until"))
            ),
            models.CheckConstraint(
                name="consent_names_whose_information",
                condition=Q(subject="prisoner", subject_contact=None)
                | Q(subject="contact", subject_contact__isnull=False),
            ),
            models.CheckConstraint(
                name="best_interest_is_decided_by_two_people",
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("explained_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "subject", "withdrawn_at"], name="consents_live_by_case"),
            models.Index(
                fields=["until_at"], name="consents_by_their_end", condition=Q(withdrawn_at=None, removed_at=None)
            ),
        ]

    def is_live(self, *, at: dt.datetime | None = None) -> bool:
        """Say whether this answer allows anything at this moment (default: now)."""
        moment = at or timezone.now()
        return (
            self.status in self.LIVE
            and self.withdrawn_at is None
            and self.removed_at is None
            and self.from_at <= moment < self.until_at
        )


class ConsentGrant(MarkedModel, models.Model):
    """One item for one audience within a consent. Narrowing ends the row; nothing widens it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="grants")
    item = models.CharField(_("item"), max_length=12, choices=choices("consent_item"))
    audience = models.CharField(_("audience"), max_length=12, choices=choices("consent_audience"))
    ended_at = models.DateTimeField(null=True, editable=False)
    mac = MarkField(covers=("consent", "item", "audience", "ended_at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consent_names_item_and_audience_once", fields=["consent", "item", "audience"])
        ]


class Wish(CaseRow):
    """What the person, or those who may speak for them, want: silence, publicity, or not known. The latest counts."""

    class Wants(models.TextChoices):
        SILENCE = "silence", _("Silence or delay")
        PUBLICITY = "publicity", _("Publicity")
        NONE_KNOWN = "none_known", _("No wish is known")

    wants = models.CharField(_("wish"), max_length=12, choices=Wants)
    number = models.PositiveIntegerField(editable=False)
    told_by = SealedTextField(
        _("said by whom, how, and could they speak freely"), label="casework.wish.told_by", null=True, blank=True
    )
    mark = MarkField(
        covers=("case", "number", "wants", "told_by", "removed_at", "created_at", "created_by", "removed_by")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="wishes_are_numbered_in_their_case", fields=["case", "number"]),
            is_known("wish_is_known", wants=["silence", "publicity", "none_known"]),
        ]


class FamilyTold(SealedModel, models.Model):
    """That the family was told before something about the case is published, or why there is nobody to tell."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="family_told")
    material_id = models.UUIDField(db_index=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)
    is_nobody_to_tell = models.BooleanField(_("there is nobody to tell"), default=False)
    who = SealedTextField(
        _("who was told and how, or why nobody can be told"), label="casework.familytold.who", null=True
    )
    mark = MarkField(covers=("case", "material_id", "told_by", "told_at", "is_nobody_to_tell"))

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="family_told_says_who_or_why_nobody", condition=Q(who__isnull=False))
        ]
