"""The suite itself: what is asked once, and what may take its time."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from tests import engines, slow
from tools.machine import ROOT

OF_THE_DATABASE = re.compile(
    r"triggers|DatabaseError|IntegrityError|OperationalError|\bconnection\b|select_for_update|transaction"
    r"|cursor|num_queries|\.raw\(|__i?(?:exact|contains)|Closed|examine"
)


def a_report(test: str, seconds: float, when: str = "call") -> Any:
    return SimpleNamespace(nodeid=test, when=when, user_properties=[(slow.PROPERTY, seconds)])


def test_what_is_slow_and_on_no_list_is_named_with_its_seconds() -> None:
    reports = [
        a_report("tests/casework/test_new.py::test_a", 2.5),
        a_report("tests/casework/test_new.py::test_b", 7.5),
        a_report("tests/casework/test_new.py::test_c", 1.9),
        a_report("tests/casework/test_new.py::test_d", 9, when="teardown"),
        a_report("tests/workers/test_kill.py::test_e", 9),
        a_report("tests/casework/test_casework_looks.py::test_f", 9),
    ]
    named = [test[-6:] for _seconds, test in slow.unlisted(reports, over=slow.NAMED)]
    assert named == ["test_b", "test_a"]
    assert slow.unlisted(reports, over=slow.REFUSED) == []


@pytest.mark.parametrize("place", slow.SLOW)
def test_what_may_take_its_time_is_there_and_says_why(place: str) -> None:
    path, _colons, name = place.partition("::")
    assert (ROOT / path).exists() and slow.SLOW[place]
    assert not name or f"def {name}" in (ROOT / path).read_text()


@pytest.mark.parametrize(("work", "status"), [("1 + 1", 0), ("sum(range(2_000_000))", 1)], ids=["quick", "slow"])
def test_a_run_is_red_where_a_test_grew_slow(work: str, status: int, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "test_new.py").write_text(f"def test_it():\n    assert {work}\n")
    told = tmp_path / "failed"
    (tmp_path / "conftest.py").write_text(
        "from tests import slow\nslow.NAMED = slow.REFUSED = 0.005\nfrom tests.conftest import *\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider"]
    monkeypatch.setenv("AMPARO_TEST_FAILED", str(told))
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = subprocess.run(
        [*command, "-c", ROOT / "pyproject.toml", "--rootdir", tmp_path, tmp_path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert ("test_new.py::test_it works" in told.read_text()) if status else not told.exists()


def test_a_test_without_a_database_is_asked_once_and_one_with_a_database_on_both(request: Any, db: None) -> None:
    assert engines.asks_a_database(request.node) and not engines.is_asked_once(request.node)


@pytest.mark.parametrize("file", engines.ONCE)
def test_what_is_listed_to_be_asked_once_asks_nothing_of_the_database_itself(file: str) -> None:
    text = (ROOT / file).read_text()
    assert engines.ONCE[file] and not OF_THE_DATABASE.findall(text)


def test_a_test_without_a_database_is_refused_every_query(request: Any) -> None:
    assert engines.is_asked_once(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.count()
