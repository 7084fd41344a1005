"""The examination of pages itself: each kind of fault is found, in the modes in which it is there."""

import pytest

from tests.browser.axe import SOURCE
from tests.browser.taken import faults_of_pages

WHOLE = ["light en 1280", "dark en 360"]
TURNED = ["light ar 360", "dark ar 1280"]
FAULTS = {
    "label": ("<input>", "", WHOLE),
    "color-contrast": ("<p>Pale</p>", "[dir=rtl] p { color: #ddd; background: #fff }", TURNED),
    "target-size": (
        "<p><button>a</button><button>b</button></p>",
        "@media (max-width: 400px) { button { width: 9px; height: 9px; padding: 0; margin: 0; border: 0 } }",
        ["dark en 360", "light ar 360"],
    ),
    "px too wide": ("<p>Wide</p>", "@media (min-width: 800px) { [dir=rtl] p { width: 2000px } }", ["dark ar 1280"]),
}


@pytest.mark.browser
@pytest.mark.timeout(120)
def test_each_fault_is_found_in_the_modes_in_which_it_is_there() -> None:
    head = (
        '<!doctype html><html lang="en"><head><title>x</title><style>{}</style></head><body><main><h1>x</h1>{}</main>'
    )
    found = faults_of_pages({name: head.format(style, body) for name, (body, style, _modes) in FAULTS.items()})
    for name, (_body, _style, modes) in FAULTS.items():
        own = [line.removeprefix(f"{name} ") for line in found if line.startswith(f"{name} ")]
        assert {line.split(":")[0] for line in own if name in line} == set(modes), found


def test_axe_asks_for_the_direction_only_to_know_what_lies_off_the_screen() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    assert source.count('"rtl"') == source.count('"ltr"') == 1
    assert source.count('getPropertyValue("direction")') == 1


def test_no_rule_that_is_asked_reads_stylesheets() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    rules = [before[before.rindex("tags:[") :] for before in source.split("preload:!0")[:-1]]
    assert [("experimental" in rule, "cat.time-and-media" in rule) for rule in rules] == [(True, False), (False, True)]
