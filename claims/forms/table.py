"""The table of claims with its sources beside: which rows were sent, which of them anybody touched, and as what they count."""

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from casework.evidence.source_numbers import numbered_sources
from casework.models import Case, Claim, Source, TimelineEvent
from claims.actions.rows import ChangedCitation, ClaimRow
from claims.actions.rulings import UNSETTLED
from claims.forms.rows import NEW, ClaimRowForm, SourcesOffered
from claims.forms.sources import SourceForm

MOST_EMPTY = 6
SENT = re.compile(r"([cns])(\d{1,6})-version")


def sources_offered(case: Case, empty: int = 0) -> SourcesOffered:
    """Return the present sources of a case by number, and so many empty rows; two queries."""
    numbers = numbered_sources(case)
    rows = Source.objects.filter(case=case).present().order_by("created_at", "pk")
    return SourcesOffered({numbers[row.pk]: row for row in rows}, [f"n{number}" for number in range(1, empty + 1)])


class ClaimsTable:
    """The rows of one page, as they are stored or as they were sent."""

    def __init__(
        self,
        case: Case,
        offered: SourcesOffered,
        *,
        reader: User,
        rulers: Sequence[User],
        data: QueryDict | None = None,
    ) -> None:
        self.case, self.offered, self.data = case, offered, data
        self._reader, self.rulers = reader, rulers
        self.sent = sent_rows(data) if data is not None else {}

    def may_rule(self, claim: Claim | None) -> bool:
        """Say whether the reader rules here: whoever wrote a sentence leaves that to the others, where there are any."""
        wrote = claim is None or claim.created_by_id == self._reader.pk
        return not (wrote and self.rulers)

    def waits_for_others(self, *, rows_of_page: Sequence[Claim]) -> bool:
        """Say whether a claim of this page that the reader wrote waits for the ruling of somebody else."""
        return any(claim.status in UNSETTLED and not self.may_rule(claim) for claim in rows_of_page)

    def claim_row(self, claim: Claim, *, is_sent: bool = False) -> ClaimRowForm:
        """Return the row of a claim; fetched with_evidence()."""
        claim.case = self.case
        return self._row(claim, f"c{claim.number}", is_sent=is_sent, may_rule=self.may_rule(claim))

    def empty_row(
        self, prefix: str, *, is_sent: bool = False, initial: Mapping[str, Any] | None = None
    ) -> ClaimRowForm:
        """Return a row for a new claim, begun with what is given."""
        row = self._row(Claim(case=self.case), prefix, is_sent=is_sent, may_rule=self.may_rule(None), initial=initial)
        if initial:
            row.initial["version"] = "0"  # what an event began is saved as it stands, too
        return row

    def _row(self, claim: Claim, prefix: str, *, is_sent: bool, may_rule: bool, **options: Any) -> ClaimRowForm:
        data = self.data if is_sent else None
        return ClaimRowForm(
            data, case=self.case, instance=claim, prefix=prefix, offered=self.offered, may_rule=may_rule, **options
        )

    def source_row(self, number: int, source: Source, *, is_sent: bool = False) -> SourceForm:
        """Return the form of a source that stands beside the table."""
        source.case = self.case
        return self._source(number, source, is_sent=is_sent)

    def new_source(self, *, is_sent: bool = False) -> SourceForm:
        """Return the form of a source that no claim cites yet."""
        return self._source(0, Source(case=self.case), is_sent=is_sent)

    def _source(self, number: int, source: Source, *, is_sent: bool) -> SourceForm:
        form = SourceForm(self.data if is_sent else None, case=self.case, instance=source, prefix=f"s{number}")
        form.remember()
        return form


def sent_rows(data: QueryDict) -> dict[str, list[int]]:
    """Return the numbers of the claims, the empty rows and the sources that were sent, by the letter of their kind."""
    found: dict[str, list[int]] = {"c": [], "n": [], "s": []}
    for name in data:
        if told := SENT.fullmatch(name):
            found[told[1]].append(int(told[2]))
    return {kind: sorted(numbers) for kind, numbers in found.items()}


def as_told(row: ClaimRowForm, made: Mapping[str, Source]) -> ClaimRow | None:
    """Return what a whole row says; None, with a fault in it, where its source stands in a row that is not saved."""
    told, source = row.cleaned_data, _source(row, made)
    is_new = row.instance._state.adding
    if told["add"] and source is None:
        row.add_error(
            "add", _("The row that this source is written in is not saved. Mend it first, or choose another.")
        )
        return None
    kept = {number: cited for number, cited in row.cited.items() if told[f"keep_{number}"]}
    event = told["event"] and _free_event(row.case, told["event"])
    return ClaimRow(
        values=row.own_values,
        items=told["items"],
        claim=None if is_new else row.instance,
        version=row.opened_version,
        event=event or None,
        dropped=[cited for number, cited in row.cited.items() if number not in kept],
        changed=_changed(row, kept),
        source=source,
        kind=told["add_kind"] or "supports",
        ruling=row.ruling,
    )


def _free_event(case: Case, key: uuid.UUID) -> TimelineEvent | None:
    """Return the present event of the case, unless a claim proves it already."""
    found: TimelineEvent | None = TimelineEvent.objects.present().filter(case=case, pk=key, claim=None).first()
    return found


def _source(row: ClaimRowForm, made: Mapping[str, Source]) -> Any:
    chosen = row.cleaned_data["add"]
    if chosen == NEW:
        return row.new.values()
    if chosen.startswith(NEW):
        return made.get(chosen.removeprefix(f"{NEW}-"))
    return row.offered.sources.get(int(chosen[1:])) if chosen else None


def _changed(row: ClaimRowForm, kept: Mapping[int, Any]) -> Sequence[ChangedCitation]:
    versions, told = row.opened_beside, row.cleaned_data
    return [
        ChangedCitation(
            cited, versions[number], {"kind": told[f"kind_{number}"], "place": told[f"place_{number}"] or None}
        )
        for number, cited in kept.items()
    ]


def asks_after(row: ClaimRowForm) -> bool:
    """Say whether the source of a row is written in another one, which therefore is saved before."""
    return str(row["add"].value() or "").startswith(f"{NEW}-")
