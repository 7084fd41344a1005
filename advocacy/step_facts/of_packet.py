"""Facts of the packet: its minimum, consent, claims that somebody ruled on."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.step_facts.fact import Fact, Found, instant
from casework.models import Case, Claim, Consent
from casework.models.minimum import PARTS, minimum_reached
from directory.dates import relative_time
from sealing.queries import MOMENT, NUMBER, row_of, written_once

MOST = 20


def _minimum(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    reached = minimum_reached(case)
    if reached is None:
        return ()
    by = _person.first(key=reached.by or case.opened_by_id)
    if by is None:
        return ()
    said = {"name": by, "at": instant(reached.at)}
    words = _(
        "Packet at its minimum: detention, name, claims, demand and ask are there. The last came from %(name)s, %(at)s."
    )
    url = reverse("casework:case", args=[case.reference])
    return [Found("PACKET_MINIMUM", case.pk, reached.at, by, words % said, url)]


@written_once(key=NUMBER)
def _person(*, key: int) -> QuerySet[User]:
    return User.objects.filter(pk=key)[:1]


def _is_incomplete(at: dt.datetime) -> Q:
    there = Q()
    for model in PARTS.values():
        there &= Q(Exists(model.objects.present().filter(case=OuterRef("case"))))
    return ~there


def _live(at: dt.datetime) -> QuerySet[Consent]:
    rows = Consent.objects.present().filter(subject=Consent.Subject.PRISONER, status__in=Consent.LIVE)
    return rows.filter(withdrawn_at=None, from_at__lte=at, until_at__gt=at)  # type: ignore[no-any-return]


def _consents(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    return [found for row in _live_of(case=case, at=at) if (found := _consent(case, row))]


@written_once(case=row_of(Case), at=MOMENT)
def _live_of(*, case: Case, at: dt.datetime) -> QuerySet[Consent]:
    rows = _live(at).filter(case=case).select_related("created_by", "explained_by")
    rows = rows.defer(*(field.name for field in Consent.sealed_fields())).order_by("-created_at")
    return rows[:MOST]


def _consent(case: Case, row: Consent) -> Found | None:
    by = row.created_by or row.explained_by
    if by is None:
        return None
    said = {
        "name": by,
        "at": instant(row.created_at),
        "until": relative_time.full_day(row.until_at),
    }
    words = _("Consent recorded by %(name)s, %(at)s. It allows something until %(until)s.") % said
    return Found(
        "CONSENT", row.pk, row.created_at, by, words, reverse("casework:consent", args=[case.reference, row.pk])
    )


def _nobody_allows_anything(at: dt.datetime) -> Q:
    return ~Q(Exists(_live(at).filter(case=OuterRef("case"))))


def _claims(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    """Return the last ruling, once no claim of the case is without one."""
    ruled = list(_rulings(case=case))
    if not ruled or any(when is None for _pk, when, _who in ruled):
        return ()
    pk, when, who = max(ruled, key=lambda row: row[1])
    by = _person.first(key=who)
    if by is None:
        return ()
    said = {"count": len(ruled), "name": by, "at": instant(when)}
    words = _("Every claim is ruled on (%(count)s), the last by %(name)s, %(at)s.") % said
    return [Found("CLAIMS_RULED", pk, when, by, words, reverse("casework:claims", args=[case.reference]))]


@written_once(case=row_of(Case))
def _rulings(*, case: Case) -> QuerySet[Claim, tuple[Any, ...]]:
    rows = Claim.objects.present().filter(case=case).order_by()
    return rows.values_list("pk", "verified_at", "verified_by_id")  # type: ignore[no-any-return]


def _is_not_ruled_on(at: dt.datetime) -> Q:
    return ~Q(Exists(Claim.objects.present().filter(pk=OuterRef("fact_row"), verified_at__isnull=False)))


FACTS = (
    Fact("PACKET_MINIMUM", _minimum, _is_incomplete),
    Fact("CONSENT", _consents, _nobody_allows_anything),
    Fact("CLAIMS_RULED", _claims, _is_not_ruled_on),
)
