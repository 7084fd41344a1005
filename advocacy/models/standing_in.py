"""Who stands in for the owner of a step while they are away: the deputy who may see the case, else its lead.

The rule stands here once, as a condition of the database: Today, the reminders and the load ask it. It gives nobody a
right, and no step another owner.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from django.db.models import Case as Choice
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, When

from accounts.models import Absence, User
from advocacy.models.plan import Milestone, MilestoneQuerySet
from casework.models import CaseUserObjectPermission
from casework.models.case import not_over, permission_ids


def of_absent_owners(rows: MilestoneQuerySet, *, day: dt.date) -> MilestoneQuerySet:
    """Return those whose owner is away on this day, each with `away_until` and `stand_in`, the key of a person or None.

    Nobody stands in where the deputy may not see the case, signs in no more or is away too, and the owner leads it.
    """
    away = FilteredRelation(
        "owner__absences",
        condition=Q(
            owner__absences__ended_at=None,
            owner__absences__begins_on__lte=day,
            owner__absences__ends_on__gte=day,
        ),
    )
    sees = CaseUserObjectPermission.objects.filter(
        not_over(),
        content_object_id=OuterRef("case_id"),
        user_id=OuterRef("away__deputy_id"),
        permission_id__in=permission_ids("view_case"),
    )
    too = Absence.objects.on(day).filter(user_id=OuterRef("away__deputy_id"))
    by_deputy = Q(Exists(sees), ~Exists(too), away__deputy__is_active=True)
    by_lead = ~Q(case__lead_id=F("owner_id"))
    stand_in = Choice(When(by_deputy, then=F("away__deputy_id")), When(by_lead, then=F("case__lead_id")))
    of_absent = rows.alias(away=away).filter(away__isnull=False)
    found: MilestoneQuerySet = of_absent.annotate(away_until=F("away__ends_on"), stand_in=stand_in)
    return found


def stood_in_by(rows: MilestoneQuerySet, user: User, *, day: dt.date) -> MilestoneQuerySet:
    """Return those for which this person stands in on this day."""
    return of_absent_owners(rows, day=day).filter(Q(away__deputy=user) | Q(case__lead=user), stand_in=user.pk)


def stand_ins(keys: Collection[uuid.UUID], *, day: dt.date) -> Mapping[uuid.UUID, int]:
    """Return who stands in for the owners of these open steps, by step; a step that nobody is asked for is left out."""
    rows = of_absent_owners(Milestone.objects.open().filter(pk__in=keys), day=day)
    return dict(rows.filter(stand_in__isnull=False).order_by().values_list("pk", "stand_in"))
