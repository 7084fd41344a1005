"""Long work with progress, and the sign that the sweeps run."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sealing.constraints import is_known


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs of a person, and those that were left lying."""

    def of(self, user: User | AnonymousUser) -> Self:
        """Return the jobs this person asked for; nobody has none."""
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()

    def abandoned(self, *, before: dt.datetime) -> Self:
        """Return jobs whose worker gave no sign since then, and jobs queued before it that nobody took."""
        return self.filter(state__in=["queued", "running"], heartbeat_at__lt=before)


class Job(models.Model):
    """One piece of long work. A Celery message is only a hint; this row is the truth."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        STOPPED = "stopped", _("Stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    about_id = models.UUIDField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    heartbeat_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    is_stop_asked = models.BooleanField(default=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="jobs_left_lying")]
        constraints = [is_known("job_state_is_known", state=["queued", "running", "done", "failed", "stopped"])]


class Heartbeat(models.Model):
    """When a sweep last ran; the health page and Today turn red when it is old."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()
