"""Small changes of the product's own code, each with the rule that it breaks: the scenes named for it must show each."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests.mutation_counts import MutantCount
from tests.mutations import (
    mutants_of_composing,
    mutants_of_custody,
    mutants_of_leaks,
    mutants_of_plans,
    mutants_of_progress,
    mutants_of_today,
    mutants_of_uses,
    mutants_of_words,
    scenes_of_composing,
    scenes_of_custody,
    scenes_of_leaks,
    scenes_of_plans,
    scenes_of_progress,
    scenes_of_today,
    scenes_of_uses,
    scenes_of_words,
)
from tests.mutations.mutant import Mutant
from tests.mutations.playing import play_all

World = Callable[[], SimpleNamespace]
SUBJECTS: dict[str, tuple[World, tuple[Mutant, ...]]] = {
    "composing": (scenes_of_composing.world, mutants_of_composing.MUTANTS),
    "what a text says of itself": (scenes_of_words.world, mutants_of_words.MUTANTS),
    "leaks": (scenes_of_leaks.world, mutants_of_leaks.MUTANTS),
    "Today": (scenes_of_today.world, mutants_of_today.MUTANTS),
    "plans and kept forms": (scenes_of_plans.world, mutants_of_plans.MUTANTS),
    "custody and dates": (scenes_of_custody.world, mutants_of_custody.MUTANTS),
    "facts, uses and bytes": (scenes_of_uses.world, mutants_of_uses.MUTANTS),
    "progress": (scenes_of_progress.world, mutants_of_progress.MUTANTS),
}


@pytest.mark.sqlite_only
@pytest.mark.django_db
@pytest.mark.timeout(600)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_change_of_the_code_is_shown_by_its_scenes(subject: str, mutant_count: MutantCount) -> None:
    world, mutants = SUBJECTS[subject]
    played = play_all(mutants, world())
    same = len(mutants) - played.asked
    mutant_count.tried(subject, played.asked, note=f"{same} change no answer" if same else "")
    mutant_count.killed(subject, played.killed)
    if faults := played.told():
        pytest.fail("\n".join(faults), pytrace=False)
