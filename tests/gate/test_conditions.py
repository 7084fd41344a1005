"""What belongs to a condition of the gate stands in its record: a new one that lacks any of it is refused here."""

import re
import uuid
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from casework.access.roles import ALL_RIGHTS
from materials.pages.review_page import examined
from materials.pages.review_page.examined import CellLook, Count, cells
from materials.review.refusal_lines.lines import OF_A_CASE, OF_A_ROW
from safety.conditions.mending import About, MendPage
from safety.conditions.record import Condition, Ground, Moment, ReviewCell
from safety.conditions.registry import ALL, GROUNDS, OF_A_COPY, OF_A_DISPATCH, at, by_code, keyed
from safety.gate import Leaving, examine
from safety.models import LeakScan, RiskAssessment
from tests.gate.near_misses import SPOILERS, SPOILERS_OF_PAGES, ready_for, triggers_off
from tests.gate.ready import make_ready
from tests.people import signed_in
from tools.machine import ROOT

PAGE_OF_THE_GATE = ROOT / "docs" / "gate.md"
CODES = [ground.code for ground in GROUNDS.values()]
NOBODY = uuid.UUID(int=0)
GREEN = {CellLook.OK, CellLook.NOT_ASKED}


@pytest.mark.parametrize("code", CODES)
def test_every_ground_says_what_is_wrong_and_what_mends_it(code: str) -> None:
    ground = by_code(code)
    assert str(ground.sentence).endswith(".") and str(ground.mend) and not str(ground.mend).endswith(".")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)


@pytest.mark.parametrize("code", CODES)
def test_every_ground_leads_to_a_page_that_exists(code: str) -> None:
    page = by_code(code).page
    assert page.address(case="K7QF-29MD", material=NOBODY).startswith("/")
    assert bool(page.address()) is (page.about is About.NOTHING)


@pytest.mark.parametrize("code", CODES)
def test_who_mends_a_ground_has_a_right_that_exists_and_words_of_the_act(code: str) -> None:
    mender = by_code(code).mender
    if mender is not None:
        of_the_reader, of_others = map(str, mender.words)
        assert mender.right in ALL_RIGHTS
        assert of_the_reader and "%(names)s" in of_others


def test_a_page_whose_name_nobody_knows_is_not_passed_over() -> None:
    with pytest.raises(NoReverseMatch):
        MendPage("advocacy:no_such_page", About.NOTHING).address()


def test_every_condition_asks_something_at_a_known_moment() -> None:
    for condition in ALL:
        assert condition.holds and condition.moments and condition.moments <= set(Moment), condition.code
        assert bool(condition.rows) == bool(condition.keys), condition.code
        assert condition.rows in condition.holds, condition.code


def test_the_registry_knows_every_record_that_stands_in_a_file_of_a_subject() -> None:
    written = {
        code
        for path in (ROOT / "safety" / "conditions").glob("*.py")
        for code in re.findall(r'^\s+code="([^"]+)"', path.read_text(), re.MULTILINE)
    }
    assert written == set(GROUNDS)


def test_two_grounds_never_share_a_code() -> None:
    with pytest.raises(ValueError, match="on-hold"):
        keyed((by_code("on-hold"), replace(by_code("on-hold"))))


def test_a_ground_that_nobody_wrote_down_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        by_code("no-such-condition")


@pytest.mark.parametrize("left_out", ["sentence", "mend", "page", "mender", "cell"])
def test_a_record_without_one_of_its_parts_is_not_made(left_out: str) -> None:
    whole = by_code("withdrawn")
    parts = {name: getattr(whole, name) for name in ("code", "sentence", "mend", "page", "mender", "cell")}
    assert Ground(**parts) == whole
    with pytest.raises(TypeError, match=left_out):
        Ground(**{name: part for name, part in parts.items() if name != left_out})


# --- near misses ---------------------------------------------------------------------------------


def test_every_condition_has_a_near_miss_and_no_near_miss_is_of_another() -> None:
    assert {condition.code for condition in ALL} == {*SPOILERS, *SPOILERS_OF_PAGES}
    assert not set(SPOILERS) & set(SPOILERS_OF_PAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("code", [condition.code for condition in at(Moment.SERVE, OF_A_DISPATCH)])
def test_what_is_public_is_gone_when_one_thing_goes_wrong(code: str) -> None:
    ready = ready_for(code)
    asked = Leaving.of(ready.material, clearance_id=ready.clearance.pk, created_by_id=ready.ana.pk)
    assert examine(asked, moment="serve").codes == ()
    with triggers_off():
        {**SPOILERS, **SPOILERS_OF_PAGES}[code](ready, ready.cases[0], ready.a_dispatch())
    assert examine(asked, moment="serve").codes == (code,)


# --- names in the line ---------------------------------------------------------------------------


def test_every_condition_about_rows_has_a_teller_and_no_teller_is_of_an_unknown_one() -> None:
    assert set(OF_A_ROW) == {condition.code for condition in ALL if condition.rows}
    assert set(OF_A_CASE) <= {condition.code for condition in ALL if condition.of_each_case and not condition.rows}


# --- the review page -----------------------------------------------------------------------------


def drawn(ready: Any, *codes: str) -> dict[str, examined.ExaminedCell]:
    """Return the cells by label, as rui sees them while these codes refuse."""
    scan = LeakScan.objects.filter(material_id=ready.material.pk).first()
    latest = [RiskAssessment.objects.latest_of(case) for case in ready.cases]
    found = cells(
        ready.material,
        codes,
        viewer=ready.rui,
        scan=scan,
        claims=Count(3, 3),
        consents=Count(2, 2),
        assessments=[row for row in latest if row],
    )
    return {str(cell.label): cell for cell in found}


SIX = ["Claims", "Consent", "Assessment", "Leak scan", "Posture", "Four eyes"]
LABELS = dict(
    zip(
        [
            ReviewCell.CLAIMS,
            ReviewCell.CONSENT,
            ReviewCell.ASSESSMENT,
            ReviewCell.SCAN,
            ReviewCell.POSTURE,
            ReviewCell.FOUR_EYES,
        ],
        SIX,
        strict=True,
    )
)


def test_every_cell_is_always_drawn_or_drawn_when_it_refuses() -> None:
    assert {*LABELS, *examined.FURTHER} == set(ReviewCell)
    assert not set(LABELS) & set(examined.FURTHER)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [("SUPPORTER", "AU_SUPPORT"), ("MIN_BRIEF", "AU_DIPLO")])
def test_where_nothing_refuses_six_cells_are_drawn_and_none_stops(kind: tuple[str, str]) -> None:
    found = drawn(make_ready(*kind))
    assert list(found) == SIX and {cell.look for cell in found.values()} <= GREEN


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [("SUPPORTER", "AU_SUPPORT"), ("MIN_BRIEF", "AU_DIPLO")])
def test_no_ground_leaves_its_cell_green(kind: tuple[str, str]) -> None:
    ready = make_ready(*kind)
    for code in CODES:
        cell = by_code(code).cell
        label = LABELS.get(cell) or str(examined.FURTHER[cell])
        found = drawn(ready, code)
        assert found[label].tone == "stop", code
        assert {other.look for name, other in found.items() if name != label} <= GREEN, code


@pytest.mark.django_db
def test_a_cell_that_is_drawn_only_when_it_refuses_says_why() -> None:
    found = drawn(make_ready(), "four-questions-open", "about-no-case")
    assert list(found) == [*SIX, "Text", "Emergency"]
    assert found["Text"].figure == str(by_code("about-no-case").sentence)
    assert found["Emergency"].figure == str(by_code("four-questions-open").sentence)


@pytest.mark.django_db
def test_the_review_page_of_a_notice_tells_that_the_four_questions_are_open(client: Client) -> None:
    ready = ready_for("four-questions-open")
    rui = signed_in(client, ready.rui)
    where = reverse("materials:review", args=[ready.material.pk])
    words = "The four safety questions are not answered."
    assert words not in rui.get(where).content.decode()
    with triggers_off():
        SPOILERS["four-questions-open"](ready, ready.cases[0], None)
    page = rui.get(where).content.decode()
    assert words in page and '<li class="stop">' in page


# --- the page of the gate ------------------------------------------------------------------------


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("gate_table", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_page_of_the_gate_shows_what_the_command_prints() -> None:
    assert printed() in PAGE_OF_THE_GATE.read_text()


@pytest.mark.parametrize("condition", OF_A_COPY, ids=lambda condition: condition.code)
def test_every_condition_has_its_line_on_the_page_of_the_gate(condition: Condition) -> None:
    (line,) = re.findall(rf"^\| `{condition.code}` \|.*$", PAGE_OF_THE_GATE.read_text(), re.MULTILINE)
    cells_of_it = [part.strip() for part in line.strip("|").split("|")]
    assert cells_of_it[1] == str(condition.sentence) and cells_of_it[-1] == condition.cell.value
    assert [moment for moment, mark in zip(Moment, cells_of_it[2:-1], strict=True) if mark] == [
        moment for moment in Moment if moment in condition.moments
    ]


def test_the_command_writes_between_its_marks_alone(tmp_path: Path) -> None:
    page = tmp_path / "gate.md"
    page.write_text(PAGE_OF_THE_GATE.read_text().replace("| `on-hold` |", "| `on-holiday` |"))
    printed("--into", str(page))
    assert page.read_text() == PAGE_OF_THE_GATE.read_text()


def test_the_command_refuses_a_page_without_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "gate.md"
    page.write_text("# The gate\n")
    with pytest.raises(CommandError):
        printed("--into", str(page))
    assert page.read_text() == "# The gate\n"


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["review", "insert", "serve"])
def test_the_text_of_the_question_is_written_once_for_a_process(moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    leaving = Leaving.of(ready.material, clearance_id=ready.clearance.pk)
    first = examine(leaving, moment=moment)

    def refuse(*_words: object) -> str:
        raise AssertionError("the gate wrote its question again")

    monkeypatch.setattr("safety.gate.trigger_sql.spelled", refuse)
    assert examine(leaving, moment=moment) == first
