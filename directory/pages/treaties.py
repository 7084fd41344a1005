"""What the pages about treaties show: how a State stands to each, by what source, and what the office corrected."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from directory import law
from directory.actions.recipients import may_enter
from directory.countries import countries, name_of
from directory.dates import in_words
from directory.forms.treaties import StateForm, TreatyCorrectionForm
from directory.law import StateStanding
from directory.models import TreatyCorrection


@dataclass(frozen=True)
class StandingLine:
    """How a State stands to one treaty, in words (directory/treaties/treaties.html)."""

    country: str
    treaty: str
    name: str
    stands: str
    source: str
    said_by: str
    is_usable: bool


@dataclass(frozen=True)
class TreatiesPage:
    """The treaties of one State (directory/treaties/treaties.html)."""

    form: StateForm
    state: str
    lines: Sequence[StandingLine]
    may_correct: bool


@dataclass(frozen=True)
class CorrectPage:
    """One treaty and one State: what is known, what was corrected, and the form (directory/treaties/correct.html)."""

    form: TreatyCorrectionForm
    state: str
    country: str
    line: StandingLine
    before: Sequence[StandingLine]


def treaties_page(form: StateForm, country: str, user: User) -> TreatiesPage:
    """Return how this State stands to every treaty; nothing of a State that is not known."""
    rows = law.standings_of(country).values() if country in countries() else ()
    return TreatiesPage(form, name_of(country) if rows else "", [_line(row) for row in rows], may_enter(user))


def correct_page(country: str, treaty: str, form: TreatyCorrectionForm) -> CorrectPage:
    """Return what is known of this treaty and this State, with every correction, the newest first."""
    rows = TreatyCorrection.objects.filter(country=country, treaty=treaty).select_related("made_by")
    before = [_line(law.corrected(row)) for row in rows.order_by("-made_at", "-pk")]
    return CorrectPage(form, name_of(country), country, _line(law.standings_of(country)[treaty]), before)


def stands(row: StateStanding) -> str:
    """Return how a State stands to a treaty in one line, with its days and as of when."""
    said = [str(TreatyCorrection.Status(row.status).label)]
    if row.in_force_from:
        said.append(_("in force for it since %(day)s") % {"day": in_words(row.in_force_from)})
    if row.ended_on:
        said.append(_("no longer since %(day)s") % {"day": in_words(row.ended_on)})
    if row.status == TreatyCorrection.Status.PARTY and not row.in_force_from:
        said.append(_("since when is not known"))
    if row.as_of:
        said.append(_("as of %(day)s") % {"day": in_words(row.as_of)})
    return ", ".join(said)


def said_by(row: StateStanding) -> str:
    """Return how surely the list knows it, or who of the office said so and why."""
    if row.correction is None:
        told = [_("Sureness: %(words)s") % {"words": row.confidence}] if row.confidence else []
        return ". ".join([*told, row.note] if row.note else told)
    words = {"name": row.correction.made_by, "day": in_words(row.correction.made_at.date().isoformat())}
    return _("Corrected by %(name)s on %(day)s") % words + f": {row.note}"


def _line(row: StateStanding) -> StandingLine:
    source = row.source or _("No source tells of it")
    name, usable = law.treaty_name(row.treaty), row.is_sure_enough
    return StandingLine(row.country, row.treaty, name, stands(row), source, said_by(row), usable)
