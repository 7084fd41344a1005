"""Help stands beside its field in the empty half of a wide page, and between words and box on a narrow one."""

from typing import Any

import pytest

from tests.browser.axe import sideways
from tests.interface.samples import ArrestForm

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
PLACES = """() => [...document.querySelectorAll('.narrow .field')].filter(f => f.querySelector(':scope > .hint, fieldset > .hint')).map(f => {
  const hint = f.querySelector(':scope > .hint, fieldset > .hint').getBoundingClientRect(), field = f.getBoundingClientRect();
  const box = f.querySelector('input:not([type=hidden]), select, textarea').getBoundingClientRect();
  return {hint: [hint.left, hint.right, hint.top, hint.bottom], box: [box.left, box.right, box.top, box.bottom],
          field: [field.left, field.right]};
})"""


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_help_is_beside_on_a_wide_page_and_above_on_a_narrow_one(chromium: Any, site: str, direction: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/sample/parts/")
    drawn = f'<section class="panel narrow"><form method="post" class="stack">{ArrestForm()}</form></section>'
    page.evaluate(
        "([drawn, dir]) => { document.documentElement.dir = dir; document.querySelector('main').innerHTML = drawn }",
        [drawn, direction],
    )
    places = page.evaluate(PLACES)
    assert len(places) >= 2
    for place in places:
        hint, box = place["hint"], place["box"]
        assert hint[0] >= box[1] if direction == "ltr" else hint[1] <= box[0]
        assert abs(hint[2] - box[2]) < 40 and place["field"][0] <= hint[0] and hint[1] <= place["field"][1] + 1
    widths = page.evaluate(
        "[...document.querySelectorAll('.narrow textarea, .narrow input[type=text]')].map(e => e.offsetWidth)"
    )
    assert max(widths) <= 640, "a box without help is no wider than one with it"
    assert sideways(page) == 0
    for width in (360, 1100):
        page.set_viewport_size({"width": width, "height": 900})
        for place in page.evaluate(PLACES):
            assert place["hint"][3] <= place["box"][2] + 1
        assert sideways(page) == 0
    page.close()
