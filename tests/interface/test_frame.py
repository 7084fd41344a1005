"""The frame of every page: what it links to, what it says, what it never needs."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.interface.samples import NAMES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(samples: None, client: Client) -> Any:
    return lambda name, **query: client.get(f"/sample/{name}/", query).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_each_page_has_one_heading_first_and_its_landmarks(page: Any, name: str) -> None:
    html = page(name)
    assert len(re.findall(r"<h1\b", html)) == 1
    assert html.index('class="skip"') < html.index("<header") < html.index("<main") < html.index("<footer")
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    assert len(ids := re.findall(r'\sid="([^"]+)"', html)) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_at_most_one_button_is_filled(page: Any, name: str) -> None:
    assert len(re.findall(r'class="(?:button )?act"', page(name))) <= 1


def test_urgent_and_lock_now_stand_on_every_page_and_never_in_the_menu(page: Any) -> None:
    outside, menu = page("packet").split('<details class="menu">')
    assert ">Urgent</a>" in outside and "Lock now" in outside
    assert "Urgent" not in menu.split("</details>")[0]
    assert '<form method="post" action="/lock/">' in outside


def test_a_case_page_is_named_by_its_codename_and_says_what_holds(page: Any) -> None:
    assert "<title>Packet · Heron K7QF-29MD · Amparo</title>" in page("packet")
    assert "Hold public work" in page("packet")
    held = page("plan-held")
    assert 'class="idbar held"' in held and "Ask to lift the hold" in held
    assert '<q dir="auto">His brother was summoned this morning.</q>' in held


def test_the_colours_a_person_chose_stand_on_the_page(page: Any) -> None:
    assert "data-theme" not in page("today")
    assert 'data-theme="dark"' in page("today", theme="dark")


def test_progress_moves_without_a_script_only(page: Any) -> None:
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page("progress")
    assert "26 of 40" in page("progress")


def test_a_hidden_case_and_a_missing_page_look_alike(samples: None, client: Client) -> None:
    answers = [client.get(f"/{path}/") for path in ("no-such-page", "cases/K7QF-29MD")]
    assert {answer.status_code for answer in answers} <= {404, 302}


def test_the_frame_speaks_arabic_from_right_to_left(samples: None, client: Client) -> None:
    html = client.get("/sample/packet/", headers={"Accept-Language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl"' in html
