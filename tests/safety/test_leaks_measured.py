"""The measured set of `./run bench`: what the scan misses and finds for nothing does not grow."""

import pytest

from bench.leaks import texts
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


def test_the_set_is_as_wide_as_it_says() -> None:
    evasions, innocent = texts.evasions(), texts.innocent()
    assert len(evasions) >= 250
    assert len({row.kind for row in evasions}) >= 25
    assert len(innocent) >= 120
