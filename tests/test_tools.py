"""What ./run does before anything is installed: stamps, keys, ports, parts, and children that are looked after."""

import hashlib
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from sealing import triggers
from tests.environment import engine
from tools import demo, installing, keys, machine, nearest, pango, testing
from tools.children import Child
from tools.parts import Part


def test_the_run_uses_the_engine_it_was_asked_for(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.vendor == engine()


def test_every_trigger_stands_in_the_test_database(db: None) -> None:
    assert triggers.registered() and not triggers.missing(connection)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone, in an environment without keys."""
    for name in [name for name in os.environ if name.startswith("AMPARO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AMPARO_DATA_DIR", str(tmp_path / "var"))
    return machine.make_data_dir()


# --- installing ----------------------------------------------------------------------------------


def test_a_changed_lock_changes_the_stamp(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("django==5.2.19\n")
    before = installing.stamp_line("run", lock)
    assert installing.stamp_line("run", lock) == before
    lock.write_text("django==5.2.20\n")
    assert installing.stamp_line("run", lock) != before


def test_a_stamp_counts_for_its_own_lock_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "STAMP", tmp_path / "stamp")
    assert not installing.is_current("run")
    (tmp_path / "stamp").write_text(f"{installing.stamp_line('run')}\n")
    assert installing.is_current("run") and not installing.is_current("dev")


def test_a_pip_that_is_not_ours_is_never_run(tmp_path: Path) -> None:
    installing.check_wheel()
    strange = tmp_path / installing.WHEEL.name
    strange.write_bytes(installing.WHEEL.read_bytes() + b" ")
    with pytest.raises(machine.CommandRefused, match="not the file"):
        installing.check_wheel(strange)
    with pytest.raises(machine.CommandRefused, match="is missing"):
        installing.check_wheel(tmp_path / "nothing.whl")


def test_every_package_of_the_locks_has_a_hash_and_a_version() -> None:
    for lock in installing.LOCKS.values():
        text = lock.read_text()
        names = [line for line in text.splitlines() if line[:1].isalnum()]
        assert names and all("==" in line and line.endswith("\\") for line in names)
        assert "://" not in text


# --- keys ----------------------------------------------------------------------------------------


def test_keys_are_made_once_differ_and_are_closed_to_others(folder: Path) -> None:
    keys.make(folder)
    made = {path.name: path.read_text() for path in (folder / "keys").iterdir()}
    assert set(made) == {"secret-key", "field-keys", "index-key", "audit-key", "gate-keys"}
    assert len(set(made.values())) == len(made)
    keys.make(folder)
    assert {path.name: path.read_text() for path in (folder / "keys").iterdir()} == made
    for path in [folder, folder / "keys", *(folder / "keys").iterdir()]:
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_the_practice_password_is_drawn_once_for_each_copy(folder: Path, tmp_path: Path) -> None:
    first = keys.demo_password(folder)
    assert keys.demo_password(folder) == first and len(first) >= 15
    assert not stat.S_IMODE((folder / "demo-password").stat().st_mode) & 0o077
    assert keys.demo_password(tmp_path / "another") != first


def test_new_keys_are_refused_beside_an_old_database(folder: Path) -> None:
    (folder / "amparo.sqlite3").touch()
    with pytest.raises(machine.CommandRefused, match="new keys could not open it"):
        keys.make(folder)
    assert not (folder / "keys").exists()


def test_a_key_that_the_caller_names_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_SECRET_KEY", "x" * 40)
    monkeypatch.setenv("AMPARO_INDEX_KEY_FILE", "/run/secrets/index")
    assert set(keys.variables(folder)) == {"AMPARO_FIELD_KEYS_FILE", "AMPARO_AUDIT_KEY_FILE", "AMPARO_GATE_KEYS_FILE"}


# --- the demo ------------------------------------------------------------------------------------


def test_the_next_free_port_is_taken_on_this_machine_alone() -> None:
    with demo.next_free(8190) as first, demo.next_free(first.getsockname()[1]) as second:
        assert second.getsockname()[1] > first.getsockname()[1]
        assert {first.getsockname()[0], second.getsockname()[0]} == {"127.0.0.1"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
def test_a_second_demo_on_one_folder_is_told_where_the_first_one_is(folder: Path) -> None:
    (folder / "practice-address").write_text("http://127.0.0.1:8123\n")
    with (
        demo.only_one(folder),
        pytest.raises(machine.CommandRefused, match="http://127.0.0.1:8123"),
        demo.only_one(folder),
    ):
        raise AssertionError


def test_a_child_that_ends_is_started_five_times_and_then_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child("part", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    child.start()
    starts = 1
    with pytest.raises(machine.CommandRefused, match="6 times in a row"):
        while starts < 20:
            process = child.process
            assert process is not None
            process.wait(20)
            child.look()
            clock[0] += 40
            child.look()
            starts += child.process is not process
    assert starts == 6


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux")
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, time; from tools.children import Child; "
        "child = Child('part', ['sleep', '60'], dict(os.environ)); child.start(); "
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.process.pid)); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=machine.ROOT)
    until = time.monotonic() + 20
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < until
        time.sleep(0.05)
    pid = int((tmp_path / "pid").read_text())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    while is_alive(pid):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process works; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


# --- parts and tests -----------------------------------------------------------------------------


def test_what_is_missing_is_left_out_and_the_browser_runs_once() -> None:
    lacks = [Part("redis", "", "redis-server", is_here=False), Part("postgresql", "", "", is_here=False)]
    assert testing.expression("sqlite", lacks) == "not postgresql_only and not redis"
    assert testing.expression("postgresql", []) == "not browser and not sqlite_only"


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_a_missing_part_is_told_with_its_mend_and_fails_in_ci(
    ci: str,
    status: int,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lack = Part("redis", "the queue on a real Redis", "redis-server", is_here=False)
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(installing, "ensure_installed", lambda kind: Path(sys.executable))
    monkeypatch.setattr(pango, "ensure_pango", lambda folder, python: True)
    monkeypatch.setattr(testing, "survey", lambda folder, python: [lack])
    monkeypatch.setattr(
        testing, "run", lambda command, environment, into: into.write_text("aside") and 0 if into else 0
    )
    assert testing.test([]) == status
    words = capsys.readouterr().out
    assert "Not run here:" in words and "the queue on a real Redis" in words and "redis" in lack.remedy
    assert words.index("on SQLite") < words.index("on PostgreSQL") < words.index("aside")


@pytest.fixture
def ran(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What `./run test` would have run, by engine; the suite on PostgreSQL fails."""
    found: list[tuple[str, list[str]]] = []

    def run(command: list[object], environment: dict[str, str], into: Path | None) -> int:
        engine = environment["AMPARO_TEST_ENGINE"]
        found.append((engine, [str(word) for word in command]))
        if into:
            into.write_text("its words")
        assert "PYTHONDONTWRITEBYTECODE" not in environment
        return int(engine == "postgresql")

    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(installing, "ensure_installed", lambda kind: Path(sys.executable))
    monkeypatch.setattr(pango, "ensure_pango", lambda folder, python: True)
    monkeypatch.setattr(testing, "survey", lambda folder, python: [])
    monkeypatch.setattr(testing, "run", run)
    return found


def test_a_failure_on_either_engine_is_the_answer_of_the_run(ran: list[tuple[str, list[str]]]) -> None:
    assert testing.test([]) == 1
    assert sorted(engine for engine, words in ran if "--collect-only" not in words) == ["postgresql", "sqlite"]


@pytest.mark.parametrize("is_fresh", [True, False])
def test_tests_are_compiled_once_before_four_processes_would(
    is_fresh: bool, ran: list[tuple[str, list[str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tests" / "__pycache__").mkdir(parents=True)
    if not is_fresh:
        (tmp_path / "tests" / "__pycache__" / "conftest.cpython-311-pytest-9.pyc").touch()
    monkeypatch.setattr(testing, "ROOT", tmp_path)
    testing.test([])
    assert ["--collect-only" in words for _engine, words in ran] == ([True] if is_fresh else []) + [False, False]
    engine, words = ran[0]
    assert not is_fresh or (engine == "sqlite" and words[-2:] == ["-n", "0"])


def test_quick_asks_sqlite_what_is_nearest_and_stops_at_the_first(
    ran: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(nearest, "changed", lambda: ["README.md", "tests/casework/test_edtf.py"])
    assert testing.test(["--quick"]) == 0
    ((engine, words),) = ran
    assert engine == "sqlite" and {"-x", "--failed-first"} <= set(words) and "--quick" not in words
    assert words[words.index("-n") + 1] == "0" and "loadgroup" not in words
    assert str(machine.ROOT / "tests/casework/test_edtf.py") in words and str(machine.ROOT / "tests") not in words
    assert "The proof is ./run test" in capsys.readouterr().out


def test_what_is_nearest_imports_the_module_or_asks_about_its_app(tmp_path: Path) -> None:
    for name, text in {
        "casework/test_claims.py": "from casework.actions import evidence\n",
        "safety/test_leaks.py": "from safety.leaks.scan import scan\n",
        "gate/test_walks.py": "import os\n",
    }.items():
        (tmp_path / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests" / name).write_text(text)

    def near(*paths: str) -> list[str]:
        return [path.relative_to(tmp_path / "tests").as_posix() for path in nearest.near_to(paths, tmp_path)]

    assert near("casework/actions/evidence.py") == ["casework/test_claims.py"]
    assert near("safety/leaks/scan.py", "tests/gate/test_walks.py") == ["safety/test_leaks.py", "gate/test_walks.py"]
    assert near("templates/casework/case.html", "casework/actions/evidence.py") == ["casework"]
    assert near("safety/conditions/risk.py") == ["gate"]
    assert near("README.md") == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
def test_of_two_commands_at_once_one_installs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []

    def install(python: Path, kind: str) -> None:
        with (tmp_path / "venv.lock").open("a") as file, pytest.raises(BlockingIOError):
            installing.fcntl.flock(file, installing.fcntl.LOCK_EX | installing.fcntl.LOCK_NB)
        installed.append(kind)

    (tmp_path / "venv").mkdir()
    monkeypatch.setattr(installing, "VENV", tmp_path / "venv")
    monkeypatch.setattr(installing, "STAMP", tmp_path / "venv" / "stamp")
    monkeypatch.setattr(installing, "_is_alive", lambda python: True)
    monkeypatch.setattr(installing, "_install", install)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(installing.ensure_installed, ["dev", "dev"]))
    assert installed == ["dev"] and installing.is_current("dev")


def test_no_name_on_path_is_believed_before_it_has_answered(tmp_path: Path) -> None:
    for name in ("python3.13", "python3.12"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 127\n")
        (tmp_path / name).chmod(0o755)
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "run").write_bytes((machine.ROOT / "run").read_bytes())
    (copy / "run.py").write_text("import sys; print(sys.version_info[0])")
    (tmp_path / "python3.11").symlink_to(sys.executable)
    environment = {**os.environ, "PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run(["sh", copy / "run"], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "3\n"


def test_an_old_python_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes((machine.ROOT / "run").read_bytes())
    for name in ("dirname", "sh"):
        (tmp_path / name).symlink_to(f"/bin/{name}" if Path(f"/bin/{name}").exists() else f"/usr/bin/{name}")
    done = subprocess.run(
        ["sh", tmp_path / "run"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "needs Python 3.11" in done.stderr


def test_the_licence_is_the_whole_text() -> None:
    digest = hashlib.sha256((machine.ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"


def test_the_tests_reach_no_network() -> None:
    with pytest.raises(RuntimeError, match="tried to reach"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
