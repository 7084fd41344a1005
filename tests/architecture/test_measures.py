"""The measures of the house, tried on a tiny house made up for it."""

import json
from pathlib import Path

import pytest

from tools import measures

WIDE = "x" * 161


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house of one app that has one of each thing that is measured."""
    files = {
        "manage.py": "",
        "shop/__init__.py": "",
        "shop/apps.py": "",
        "shop/urls.py": "",
        "shop/prices.py": "from shop import goods\n",
        "shop/goods.py": "from shop.prices import price\n",
        "shop/people.py": "import shop.goods\n\ndef late() -> None:\n    from shop import buyers\n",
        "shop/buyers.py": "from . import people\n",
        "shop/views/__init__.py": "from .sell import sell\n",
        "shop/views/sell.py": "from typing import Any\n\ndef sell(what: Any) -> list[dict[str, Any]]:\n    return []\n",
        "shop/actions/sell.py": "def sell() -> None:\n" + "    pass\n" * 40,
        "shop/migrations/0001_first.py": "x = 1\n" * 500,
        "store/__init__.py": "def sell() -> 'dict[str, Any]': ...  # type: " + "ignore\n",
        "tests/test_shop.py": "from typing import Any\nx: Any = 1\n",
        "templates/shop/wide.html": f"<p>\n{WIDE}\n</p>\n",
        "templates/shop/narrow.html": "<p>\n" * 3,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_an_app_is_a_folder_of_code_and_the_tests_are_none(house: Path) -> None:
    assert measures.apps(house) == ["shop", "store"]


def test_the_lines_of_an_app_leave_its_migrations_out(house: Path) -> None:
    assert measures.count_lines("shop", house) == 1 + 1 + 4 + 1 + 1 + 4 + 41


def test_what_every_app_keeps_in_its_root_is_no_loose_module(house: Path) -> None:
    assert measures.loose_modules("shop", house) == ["buyers", "goods", "people", "prices"]


def test_a_circle_is_found_and_an_import_in_a_function_makes_none(house: Path) -> None:
    assert measures.circles("shop", house) == [("shop.goods", "shop.prices")]
    (house / "shop/people.py").write_text("from shop import buyers\n")
    assert ("shop.buyers", "shop.people") in measures.circles("shop", house)


def test_a_circle_through_the_front_of_a_package_is_found(house: Path) -> None:
    (house / "shop/goods.py").write_text("from shop.views.sell import sell\n")
    (house / "shop/prices.py").write_text("")
    (house / "shop/views/sell.py").write_text("")
    assert measures.circles("shop", house) == []
    (house / "shop/views/__init__.py").write_text("import shop.goods\n")
    assert measures.circles("shop", house) == [("shop.goods", "shop.views")]


def test_an_import_for_types_alone_makes_no_circle(house: Path) -> None:
    (house / "shop/goods.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.prices import price\n"
    )
    assert measures.circles("shop", house) == []


def test_a_wide_line_is_found_and_one_at_the_limit_is_not(house: Path) -> None:
    assert [(place.file, place.line, place.size) for place in measures.wide_lines(house)] == [
        ("templates/shop/wide.html", 2, 161)
    ]
    assert measures.wide_lines(house, 161) == []


def test_a_long_template_and_a_long_function_are_found(house: Path) -> None:
    assert not measures.long_templates(3, house)
    assert {place.file for place in measures.long_templates(2, house)} == {
        "templates/shop/wide.html",
        "templates/shop/narrow.html",
    }
    assert [(place.file, place.size) for place in measures.long_functions(root=house)] == [("shop/actions/sell.py", 41)]


def test_a_promise_of_any_is_found_within_another_and_within_quotes(house: Path) -> None:
    assert [place.file for place in measures.loose_dicts(house)] == ["shop/views/sell.py", "store/__init__.py"]
    assert measures.any_in_annotations(house) == 3
    assert measures.type_ignores(house) == 1


def test_a_view_named_as_its_action_shares_no_name_but_another_app_does(house: Path) -> None:
    assert measures.same_names(house) == {"sell": ("shop/actions/sell.py", "store/__init__.py")}


def test_the_whole_is_printed_as_lines_and_as_json(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = measures.measure(house)
    monkeypatch.setattr(measures, "measure", lambda: found)
    assert measures.main([]) == 0
    assert "Template lines over 160: 1 (16.7 %)" in capsys.readouterr().out
    assert measures.main(["--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["template_line_widest"] == 161
    assert told["apps"][0]["circles"] == [["shop.goods", "shop.prices"]]
