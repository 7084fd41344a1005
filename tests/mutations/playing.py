"""Plays scenes: without a change each must hold, with a change each that is named for it must fail."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import models, transaction

from tests.mutations.mutant import Mutant, Scene, applied

SHOWN = (AssertionError, pytest.fail.Exception)


@dataclass
class Played:
    """What came of a set of mutants: how many were asked, which scenes fail without a change, which mutants live, which
    broke otherwise, which equivalents are shown after all.
    """

    asked: int
    untrue: list[str]
    alive: list[str]
    broken: list[str]
    no_equivalents: list[str]

    @property
    def killed(self) -> int:
        """Return how many mutants each of their scenes showed."""
        return 0 if self.untrue else self.asked - len(self.alive) - len(self.broken)

    def told(self) -> list[str]:
        """Return each thing that is not as it should be, in a line."""
        return [
            *(f"a scene fails without a change: {row}" for row in self.untrue),
            *(f"no scene shows it: {row}" for row in self.alive),
            *(f"it broke something else than its rule: {row}" for row in self.broken),
            *(f"a scene shows it, so it is no equivalent: {row}" for row in self.no_equivalents),
        ]


def play_all(mutants: Sequence[Mutant], world: SimpleNamespace) -> Played:
    """Play the scenes of these mutants in this world; each leaves nothing behind."""
    scenes = dict.fromkeys(scene for mutant in mutants for scene in mutant.shown_by)
    untrue = [f"{scene.__name__}: {fault}" for scene in scenes if (fault := _fault_in(scene, world))]
    played = Played(sum(not mutant.equivalent for mutant in mutants), untrue, [], [], [])
    for mutant in () if untrue else mutants:
        _play_changed(mutant, world, played)
    return played


def _fault_in(scene: Scene, world: SimpleNamespace) -> str:
    try:
        play(scene, world)
    except (Exception, pytest.fail.Exception) as fault:  # every scene is told, not the first alone
        frames = [row for row in traceback.extract_tb(fault.__traceback__) if "mutations" in row.filename]
        return f"line {frames[-1].lineno}, {type(fault).__name__}: {str(fault)[:400]}"
    return ""


def _play_changed(mutant: Mutant, world: SimpleNamespace, played: Played) -> None:
    for scene in mutant.shown_by:
        told = f"{mutant.told}, in {scene.__name__}"
        try:
            with applied(mutant):
                play(scene, world)
        except SHOWN:
            if mutant.equivalent:
                played.no_equivalents.append(told)
        except Exception as fault:  # whatever else the change broke, no scene said so
            played.broken.append(f"{told}: {type(fault).__name__}: {fault}")
            return
        else:
            if not mutant.equivalent:
                played.alive.append(told)
                return


def play(scene: Scene, world: SimpleNamespace) -> None:
    """Play one scene with rows read afresh, and undo what it wrote."""
    with transaction.atomic():
        scene(SimpleNamespace(**{name: _fresh(value) for name, value in vars(world).items()}))
        transaction.set_rollback(True)


def _fresh(value: Any) -> Any:
    return type(value)._base_manager.get(pk=value.pk) if isinstance(value, models.Model) else value
