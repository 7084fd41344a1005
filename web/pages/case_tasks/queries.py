"""The questions behind the tasks of cases, each asked once for any number of them (docs/architecture.md, "A hot page")."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import BooleanField, Count, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models import Case as Choice
from django.db.models.functions import Coalesce

from accounts.models import User
from advocacy.models import Milestone, MilestoneDependency, Plan
from audit.models import Entry
from casework.models import (
    Case,
    CaseUserObjectPermission,
    Consent,
    Demand,
    Membership,
)
from casework.models.case import not_over, permission_ids
from casework.models.minimum import PARTS
from materials.models import Copy, Material, MaterialCase
from safety.models import AssessmentDraft, Pause, RiskEvent
from sealing.queries import KEY, MOMENT, PERSON, TEXT, row_of, several, written_once

OUT = (Material.Status.SENT, Material.Status.PUBLISHED)
MOST_MATERIALS = 500


@dataclass(frozen=True)
class CaseState:
    """Which parts of a packet are there, and which work is on its way: the columns of `states`, in this order."""

    has_spell: bool
    has_name: bool
    has_claim: bool
    has_demand: bool
    has_ask: bool
    has_signer: bool
    is_asked_to_join: bool
    has_plan: bool
    has_fallback: bool
    has_left: bool
    has_event: bool = False
    has_pause: bool = False
    draft: str | None = None
    is_stale_outside: bool = False
    is_to_hand_over: bool = False


@written_once(user=PERSON, cases=several(KEY), held=several(KEY), at=MOMENT)
def states(
    *, user: User, cases: list[uuid.UUID], held: list[uuid.UUID], at: dt.datetime
) -> QuerySet[Case, tuple[Any, ...]]:
    """Return key, late steps, open steps and key of the first step, then the columns of CaseState.

    `held` are the cases over which a hold stands.
    """
    asked = {**_parts(), **_people(), **_work(user), **_copies(user), **_steps(held, at)}
    rows = Case.objects.filter(pk__in=cases).order_by().annotate(**asked)
    return rows.values_list("pk", "late", "open", "first", *(field.name for field in fields(CaseState)))


def _is_there(rows: QuerySet[Any, Any]) -> Coalesce:
    """Say whether there is such a row, as a value: PostgreSQL may turn EXISTS into a walk through the whole table."""
    found = rows.order_by().annotate(found=Value(True)).values("found")[:1]
    return Coalesce(Subquery(found), Value(False), output_field=BooleanField())


def _parts() -> Mapping[str, Coalesce]:
    return {
        f"has_{name}": _is_there(model.objects.present().filter(case=OuterRef("pk"))) for name, model in PARTS.items()
    }


def _people() -> Mapping[str, Coalesce]:
    signing = CaseUserObjectPermission.objects.filter(
        not_over(), content_object_id=OuterRef("pk"), permission_id__in=permission_ids("sign_review")
    )
    asking = Membership.objects.asking_to_join().filter(case=OuterRef("pk"))
    return {
        "has_signer": _is_there(signing.exclude(user_id=OuterRef("lead_id"))),
        "is_asked_to_join": _is_there(asking),
    }


def _work(user: User) -> Mapping[str, Any]:
    """Return which work is on its way; of texts, those that the reader may know of."""
    seen = Material.objects.visible_to(user)
    plans = Plan.objects.filter(case=OuterRef("pk"), ended_at=None)
    unanswered = RiskEvent.objects.filter(case=OuterRef("pk"), answered_at=None).exclude(event_class="note")
    drafts = AssessmentDraft.objects.filter(case=OuterRef("pk")).order_by("kind")
    return {
        "has_plan": _is_there(plans),
        "has_fallback": _is_there(plans.filter(template=Plan.Template.FALLBACK)),
        "has_left": _is_there(seen.filter(case_links__case=OuterRef("pk"), status__in=OUT)),
        "has_event": _is_there(unanswered),
        "has_pause": _is_there(Pause.objects.filter(case=OuterRef("pk"), ended_at=None)),
        "draft": Subquery(drafts.values("kind")[:1]),
    }


def _copies(user: User) -> Mapping[str, Coalesce]:
    """Return whether a copy is out that is untrue, or in the house that nobody handed over, among those the reader may know of.

    What left later for the same reader, about the same case, has told them.
    """
    made = Copy.objects.visible_to(user).filter(material__case_links__case=OuterRef("pk"), dispatched_at__isnull=False)
    later = Copy.objects.filter(
        material__case_links__case=OuterRef(OuterRef("pk")), dispatched_at__gt=OuterRef("stale_at")
    )
    untold = made.alias(
        told_by_entry=_is_there(later.filter(sent_to__entry=OuterRef("sent_to__entry"))),
        told_in_person=_is_there(later.filter(recipient=OuterRef("recipient"))),
    ).filter(stale_at__isnull=False, told_by_entry=False, told_in_person=False)
    return {
        "is_stale_outside": _is_there(untold),
        "is_to_hand_over": _is_there(made.filter(handed_over_at=None, stale_at=None)),
    }


def _steps(held: list[uuid.UUID], at: dt.datetime) -> Mapping[str, Any]:
    """Return how many open steps are late, how many there are, and which comes first.

    Late comes before what is still to come; among each, what can be done now before what waits for another step. While
    public work stands still, a public step is nobody's next.
    """
    is_paused = _is_there(Pause.objects.filter(case=OuterRef("case"), ended_at=None))
    rows = Milestone.objects.open().filter(case=OuterRef("pk")).order_by()
    rows = rows.alias(is_paused=is_paused).exclude(is_paused=True, gate_level="full")
    if held:
        rows = rows.exclude(case__in=held, gate_level="full")
    counted = rows.values("case").annotate(n=Count("pk")).values("n")
    is_late = Choice(When(due_at__lt=at, then=Value(True)), default=Value(False), output_field=BooleanField())
    first = rows.annotate(is_late=is_late, is_waiting=_is_there(_needs_of(OuterRef("pk"))))
    return {
        "late": Subquery(counted.filter(due_at__lt=at)),
        "open": Subquery(counted),
        "first": Subquery(first.order_by("-is_late", "is_waiting", "due_at", "pk").values("pk")[:1]),
    }


def _needs_of(milestone: Any) -> QuerySet[MilestoneDependency]:
    return MilestoneDependency.objects.filter(milestone=milestone, needs__done_at=None, needs__dropped_at=None)


@written_once(keys=several(KEY))
def steps(*, keys: list[uuid.UUID]) -> QuerySet[Milestone]:
    """Return these steps with whoever owns them."""
    rows = Milestone.objects.filter(pk__in=keys).order_by().select_related("owner")
    return rows.only("case_id", "due_at", "title", "owner__name", "owner__username")


@written_once(key=KEY)
def step_of_plan(*, key: uuid.UUID) -> QuerySet[Milestone]:
    """Return this step with its plan, without its words."""
    return Milestone.objects.filter(pk=key).order_by().select_related("plan").defer("title", "note", "evidence")


@written_once(milestone=row_of(Milestone))
def needed(*, milestone: Milestone) -> QuerySet[MilestoneDependency]:
    """Return the first open step for which this one waits."""
    return _needs_of(milestone).select_related("needs").order_by("needs__due_at")[:1]


@written_once(user=PERSON, cases=several(KEY))
def rights(*, user: User, cases: list[uuid.UUID]) -> QuerySet[CaseUserObjectPermission, tuple[uuid.UUID, str]]:
    """Return the rights of this person on these cases."""
    rows = CaseUserObjectPermission.objects.filter(not_over(), user_id=user.pk, content_object_id__in=cases)
    return rows.values_list("content_object_id", "permission__codename")


@written_once(cases=several(KEY))
def last_done(*, cases: list[uuid.UUID]) -> QuerySet[Case, tuple[uuid.UUID, dt.datetime | None]]:
    """Return when somebody last changed anything on each of these cases, by the trail; looks are no work."""
    done = Entry.objects.done().filter(case_id=OuterRef("pk")).order_by("-sequence").values("at")[:1]
    rows = Case.objects.filter(pk__in=cases).order_by().annotate(done=Subquery(done))
    return rows.values_list("pk", "done")


@written_once(cases=several(KEY))
def demands(*, cases: list[uuid.UUID]) -> QuerySet[Demand]:
    """Return the demands of these cases without their words."""
    return Demand.objects.present().filter(case__in=cases).only("case_id", "aim", "said_for").order_by()


@written_once(cases=several(KEY))
def consents(*, cases: list[uuid.UUID]) -> QuerySet[Consent]:
    """Return the answers about the prisoners of these cases, oldest first, without their words."""
    rows = Consent.objects.present().filter(case__in=cases, subject=Consent.Subject.PRISONER)
    return rows.only("case_id", "status", "from_at", "until_at", "withdrawn_at", "removed_at").order_by("created_at")


@written_once(user=PERSON, cases=several(KEY))
def papers_in_hand(*, user: User, cases: list[uuid.UUID]) -> QuerySet[MaterialCase]:
    """Return the texts about these cases that have not left and that this person may know of, the oldest edit first."""
    seen = Material.objects.visible_to(user).filter(pk=OuterRef("material_id")).exclude(status__in=OUT)
    rows = MaterialCase.objects.filter(Exists(seen), case__in=cases).select_related("material")
    of_it = ("kind", "status", "audience", "author_id", "last_editor_id", "edited_at", "is_stale")
    shown = rows.only("case_id", *(f"material__{name}" for name in of_it))
    return shown.order_by("material__edited_at", "pk")[:MOST_MATERIALS]


@written_once(case=row_of(Case), right=TEXT)
def who_may(*, case: Case, right: str) -> QuerySet[User, str]:
    """Return the names of the active people who were given this right on the case."""
    held = CaseUserObjectPermission.objects.filter(not_over(), content_object_id=case.pk, permission__codename=right)
    people = User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("name")
    return people.values_list("name", flat=True)
