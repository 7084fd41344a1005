"""Measures the leak scan by kind of text, and its speed beside folding. Prints one line of JSON at the end."""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from tests.environment import prepare

prepare()
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

import django  # noqa: E402 -- the environment must stand before the settings are read

django.setup()

from django.test.utils import get_runner, setup_test_environment  # noqa: E402

from bench.leaks import texts  # noqa: E402
from bench.leaks.asking import Asked, Speed, ask, ask_about_others, speed_of  # noqa: E402

OF_RELATIVES = "relative named beside the open case"
WORDS, TERMS, PARTS, TIMES = 2_000, 100_000, 20_000, 5


@dataclass
class Counted:
    """How the texts of one kind came out. Of a giving-away text `clean` is a miss; of an innocent one a find is false."""

    kind: str
    is_evasion: bool
    caught: int = 0
    cannot_check: int = 0
    clean: int = 0


def by_kind() -> list[Counted]:
    """Ask the scan about each text of the set."""
    cases = texts.stored_cases()
    counts: dict[tuple[bool, str], Counted] = {}
    for is_evasion, rows in ((True, texts.evasions()), (False, texts.innocent())):
        for row in rows:
            count = counts.setdefault((is_evasion, row.kind), Counted(row.kind, is_evasion))
            case = cases[row.case]
            opened = {"CI_NAME"} if row.kind == OF_RELATIVES else set()
            said = ask(case, row.parts(case), opened)
            setattr(count, said, getattr(count, said) + 1)
            if os.environ.get("BENCH_SHOW") and said == (Asked.CLEAN if is_evasion else Asked.CAUGHT):
                sys.stderr.write(f"{said}\t{row.case}\t{row.kind}\t{row.text!r}\n")
    return list(counts.values())


def third_persons() -> list[Counted]:
    """Ask the scan about each text that names somebody else, and about prose that names nobody."""
    case = texts.the_prisoner()
    counts: dict[tuple[bool, str], Counted] = {}
    for row in texts.third_persons():
        count = counts.setdefault((bool(row.name), row.kind), Counted(row.kind, bool(row.name)))
        said = ask_about_others(case, row.text, row.name)
        setattr(count, said, getattr(count, said) + 1)
        if os.environ.get("BENCH_SHOW") and said == (Asked.CLEAN if row.name else Asked.CAUGHT):
            sys.stderr.write(f"{said}\t{row.kind}\t{row.text!r}\n")
    return list(counts.values())


def made_up_words(count: int, chance: random.Random) -> list[str]:
    """Return words that could be names: syllables drawn by chance."""
    starts, ends = (
        ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "kh", "br", "tr"],
        ["a", "e", "i", "o", "u", "an", "en", "ir", "ol", "us", "am", "ek"],
    )
    return [
        "".join(chance.choice(starts) + chance.choice(ends) for _ in range(chance.randint(2, 4))) for _ in range(count)
    ]


def speed() -> Speed:
    """Return what one scan of a draft costs against a register of names, and how often that is folding the draft."""
    chance = random.Random(28)
    plain = made_up_words(900, chance)
    plain += [word.title() for word in plain[:100]]
    draft = " ".join(chance.choice(plain) + chance.choice(["", "", "", ",", "."]) for _ in range(WORDS))
    parts = [word.title() for word in made_up_words(PARTS, chance)]
    names = [f"{chance.choice(parts)} {chance.choice(parts)}" for _ in range(TERMS)]
    return speed_of(draft, names, once=_fastest)


def _fastest(act: Callable[[], Any]) -> float:
    took = []
    for _ in range(TIMES):
        start = time.process_time()
        act()
        took.append(time.process_time() - start)
    return min(took)


def main() -> None:
    """Store the cases in a database of their own, ask, measure, and print what was found."""
    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        found = {
            "kinds": [asdict(row) for row in by_kind()],
            "third_persons": [asdict(row) for row in third_persons()],
            "speed": asdict(speed()),
        }
    finally:
        runner.teardown_databases(old)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
