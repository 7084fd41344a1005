"""Answers and wishes in the words of the ledger page; sealed words only where the reader may read them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.consent_rule import REFUSING, Ledger
from casework.disclosing.readers import GROUPS
from casework.models import Consent, Wish
from directory.vocabulary import label, terms


@dataclass(frozen=True)
class ConsentAnswerRow:
    """One answer of the ledger as a list shows it."""

    row: Consent
    url: str
    giver: str
    subject: str
    status: str
    is_live: bool
    method: str
    audiences: Sequence[str]
    last_day: dt.datetime
    waits_for_second: bool


@dataclass(frozen=True)
class GrantRow:
    """One audience of an answer, with the items it may see and those that ended."""

    audience: str
    items: Sequence[str]
    ended: Sequence[str]


@dataclass(frozen=True)
class WishRow:
    """The latest wish, and who told it where the reader may know."""

    words: str
    on: dt.datetime
    by: str
    told_by: str | None
    is_silence: bool


def answer_shown(row: Consent, ledger: Ledger) -> ConsentAnswerRow:
    """Return one answer as a list shows it, from what stands in clear, at the moment that its ledger is asked about."""
    is_live = row.is_live(at=ledger.at)
    return ConsentAnswerRow(
        row=row,
        url=reverse("casework:consent", args=[row.case.reference, row.pk]),
        giver=label("consent_giver", row.giver),
        subject=row.get_subject_display(),
        status=state_of(row, ledger),
        is_live=is_live,
        method=label("consent_method", row.method) if row.method else "",
        audiences=audiences_of(row),
        last_day=row.until_at - dt.timedelta(seconds=1),
        waits_for_second=is_live and row.basis == Consent.Basis.BEST_INTEREST and row.seconded_by_id is None,
    )


def state_of(row: Consent, ledger: Ledger) -> str:
    """Return the code of the badge: what was answered, unless it was withdrawn, has ended or gave way to a newer answer."""
    if row.withdrawn_at is not None:
        return "CS_WITHDRAWN"
    has_ended = not ledger.stands(row) if row.status in REFUSING else row.until_at <= ledger.at
    return "CS_EXPIRED" if has_ended else str(row.status)


def audiences_of(row: Consent) -> list[str]:
    """Return the audiences that the answer still names, in the order of the ledger."""
    named = {grant.audience for grant in row.grants.all() if grant.ended_at is None}
    return [label("consent_audience", code) for _title, codes in GROUPS for code in codes if code in named]


def grants_shown(row: Consent) -> list[GrantRow]:
    """Return each audience of an answer with its items, those that ended apart."""
    grants = list(row.grants.all())
    shown = []
    for _title, codes in GROUPS:
        for code in codes:
            held = {grant.item: grant.ended_at for grant in grants if grant.audience == code}
            if held:
                words = [(label("consent_item", item), held[item]) for item in terms("consent_item") if item in held]
                shown.append(
                    GrantRow(
                        audience=label("consent_audience", code),
                        items=[item for item, ended in words if ended is None],
                        ended=[item for item, ended in words if ended is not None],
                    )
                )
    return shown


def wish_shown(wish: Wish | None, *, may_read: bool) -> WishRow | None:
    """Return the latest wish; who said it is read by who may see the identity."""
    if wish is None:
        return None
    return WishRow(
        words=wish.get_wants_display(),
        on=wish.created_at,
        by=str(wish.created_by or _("Unknown")),
        told_by=wish.told_by if may_read else "",
        is_silence=wish.wants == Wish.Wants.SILENCE,
    )
