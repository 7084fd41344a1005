"""Tells everybody on a case what happened to its safety; who listens is known to casework alone."""

from django.db import models

from accounts.models import User
from casework import notify
from casework.models import Case
from safety.people import people_on


def notify_case(*, verb: str, case: Case, about: models.Model, actor: User) -> None:
    """Tell everybody on the case but the actor; a notice that fails never undoes a hold."""
    notify.notify_people(verb=verb, case=case, about=about, actor=actor, people=people_on(case, but=actor))
