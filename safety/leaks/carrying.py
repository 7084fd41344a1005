"""Which rulings of an earlier scan stand again, for the same words or for the same name in the same sentences."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from casework.access import may
from casework.models import Case
from safety.leaks.third_persons import THIRD_PERSON
from safety.models import LeakFinding, LeakScan

Standing = dict[tuple[Any, ...], LeakFinding]


@dataclass(frozen=True)
class StandingRulings:
    """The rulings of the scan before, each under what a finding must be for it to stand again."""

    of_the_same_words: Standing = field(default_factory=dict)
    on_names: Standing = field(default_factory=dict)

    @classmethod
    def of(cls, before: LeakScan | None, row: LeakScan, material: Any, cases: Iterable[Case]) -> "StandingRulings":
        """Read what was ruled on in the scan before; what was changed outside the program counts for nothing.

        In the same words every ruling stands. On another revision only one on the name of another person may, and only
        while its author may still sign on every case and neither wrote nor edited this revision.
        """
        ruled = [one for one in before.findings.all() if one.ruled_at and one.carries_mark()] if before else []
        if before is not None and is_of_the_same_words(before, row):
            return cls(of_the_same_words={_place(one): one for one in ruled})
        told = list(cases)
        others = [one for one in ruled if one.field == THIRD_PERSON and one.surroundings_mac is not None]
        return cls(on_names={_name(one): one for one in others if _may_still_rule(one, material, told)})

    def on(self, finding: LeakFinding) -> LeakFinding | None:
        """Return the ruling that stands for this finding."""
        if finding.field == THIRD_PERSON and (ruled := self.on_names.get(_name(finding))):
            return ruled
        return self.of_the_same_words.get(_place(finding))


def is_of_the_same_words(before: LeakScan, row: LeakScan) -> bool:
    """Say whether two scans are of one revision."""
    return before.revision == row.revision and bytes(before.material_mac) == bytes(row.material_mac)


def _place(one: LeakFinding) -> tuple[Any, ...]:
    return one.case_id, one.field, one.part, one.start, one.end, one.words or ""


def _name(one: LeakFinding) -> tuple[Any, ...]:
    return one.case_id, one.words or "", bytes(one.surroundings_mac or b"")


def _may_still_rule(one: LeakFinding, material: Any, cases: Iterable[Case]) -> bool:
    who = one.ruled_by
    if who is None or who.pk in {material.author.pk, material.last_editor.pk}:
        return False
    return all(may(who, "sign_review", case) for case in cases)
