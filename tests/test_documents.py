"""Files that people read or that other programs read: compose, image, runbook, settings."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions, metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from config import environment, settings
from config.celery import app
from tools.demo import APPS
from tools.machine import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
HOLDS_TASKS = re.compile(r"^@(shared_task|does)\b", re.MULTILINE)
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
SETTINGS = (ROOT / "docs" / "settings.md").read_text()


def commands() -> set[str]:
    """Every management command of ours."""
    return {path.stem for path in ROOT.glob("*/management/commands/*.py") if path.stem != "__init__"}


def installed() -> list[str]:
    """What the lock of a running site brings, as far as this machine needs it."""
    names = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    return [name for name in names if any(distributions(name=name))]


# --- documents -----------------------------------------------------------------------------------


def test_the_runbook_names_every_command_and_no_other() -> None:
    table = RUNBOOK.split("\n## Commands\n")[1].split("\n## ")[0]
    named = {match.split()[0] for match in re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)}
    assert named == commands()


def tasks() -> set[str]:
    """Every task of ours that a worker knows."""
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_a_worker_knows_every_module_that_holds_tasks() -> None:
    code = (
        "import sys, django; django.setup(); from config.celery import app; "
        "app.loader.import_default_modules(); print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    holding = [path for app in APPS for path in (ROOT / app).rglob("*.py") if HOLDS_TASKS.search(path.read_text())]
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in holding}
    assert modules and modules <= set(done.stdout.split())


def test_the_runbook_names_every_task_and_every_scheduled_one_exists() -> None:
    table = RUNBOOK.split("| task |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `([\w.]+)` \|", table, re.MULTILINE)) == tasks()
    assert {str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= tasks()


def test_the_settings_page_names_every_variable_and_which_have_a_file() -> None:
    rows = dict(re.findall(r"^\| `(AMPARO_\w+)` \| (yes)? ?\|", SETTINGS, re.MULTILINE))
    assert set(rows) == environment.KNOWN
    assert {name for name, has_file in rows.items() if has_file} == environment.WITH_FILE


def test_every_page_that_a_page_leads_to_exists() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} leads to {target}"


def test_every_test_marker_is_known() -> None:
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["markers"]
    assert {"browser", "redis", "pictures", "needs_pango", "worker"} <= {line.split(":")[0] for line in known}


# --- compose and image ---------------------------------------------------------------------------


def test_compose_names_the_parts_of_a_site() -> None:
    assert {"web", "worker", "beat", "postgres", "redis", "migrate"} == set(SERVICES)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_closed_and_leads_to_nothing_that_is_missing(name: str) -> None:
    service: dict[str, Any] = SERVICES[name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert name == "migrate" or "healthcheck" in service
    assert not service["image"].endswith(":latest") and ":" in service["image"]
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(COMPOSE["volumes"])
    for port in service.get("ports", []):
        assert name == "web" and port.startswith("127.0.0.1:")


@pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate"])
def test_a_service_of_ours_sets_only_variables_that_mean_something(name: str) -> None:
    variables = SERVICES[name]["environment"]
    known = environment.KNOWN | {f"{name}_FILE" for name in environment.WITH_FILE}
    assert set(variables) <= known
    files = {Path(value).name for value in variables.values() if str(value).startswith("/run/secrets/")}
    assert files == set(SERVICES[name]["secrets"])


def test_the_owner_of_the_tables_is_known_to_migrate_alone() -> None:
    knowing = {name for name, service in SERVICES.items() if "owner_database_url" in service.get("secrets", [])}
    assert knowing == {"migrate"}


def test_redis_asks_for_a_password_that_stands_in_a_secret_alone() -> None:
    redis = SERVICES["redis"]
    assert redis["secrets"] == ["redis_conf"] and "/run/secrets/redis_conf" in redis["command"]
    assert "user amparo" not in str(COMPOSE) and "redis://" not in str(COMPOSE)
    for name in ("web", "worker", "beat", "migrate"):
        assert SERVICES[name]["environment"]["AMPARO_REDIS_URL_FILE"] == "/run/secrets/redis_url"
    for words in ("secrets/redis_conf", "secrets/redis_url"):
        assert words in RUNBOOK


def test_the_image_runs_as_nobody_special_and_installs_by_hash() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert "\nUSER amparo\n" in text and "--require-hashes --only-binary :all:" in text
    assert "apt-get install -y --no-install-recommends libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0" in text


def test_the_image_holds_no_history_no_data_and_no_secret() -> None:
    left_out = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".git", ".venv", "var", "secrets", "test-results"} <= set(left_out)
    assert not [line for line in left_out if line.startswith("!")], "nothing is taken in again"
    copied = re.findall(r"^COPY (.*)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert copied == ["vendor vendor", "requirements.txt ./", ". ."]


# --- licences ------------------------------------------------------------------------------------

ALLOWED = re.compile(r"\b(MIT|BSD|Apache|LGPL|Lesser General|MPL|Mozilla|PSF|ZPL|Zope)\b")


@pytest.mark.parametrize("name", installed())
def test_what_runs_with_us_may_be_given_on_under_the_agpl(name: str) -> None:
    facts = metadata(name)
    classifiers = [line for line in facts.get_all("Classifier") or [] if line.startswith("License")]
    told = " ".join([facts.get("License-Expression") or "", (facts.get("License") or "")[:200], *classifiers])
    assert ALLOWED.search(told), told
