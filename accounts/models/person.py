"""A person who signs in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models.address import FoldedAddressField
from sealing.constraints import is_known
from sealing.queries import PERSON, written_once


class PersonManager(BaseUserManager["User"]):
    """Makes people; nobody is ever made with more rights than none."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may sign in once a password and a second factor are set; no role, no case."""
        fields["email"] = self.normalize_email(fields.get("email", ""))
        person = self.model(username=username.strip(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody of the office, or an outside reviewer. What they may do stands in roles, never here."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the device says")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    name = models.CharField(_("name shown to colleagues"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    email_folded = FoldedAddressField(of="email")
    language = models.CharField(_("language"), max_length=12, default="en")
    reads = models.CharField(_("languages that I read well enough to sign a translation"), max_length=100, blank=True)
    theme = models.CharField(_("colours"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    without_keys = models.BooleanField(_("Switch keyboard shortcuts off"), default=False)
    without_digest = models.BooleanField(_("No summary of the week by mail and notice"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_founder = models.BooleanField(default=False, help_text=_("One of the first two people, made at set-up."))
    joined_at = models.DateTimeField(default=timezone.now)
    reset_at = models.DateTimeField(null=True, help_text=_("When two colleagues last reset a password or factor."))

    session_epoch = models.PositiveIntegerField(default=0, help_text=_("Raised by one to end every session."))

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("username"), name="usernames_differ_by_more_than_case"),
            models.UniqueConstraint(
                name="one_address_is_one_account", fields=["email_folded"], condition=~models.Q(email_folded="")
            ),
            models.UniqueConstraint(
                Lower(Trim("email")), name="addresses_differ_by_more_than_case", condition=~models.Q(email="")
            ),
            models.CheckConstraint(
                name="every_address_is_folded",
                condition=models.Q(email="", email_folded="") | (~models.Q(email="") & ~models.Q(email_folded="")),
            ),
            is_known("theme_is_known", theme=["system", "light", "dark"]),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know: it changes with the password and with each order to end every session."""
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("accounts.User.session", value, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def current_roles(self) -> frozenset[str]:
        """The office roles in effect when first asked; for what a page shows, not for what an act allows."""
        return frozenset(_roles(person=self))

    def does_read(self, language: str) -> bool:
        """Say whether this person says of themselves that they read this language."""
        return language in self.reads.split(",")

    def may_read_trail(self) -> bool:
        """Whether this person is an auditor now. The trail asks this and knows nothing else of people."""
        held = self.office_roles.in_effect().filter(role="auditor")
        return self.is_active and held.exists()


@written_once(person=PERSON)
def _roles(*, person: User) -> models.QuerySet[models.Model, str]:
    return person.office_roles.in_effect().values_list("role", flat=True)
