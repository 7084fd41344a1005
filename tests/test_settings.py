"""Settings: faults told at once, one address from which the rest follows, and headers on every answer."""

import io
import json
import logging
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from config import grants, health
from config.checks import (
    mail_leaves,
    practice_stays_at_home,
    redis_asks_who_comes,
    roles_are_two,
    variables_are_known,
)
from config.environment import Environment, Faults
from config.logs import JsonLines
from tests.environment import KEYS
from tools import installing
from tools.checking import production_environment
from tools.machine import ROOT
from web.headers import SafeHeaders
from web.views import source
from work.models import Heartbeat


def settings_of(variables: dict[str, str], *names: str) -> dict[str, object]:
    """Values of the real settings in a process of its own."""
    code = f"import json, config.settings as s; print(json.dumps({{n: getattr(s, n) for n in {names!r}}}, default=str))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=variables, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def bare(**more: str) -> dict[str, str]:
    """The variables of a process that has nothing of ours but what is named."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    return {**ours, "PYTHONPATH": str(ROOT), **more}


# --- faults --------------------------------------------------------------------------------------


def test_every_fault_is_told_at_once_in_sentences_and_without_a_traceback(tmp_path: Path) -> None:
    variables = bare(
        AMPARO_URL="http://amparo.example.org",
        AMPARO_FIELD_KEYS="not-a-key",
        AMPARO_INDEX_KEY="short",
        AMPARO_AUDIT_KEY_FILE=str(tmp_path / "nowhere"),
        AMPARO_DATABASE_URL="mysql://somebody:secret-word@db/amparo",
        AMPARO_PRACTICE="perhaps",
        AMPARO_GATE_KEYS=KEYS["AMPARO_GATE_KEYS"],
    )
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    for words in (
        "plain http is for this machine",
        "AMPARO_SECRET_KEY is missing",
        "AMPARO_FIELD_KEYS: key 1 of 1",
        "AMPARO_INDEX_KEY is too short",
        "AMPARO_AUDIT_KEY_FILE names",
        "AMPARO_DATABASE_URL must be like",
        "AMPARO_PRACTICE must be 1 or 0",
    ):
        assert words in done.stderr
    assert "secret-word" not in done.stderr and "not-a-key" not in done.stderr


def test_a_secret_may_stand_in_a_file_but_not_in_two_places(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{'k' * 40}\n")
    one = Environment({"AMPARO_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert one.secret("AMPARO_SECRET_KEY") == "k" * 40 and not one.faults
    both = Environment({"AMPARO_SECRET_KEY_FILE": str(tmp_path / "key"), "AMPARO_SECRET_KEY": "k" * 40})
    both.secret("AMPARO_SECRET_KEY")
    with pytest.raises(Faults, match="keep one"):
        both.stop_on_faults()


def test_one_key_never_serves_twice() -> None:
    environment = Environment({})
    environment.differ(AMPARO_INDEX_KEY="a" * 40, AMPARO_GATE_KEYS=["b" * 40, "a" * 40])
    assert environment.faults == ["AMPARO_GATE_KEYS holds the same key as AMPARO_INDEX_KEY; each needs its own."]


@pytest.mark.parametrize(
    "url",
    ["amparo.example.org", "ftp://amparo.example.org", "https://amparo.example.org/here", "https://", "https://a:port"],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    environment = Environment({"AMPARO_URL": url})
    environment.site()
    assert len(environment.faults) == 1


@pytest.mark.parametrize(
    ("url", "hosts", "is_secure"),
    [
        ("https://amparo.example.org/", ["amparo.example.org"], True),
        ("http://abcdefghij.onion", ["abcdefghij.onion"], False),
        ("http://127.0.0.1:8000", ["127.0.0.1", "localhost", "[::1]"], False),
    ],
)
def test_hosts_and_cookies_follow_from_the_one_address(url: str, hosts: list[str], is_secure: bool) -> None:
    environment = Environment({"AMPARO_URL": url})
    site = environment.site()
    assert (site.hosts, site.is_secure, environment.faults) == (hosts, is_secure, [])
    assert site.origins == [url.rstrip("/")]


def test_a_misspelt_variable_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_REDIS", "redis://redis")
    assert [warning.msg for warning in variables_are_known(None)] == [
        "The variable AMPARO_REDIS means nothing to Amparo; is it misspelt?"
    ]


def test_a_postgresql_address_is_read_whole() -> None:
    environment = Environment({"U": "postgresql://us%40er:p%2Fw@db.example.org:5433/amparo?sslmode=verify-full"})
    database = environment.database("U", Path("/data"))
    assert database is not None and not environment.faults
    assert [database[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        *("amparo", "us@er", "p/w", "db.example.org", "5433")
    ]
    assert database["OPTIONS"]["sslmode"] == "verify-full"


# --- what follows --------------------------------------------------------------------------------

OF_HTTPS = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT")


def test_https_brings_host_cookies_and_hsts_and_http_does_not(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "DEBUG")
    safe = settings_of(bare(**production_environment(tmp_path)), *names, *OF_HTTPS, "CACHES")
    assert [safe[name] for name in names] == ["__Host-sessionid", "__Host-csrftoken", True, True, False]
    assert safe["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600 and "RedisAndRows" in str(safe["CACHES"])
    assert [safe[name] for name in ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT")] == [True, True]
    plain = settings_of(bare(**KEYS, AMPARO_DATA_DIR=str(tmp_path)), *names, "CACHES", "CELERY_BROKER_URL")
    assert [plain[name] for name in names] == ["sessionid", "csrftoken", False, True, False]
    assert "RowCache" in str(plain["CACHES"]) and plain["CELERY_BROKER_URL"] == "filesystem://"


def test_all_of_the_embedded_default_lies_in_the_data_folder(tmp_path: Path) -> None:
    names = ("DATABASES", "CELERY_BROKER_TRANSPORT_OPTIONS", "CLOCK_FILE", "EMAIL_FILE_PATH")
    found = settings_of(bare(**KEYS, AMPARO_DATA_DIR=str(tmp_path)), *names, "STATIC_ROOT")
    assert str(found).count(str(tmp_path)) == 7


def test_deploying_asks_for_two_roles_mail_and_no_practice(settings: Any) -> None:
    # A whole new dict: Django's connections hold the old one, and every later test of this process stands on it.
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "USER": "amparo"}}
    for owner, told in ((None, ["config.W004"]), ("amparo", ["config.W002"]), ("amparo_owner", [])):
        settings.OWNER_DATABASE = owner and {"USER": owner}
        assert [warning.id for warning in roles_are_two(None)] == told
    assert [fault.id for fault in [*practice_stays_at_home(None), *mail_leaves(None)]] == ["config.E001", "config.W003"]


def test_the_database_itself_says_whether_the_role_of_the_site_owns_it(db: None) -> None:
    """The tests work as the owner; tests/test_server.py asks as the site."""
    wanted = {"sqlite": [], "postgresql": ["config.W002"]}
    assert [warning.id for warning in roles_are_two(None, databases=["default"])] == wanted[connection.vendor]


@pytest.mark.parametrize(
    ("queue", "cache", "faults"),
    [
        ("redis://amparo:secret@redis:6379/0", "redis://amparo:secret@redis:6379/1", []),
        ("redis://:secret@redis:6379/0", "redis://:secret@redis:6379/1", ["config.E004"]),
        ("redis://default:secret@redis:6379/0", "redis://default:secret@redis:6379/1", ["config.E004"]),
        ("redis://amparo:secret@redis:6379/0", "redis://default:secret@redis:6379/1", ["config.E004"]),
        ("redis://redis:6379/0", "redis://redis:6379/1", ["config.E002", "config.E004"]),
        ("rediss://somebody@redis:6379/0", "rediss://somebody@redis:6379/1", ["config.E002"]),
        ("redis://amparo:secret@redis:6379/0", "redis://amparo:secret@redis:6379/0", ["config.E003"]),
        ("redis://redis:6379/0", "redis://redis:6379/0", ["config.E002", "config.E004", "config.E003"]),
    ],
)
def test_deploying_asks_for_a_password_and_a_user_of_redis_and_two_databases(
    settings: Any, queue: str, cache: str, faults: list[str]
) -> None:
    settings.CELERY_BROKER_URL, settings.PRACTICE = queue, False
    settings.CACHES = {"default": {"BACKEND": "accounts.caching.redis_and_rows.RedisAndRows", "LOCATION": [cache]}}
    assert [fault.id for fault in redis_asks_who_comes(None)] == faults
    settings.PRACTICE = True
    assert redis_asks_who_comes(None) == []


def test_one_address_of_redis_names_the_queue_and_the_cache_beside_it(tmp_path: Path) -> None:
    (tmp_path / "redis_url").write_text("rediss://:a%2Cb%40c@redis.example.org:6380/7\n")
    environment = Environment({"U_FILE": str(tmp_path / "redis_url")})
    redis = environment.redis("U")
    assert redis is not None and not environment.faults
    assert redis.queue == "rediss://:a%2Cb%40c@redis.example.org:6380/7"
    assert redis.cache == "rediss://:a%2Cb%40c@redis.example.org:6380/8"
    for wrong in ("redis://", "http://redis", "redis://:secret-word@redis/zero"):
        environment = Environment({"U": wrong})
        assert environment.redis("U") is None
        assert environment.faults == ["U must be like redis://user:password@host:6379/0 (its value is not shown)."]


def test_the_site_role_loses_what_the_triggers_refuse_anyway() -> None:
    refused = grants.never_allowed()
    assert {"UPDATE", "DELETE"} <= refused["audit_entry"]
    assert grants.table_rights("audit_entry", refused) == ["SELECT", "INSERT"]
    assert grants.table_rights("django_migrations", refused) == ["SELECT"]
    assert grants.table_rights("django_session", refused) == ["SELECT", "INSERT", "UPDATE", "DELETE"]


# --- answers -------------------------------------------------------------------------------------


@pytest.fixture
def swept(db: None) -> None:
    """A sweep has just run; how long this process lives is no matter then."""
    Heartbeat.objects.update_or_create(name="sweep_reminders", defaults={"at": timezone.now()})


@pytest.mark.usefixtures("swept")
def test_health_answers_a_supervisor_who_knows_no_host_name() -> None:
    for path in ("/healthz", "/readyz"):
        response = Client(headers={"host": "10.1.2.3:8000"}).get(path)
        assert (response.status_code, response.content) == (200, b"ok\n"), path
        assert response.headers["Cache-Control"] == "no-store" and not response.cookies
    assert Client().post("/healthz").status_code == 405


@pytest.mark.usefixtures("swept")
def test_readyz_names_what_is_missing_and_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("is_migrated", "has_queue"):
        monkeypatch.setattr(health, name, lambda: False)
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations\nqueue\n")
    monkeypatch.setattr(health, "has_database", lambda: False)
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_stranger_answer_carries_every_header() -> None:
    response = Client().get("/source/")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "data:" not in policy
    assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
    expected = {
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    assert {name: response.headers[name] for name in expected} == expected
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_a_signed_in_answer_is_never_kept_whatever_its_view_says() -> None:
    class Somebody:
        is_authenticated = True

    request = RequestFactory().get("/")
    request.user = Somebody()  # type: ignore[assignment]
    kept = SafeHeaders(lambda request: HttpResponse(headers={"Cache-Control": "max-age=600"}))(request)
    assert kept.headers["Cache-Control"] == "no-store"


def test_a_download_keeps_its_own_stricter_policy() -> None:
    response = SafeHeaders(lambda request: HttpResponse(headers={"Content-Security-Policy": "sandbox"}))(
        RequestFactory().get("/")
    )
    assert response.headers["Content-Security-Policy"] == "sandbox"


def test_the_source_holds_the_code_and_nothing_of_the_data_folder() -> None:
    with tarfile.open(fileobj=io.BytesIO(source.archive())) as tar:
        names = tar.getnames()
        owners = {(entry.uid, entry.uname, entry.mtime) for entry in tar.getmembers()}
    assert {"amparo/LICENSE", "amparo/run", "amparo/config/settings.py"} <= set(names)
    assert not [
        name for name in names if "/var/" in name or ".venv" in name or "__pycache__" in name or ".git/" in name
    ]
    assert owners == {(0, "", 0)}


# --- keys and logs -------------------------------------------------------------------------------


def test_a_log_line_tells_the_kind_of_an_exception_and_not_its_words() -> None:
    try:
        raise ValueError("Maria Example")
    except ValueError as fault:
        record = logging.LogRecord("amparo", logging.ERROR, "x.py", 1, "failed: %s", (fault,), sys.exc_info())
    line = JsonLines().format(record)
    assert "Maria" not in line and json.loads(line)["exception"] == "ValueError"
    words = {"name": "web.tasks.daily", "id": "1", "exc": "ValueError('Maria')", "traceback": "Maria"}
    record = logging.LogRecord("celery", logging.ERROR, "x.py", 1, "Task %(name)s raised: %(exc)s", (words,), None)
    assert "Maria" not in JsonLines().format(record)


def test_the_debugger_is_off_and_hosts_are_exact(tmp_path: Path) -> None:
    """Of a process of its own: pytest-django switches the debugger off in this one, whatever the settings say."""
    for variables in (production_environment(tmp_path), KEYS):
        found = settings_of(bare(**variables), "DEBUG", "ALLOWED_HOSTS")
        assert found["DEBUG"] is False
        assert found["ALLOWED_HOSTS"] in (["amparo.example.org"], ["127.0.0.1", "localhost", "[::1]"])
    assert installing.WHEEL.exists()


def test_the_office_names_its_own_time_zone() -> None:
    named = settings_of(bare(**KEYS, AMPARO_TIME_ZONE="Asia/Manila"), "TIME_ZONE", "CELERY_TIMEZONE")
    assert named == {"TIME_ZONE": "Asia/Manila", "CELERY_TIMEZONE": "Asia/Manila"}
    assert settings_of(bare(**KEYS), "TIME_ZONE") == {"TIME_ZONE": "UTC"}


def test_the_office_names_its_own_country_and_none_is_no_country() -> None:
    assert settings_of(bare(**KEYS, AMPARO_COUNTRY="PRT"), "OFFICE_COUNTRY") == {"OFFICE_COUNTRY": "PRT"}
    assert settings_of(bare(**KEYS), "OFFICE_COUNTRY") == {"OFFICE_COUNTRY": ""}


def test_a_command_whose_reader_goes_away_ends_quietly(tmp_path: Path) -> None:
    variables = bare(**KEYS, AMPARO_URL="http://127.0.0.1:8000", AMPARO_DATA_DIR=str(tmp_path), AMPARO_PRACTICE="1")
    command = [sys.executable, "manage.py", "diffsettings"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdout=pipe, stderr=pipe) as process:
        process.stdout.close()  # type: ignore[union-attr]
        said = process.stderr.read().decode()  # type: ignore[union-attr]
    assert (process.returncode, said) == (141, "")
