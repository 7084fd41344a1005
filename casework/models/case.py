"""A case, the group it may belong to, and the key that seals what is known of it."""

import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from casework.models.facts_mac import facts_mac, words_macs
from casework.models.permission_filter import HasRight
from directory.vocabulary import choices
from sealing.fields import DerivedField, HardenedTextField, MarkField, RevisionField, SealedModel, SealedTextField
from sealing.queries import is_nobody, now

REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_reference() -> str:
    """Return a random reference such as K7QF-29MD: it counts nothing and names nobody."""
    letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def permission_ids(codename: str) -> models.QuerySet[Any, Any]:
    """Return the one permission of this name on cases, as a subquery of its id."""
    return Permission.objects.filter(codename=codename, content_type__app_label="casework").values("pk")


def not_over(*, at: Any = None) -> Q:
    """Return the condition for a right whose time is not over; it does not wait for the sweep that ends the role."""
    return Q(until=None) | Q(until__gt=at or now())


class CaseQuerySet(models.QuerySet["Case"]):
    """Which cases. Nobody has a shortcut: what is not granted on the case is not seen."""

    def visible_to(self, user: Any, *, row_by_row: bool = True) -> "CaseQuerySet":
        """Return the cases this person may know of."""
        return self.where(user, may="view_case", row_by_row=row_by_row)

    def where(self, user: Any, *, may: str, row_by_row: bool = True) -> "CaseQuerySet":
        """Return the cases on which this person was given this right; not even a superuser has more.

        A long list for somebody who was given few cases is asked for rights first (access.sees_many tells).
        """
        if is_nobody(user):
            return self.none()
        return self.filter(HasRight(user, may, case="pk", row_by_row=row_by_row))


class CaseGroup(models.Model):
    """Cases that stand or fall together, such as co-defendants; a hold may stop a whole group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    codename = models.CharField(_("codename"), max_length=40, unique=True)

    def __str__(self) -> str:
        return self.codename


class Case(SealedModel, models.Model):
    """One prisoner's case. What could name the person is sealed; what stands in clear is a code or a date of ours."""

    FACT_COLUMNS: ClassVar[tuple[str, ...]] = ("public_label", "authorities_say", "why_now")
    TYPED_WORDS: ClassVar[tuple[str, ...]] = ("public_label", "why_now", "authorities_say")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=9, unique=True, default=new_reference, editable=False)
    codename = models.CharField(_("codename"), max_length=40, db_index=True, editable=False)
    country = models.CharField(_("country that holds the person"), max_length=3)
    group = models.ForeignKey(CaseGroup, models.PROTECT, null=True, blank=True, related_name="cases")
    status = models.CharField(_("status"), max_length=20, choices=choices("detention_status"), default="DS_UNKNOWN")
    status_on = models.DateField(_("status as of"), default=timezone.localdate)
    language = models.CharField(_("language of the packet"), max_length=12, default="en")
    year_detained = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases_led")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    public_label = SealedTextField(
        _("safe public label"), label="casework.case.public_label", owner="case", owner_attr="id", blank=True, null=True
    )
    summary = SealedTextField(
        _("summary for the team"), label="casework.case.summary", owner="case", owner_attr="id", blank=True, null=True
    )
    activity = SealedTextField(
        _("what the person did"), label="casework.case.activity", owner="case", owner_attr="id", blank=True, null=True
    )
    authorities_say = SealedTextField(
        _("what the authorities say"),
        label="casework.case.authorities_say",
        owner="case",
        owner_attr="id",
        blank=True,
        null=True,
    )
    why_now = SealedTextField(
        _("why now"), label="casework.case.why_now", owner="case", owner_attr="id", blank=True, null=True
    )
    facts_mac = DerivedField(sources=FACT_COLUMNS, make=facts_mac)
    words_macs = DerivedField(sources=TYPED_WORDS, make=words_macs)
    import_tag = models.BinaryField(max_length=16, null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    protected_revision = RevisionField()
    mark = MarkField(covers=("country", "group", "status", "facts_mac", "words_macs", "language"))

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["codename"]
        permissions = [
            ("view_identity", "May see names, contacts and sources"),
            ("add_to_packet", "May add people around and events, and correct their own"),
            ("manage_access", "May put people on the case and take them off"),
            ("plan", "May plan the three tracks"),
            ("write_material", "May write materials"),
            ("assess_risk", "May write risk assessments"),
            ("dispatch", "May dispatch what is cleared"),
            ("sign_review", "May sign or send back a material"),
            ("sign_risk", "May sign a risk assessment"),
            ("sign_high", "May sign a high risk"),
            ("lift_hold", "May lift a hold"),
            ("keep_consent", "May record and withdraw consent"),
        ]
        indexes = [models.Index(fields=["country", "codename"]), models.Index(fields=["status", "codename"])]
        constraints = [
            models.CheckConstraint(
                name="case_reference_is_random_and_whole", condition=Q(reference__regex=r"^[A-Z2-9]{4}-[A-Z2-9]{4}$")
            ),
            models.CheckConstraint(name="case_has_a_codename", condition=~Q(codename="")),
        ]

    def __str__(self) -> str:
        return f"{self.codename} {self.reference}"


class CaseUserObjectPermission(UserObjectPermissionBase):
    """A right of one person on one case, tied to the row of the case itself, so that it cannot outlive it."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE)
    until = models.DateTimeField(null=True, editable=False)

    class Meta(UserObjectPermissionBase.Meta):
        indexes = [
            models.Index(fields=["user", "permission", "content_object", "until"], name="rights_of_a_person_and_until")
        ]


class CaseKey(models.Model):
    """A data key of a case, wrapped by the master key. Without it the case cannot be read by anybody."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="keys")
    key_version = models.PositiveSmallIntegerField(default=1)
    dek = HardenedTextField(label="casework.casekey.dek")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_data_key_per_case_and_version", fields=["case", "key_version"])
        ]


class KeyCanary(models.Model):
    """A known text under the master key, opened at start-up: a wrong key refuses to start."""

    text = HardenedTextField(label="casework.keycanary.text")
