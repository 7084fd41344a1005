"""The measured set of `./run bench`: what the scan misses and finds for nothing does not grow."""

import pytest

from bench.leaks import texts
from bench.leaks.asking import Asked, ask_about_others
from safety.leaks import look

pytestmark = pytest.mark.django_db

# Known and told in docs/performance.md; a shorter list is better, a longer one is a fault.
MISSED = {
    "Iaroslav Verbilau is held",
    "Petr Zemcugin spoke",
    "[{claim}]",
    "Abd-el-Moin",
    "Um Hazem",
    "Deaglán Ó Searraigh",
    "Vierbiłaŭ",
    "박 선생",
}
FALSE = {
    "Ms Chan Waiman signed.",
    "Cuesta mucho esperar.",
    "El ángel de piedra está en la plaza.",
    "La rosa y el rocío de la mañana.",
    "レンジで温めるだけの店。",
    "Phiên tòa bị hoãn ba lần.",
}


@pytest.mark.timeout(180)
def test_no_further_text_is_missed_or_found_for_nothing() -> None:
    cases = texts.stored_cases()
    missed, found = set(), set()
    for row in texts.evasions():
        opened = {"CI_NAME"} if row.kind.startswith("relative") else set()
        if look([cases[row.case]], row.parts(cases[row.case]), {cases[row.case].pk: opened}).verdict == "clean":
            missed.add(row.text)
    for row in texts.innocent():
        if look([cases[row.case]], row.parts(cases[row.case]), {}).hits:
            found.add(row.text)
    assert missed == MISSED
    assert found == FALSE


def test_no_further_third_person_is_missed_or_found_for_nothing() -> None:
    case = texts.the_prisoner()
    missed, found, untold = set(), set(), 0
    for row in texts.third_persons():
        said = ask_about_others(case, row.text, row.name)
        untold += said == Asked.CANNOT_CHECK
        if row.name and said == Asked.CLEAN:
            missed.add(row.name)
        if not row.name and said == Asked.CAUGHT:
            found.add(row.text)
    assert missed == set()
    assert found == {"His book, The Long Bridge, was burnt. He had won the Golden Pen Prize."}
    assert untold == 7, "names alone in scripts without capitals"


def test_the_set_of_third_persons_is_as_wide_as_it_says() -> None:
    rows = texts.third_persons()
    full = [row for row in rows if row.kind.endswith("full name")]
    assert len(full) >= 140
    assert {row.kind.partition(":")[0] for row in full} == {"English", "Spanish", "French", "Russian"}
    assert len([row for row in rows if not row.name]) >= 70


def test_the_set_is_as_wide_as_it_says() -> None:
    evasions, innocent = texts.evasions(), texts.innocent()
    assert len(evasions) >= 250
    assert len({row.kind for row in evasions}) >= 25
    assert len(innocent) >= 120
