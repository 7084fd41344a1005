"""The rows that refusals speak of, fetched for all of them at once: one query a kind, and only when a line asks."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Q

from accounts.models import User
from casework import consent_rule
from casework.access.roles import ALL_RIGHTS
from casework.models import Case, CaseUserObjectPermission, Claim, Consent, Translation, Wish
from casework.models.case import not_over
from materials.models.material import AUDIENCE_CHOICES
from materials.text_as_read import READS_WORDS
from papers.composing.composing import letters_of
from safety.conditions.record import ReviewCell
from safety.conditions.registry import by_code
from safety.models import Hold, LeakFinding, Pause, Posture, RiskAssessment, RiskEvent

Rows = dict[str, list[tuple[uuid.UUID, str]]]


class RefusalRows:
    """What is known of the cases of one material, as far as this viewer may see the cases."""

    def __init__(
        self,
        *,
        material: Any,
        cases: Sequence[Case],
        viewer: User,
        rows: Rows,
        revision: int | None = None,
        audience: str = "",
    ) -> None:
        seen = set(
            Case.objects.visible_to(viewer).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True)
        )
        self.material, self.viewer, self.rows = material, viewer, rows
        self.revision, self.audience = revision or material.revision, audience or material.audience
        self.letters = letters_of(list(cases))
        self.cases = {case.pk: case for case in cases if case.pk in seen}
        self.of_material = frozenset(case.pk for case in cases)

    def sees(self, case_id: uuid.UUID) -> bool:
        """Say whether the viewer may know of this case, whether the material is about it or not."""
        return case_id in self.cases or Case.objects.visible_to(self.viewer).filter(pk=case_id).exists()

    def instead_of(self, case_id: uuid.UUID) -> Case | None:
        """Return the case of the material under which something of a case beside it is told."""
        return None if case_id in self.of_material else next(iter(self.cases.values()), None)

    @property
    def may_read(self) -> bool:
        """Say whether the words at hand are of this revision, and the viewer may see them."""
        return self.revision == self.material.revision and any(self.may(right, None) for right in READS_WORDS)

    @property
    def audience_in_words(self) -> str:
        """Return the audience as the lines name it."""
        return str(dict(AUDIENCE_CHOICES()).get(self.audience, self.audience))

    def _latest(self, rows: Iterable[Any]) -> dict[uuid.UUID, Any]:
        """Return the first row of each case."""
        found: dict[uuid.UUID, Any] = {}
        for row in rows:
            found.setdefault(row.case_id, row)
        return found

    @cached_property
    def claims(self) -> dict[uuid.UUID, Claim]:
        """Return the claims that are refused, with what speaks for and against each."""
        keys = {
            uuid.UUID(key)
            for code, pairs in self.rows.items()
            for case, key in pairs
            if by_code(code).cell is ReviewCell.CLAIMS
        }
        rows = Claim.objects.filter(pk__in=keys, case__in=self.cases).select_related("verified_by").with_evidence()
        return {claim.pk: claim for claim in rows}

    @cached_property
    def printed_as(self) -> dict[uuid.UUID, str]:
        """Return by claim how this revision prints it."""
        uses = self.material.claim_uses.filter(revision=self.revision)
        return dict(uses.values_list("claim_id", "printed_as"))

    @cached_property
    def consents(self) -> list[Consent]:
        """Return every answer about the prisoners, the latest first."""
        rows = Consent.objects.present().filter(case__in=self.cases, subject=Consent.Subject.PRISONER)
        return list(rows.select_related("explained_by").prefetch_related("grants").order_by("-from_at", "-created_at"))

    @cached_property
    def _ledgers(self) -> dict[uuid.UUID, consent_rule.Ledger]:
        return consent_rule.ledgers_of(self.cases.values())

    def opening(self, case: Case, item: str) -> consent_rule.Opening:
        """Return what the rule says of an item that this revision discloses: of the subject for whom it is closed."""
        asked = self._ledgers[case.pk].ask(self.audience, self.material.level)
        uses = self.material.item_uses.filter(revision=self.revision, case=case, item=item)
        openings = [asked.of(item, contact) for contact in uses.values_list("contact_id", flat=True).order_by("pk")]
        return next((one for one in openings if not one.is_open), asked.of(item))

    @cached_property
    def wishes(self) -> dict[uuid.UUID, Wish]:
        """Return the latest wish of each case."""
        return self._latest(Wish.objects.filter(case__in=self.cases).select_related("created_by").order_by("-number"))

    @cached_property
    def assessments(self) -> dict[uuid.UUID, RiskAssessment]:
        """Return the latest assessment of each case."""
        rows = RiskAssessment.objects.of_cases().filter(case__in=self.cases)
        return self._latest(rows.select_related("author", "signed_by", "ended_by").order_by("-number"))

    @cached_property
    def postures(self) -> dict[uuid.UUID, Posture]:
        """Return the latest posture of each case."""
        rows = Posture.objects.filter(case__in=self.cases).select_related("decided_by").order_by("-number")
        return self._latest(rows)

    @cached_property
    def pauses(self) -> dict[uuid.UUID, Pause]:
        """Return the longest pause that runs, by case."""
        rows = Pause.objects.filter(case__in=self.cases, ended_at=None).select_related("risk_event__noted_by")
        return self._latest(rows.order_by("since"))

    @cached_property
    def risk_events(self) -> dict[uuid.UUID, RiskEvent]:
        """Return what happened first and was not looked at yet, by case."""
        rows = RiskEvent.objects.filter(case__in=self.cases, answered_at=None, event_class="review")
        return self._latest(rows.select_related("noted_by").order_by("due_at", "noted_at"))

    @cached_property
    def _holds(self) -> list[Hold]:
        return list(Hold.objects.standing().select_related("held_by").order_by("-held_at"))

    def hold_over(self, case: Case) -> Hold | None:
        """Return the latest hold that stands over this case."""
        return next((row for row in self._holds if _is_over(row, case)), None)

    @cached_property
    def findings(self) -> dict[uuid.UUID, LeakFinding]:
        """Return the findings that nobody ruled on, by key, without their words."""
        keys = [
            uuid.UUID(key)
            for case, key in self.rows.get("leak-finding-open", [])
            if case in self.cases or case not in self.of_material
        ]
        return {row.pk: row for row in LeakFinding.objects.filter(pk__in=keys).defer("words")}

    @cached_property
    def translations(self) -> dict[uuid.UUID, Translation]:
        """Return the translations that are refused, by key, without their words."""
        keys = [uuid.UUID(key) for _case, key in self.rows.get("translation-not-signed", [])]
        rows = Translation.objects.filter(pk__in=keys, case__in=self.cases).defer("text", "original")
        return {row.pk: row for row in rows}

    @cached_property
    def _people(self) -> dict[tuple[uuid.UUID, str], dict[int, str]]:
        """Return who was given which right on which case: names by key of the person."""
        rows = CaseUserObjectPermission.objects.filter(
            not_over(), Q(user__is_active=True), content_object__in=self.cases, permission__codename__in=ALL_RIGHTS
        ).order_by("user__name")
        found: dict[tuple[uuid.UUID, str], dict[int, str]] = {}
        for case, right, key, name in rows.values_list(
            "content_object_id", "permission__codename", "user_id", "user__name"
        ):
            found.setdefault((case, right), {})[key] = name
        return found

    def people(self, right: str, case: Case | None, *, but: Iterable[int | None] = ()) -> dict[int, str]:
        """Return who may do it on this case, or on every case of the material, without some; names by key."""
        cases = [case.pk] if case else list(self.cases)
        each = [self._people.get((pk, right), {}) for pk in cases]
        without = set(but)
        if not each:
            return {}
        return {
            key: name for key, name in each[0].items() if key not in without and all(key in held for held in each[1:])
        }

    def may(self, right: str, case: Case | None) -> bool:
        """Say whether the viewer was given this right on the case, or on every case of the material."""
        return self.viewer.pk in self.people(right, case)


def _is_over(row: Hold, case: Case) -> bool:
    """Say whether a hold that stands takes in this case."""
    scopes: dict[str, Callable[[], bool]] = {
        "office": lambda: True,
        "case": lambda: row.case_id == case.pk,
        "country": lambda: row.country == case.country,
        "group": lambda: bool(case.group_id) and row.group_id == case.group_id,
    }
    return scopes[row.scope]()
