"""What the pages of the consent ledger show: the whole of it, one answer, and an act on one answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.second_person import who_agrees
from casework.access import who_may
from casework.actions.consent import MAY_SECOND
from casework.consent_codes import SECOND_WITHIN
from casework.consent_rule import ledger_of
from casework.models import Case, Consent, Wish
from casework.pages.consent_matrix import MatrixTable, full_matrix, is_withdrawn, prisoner_ledger
from consents.forms.shrinking import NarrowForm, Nothing, PressureForm, ShortenForm
from consents.pages.answers import ConsentAnswerRow, GrantRow, WishRow, answer_shown, grants_shown, wish_shown

ActForm = NarrowForm | Nothing | PressureForm | ShortenForm
READS_PRESSURE = {"keep_consent", "sign_review", "sign_high"}


@dataclass(frozen=True)
class LedgerPage:
    """The whole ledger of a case: every answer, the matrix, and what is wished (casework/consent/ledger.html)."""

    case: Case
    tables: Sequence[MatrixTable]
    answers: Sequence[ConsentAnswerRow]
    wish: WishRow | None
    is_withdrawn: bool
    may_keep: bool
    tab: str = "packet"


@dataclass(frozen=True)
class ConsentPage:
    """One answer, its sealed words by right, and what may be done with it (casework/consent/consent.html)."""

    case: Case
    consent: Consent
    answer: ConsentAnswerRow
    grants: Sequence[GrantRow]
    may_read: bool
    may_shrink: bool
    pressure: str | None
    may_note_pressure: bool
    who_agrees: str
    may_second: bool
    tab: str = "packet"


@dataclass(frozen=True)
class ConsentActPage:
    """An act on one answer, which stands above the question (casework/consent/act.html)."""

    case: Case
    form: ActForm
    answer: ConsentAnswerRow
    grants: Sequence[GrantRow]
    tried: str | None
    title: str
    lead: str
    act_label: str
    back_url: str
    tab: str = "packet"


def ledger_page(case: Case, rights: frozenset[str]) -> LedgerPage:
    """Return the ledger of a case; who told the wish is for those who may see the identity."""
    ledger = prisoner_ledger(case)
    rows = case.consents.present().select_related("explained_by", "seconded_by").prefetch_related("grants")  # type: ignore[attr-defined]
    wish = Wish.objects.filter(case=case).select_related("created_by").order_by("-number").first()
    return LedgerPage(
        case=case,
        tables=full_matrix(ledger),
        answers=[answer_shown(row, ledger.rule) for row in rows.order_by("-created_at")],
        wish=wish_shown(wish, may_read="view_identity" in rights),
        is_withdrawn=is_withdrawn(ledger),
        may_keep="keep_consent" in rights,
    )


def consent_page(row: Consent, reader: User, rights: frozenset[str]) -> ConsentPage:
    """Return one answer for this reader. Whoever calls this has recorded that its sealed words are read."""
    shown = answer_shown(row, ledger_of(row.case))
    may_keep = "keep_consent" in rights
    may_second = bool(rights & set(MAY_SECOND)) and row.explained_by_id != reader.pk
    return ConsentPage(
        case=row.case,
        consent=row,
        answer=shown,
        grants=grants_shown(row),
        may_read="view_identity" in rights,
        may_shrink=shown.is_live and may_keep,
        pressure=row.pressure if rights & READS_PRESSURE else "",
        may_note_pressure=may_keep and row.withdrawn_at is not None,
        who_agrees=_who_agrees(row) if shown.waits_for_second else "",
        may_second=shown.waits_for_second and may_second,
    )


def consent_act_page(
    row: Consent, form: ActForm, rights: frozenset[str], *, title: str, lead: str, act_label: str
) -> ConsentActPage:
    """Return the question about one answer, with what it says above it."""
    return ConsentActPage(
        case=row.case,
        form=form,
        answer=answer_shown(row, ledger_of(row.case)),
        grants=grants_shown(row),
        tried=row.tried if "view_identity" in rights else "",
        title=title,
        lead=lead,
        act_label=act_label,
        back_url=reverse("casework:consent", args=[row.case.reference, row.pk]),
    )


def _who_agrees(row: Consent) -> str:
    """Return who may be the second person, and until when their word is asked for."""
    words = {
        "who": who_agrees(who_may(row.case, *MAY_SECOND), but=[row.explained_by_id]),
        "at": date_format(timezone.localtime(row.from_at + SECOND_WITHIN), "j F Y, H:i"),
    }
    return _("%(who)s Until %(at)s it may carry an urgent notice without that.") % words
