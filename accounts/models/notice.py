"""What the office must tell those who sign."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.person import User


class OfficeNotice(models.Model):
    """One line to one person: somebody's rights or keys were touched. Names people, never cases."""

    user = models.ForeignKey(User, models.CASCADE, related_name="office_notices")
    verb = models.CharField(max_length=80)
    about = models.ForeignKey(User, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice of the office")
        verbose_name_plural = _("notices of the office")
        indexes = [models.Index(fields=["user", "-at"], name="notices_of_a_person")]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"
