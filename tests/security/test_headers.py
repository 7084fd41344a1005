"""What every kind of answer tells a browser and a proxy: pages, errors, redirects, static files, health."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from config import settings as real
from tests.architecture.test_no_way_for_typed_words import APPS
from tools import sources
from tools.machine import ROOT
from web.views import source

ALWAYS = {
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def hold_the_headers(answer: Any) -> None:
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 302),
        ("/sign-in/", 200),
        ("/nowhere/", 404),
        ("/p/an-address-that-nobody-gave/", 404),
        ("/invitation/", 410),
        ("/healthz", 200),
        ("/static/nothing.css", 404),
    ],
)
def test_every_kind_of_answer_carries_the_headers_and_is_kept_by_nobody(client: Client, address: str, status: int):
    answer = client.get(address)
    assert answer.status_code == status
    hold_the_headers(answer)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/sign-in/", "/nowhere/", "/healthz", "/readyz", "/static/nothing.css"])
def test_every_answer_over_https_tells_the_browser_to_stay_there(
    client: Client, settings: Any, address: str, method: str
):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 365 * 24 * 3600, True
    answer = client.generic(method, address, secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.generic(method, address).headers


@pytest.mark.django_db
def test_refusals_before_any_page_carry_them_too(settings: Any):
    wrong_host = Client(headers={"host": "evil.example"}).get("/sign-in/")
    assert wrong_host.status_code == 400
    hold_the_headers(wrong_host)
    forged = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "ana"})
    assert forged.status_code == 403
    hold_the_headers(forged)
    settings.SECURE_SSL_REDIRECT = True
    led_on = Client().get("/sign-in/")
    assert led_on.status_code == 301 and led_on["Location"].startswith("https://")
    hold_the_headers(led_on)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/healthz", "/static/nothing.css"])
def test_a_browser_does_not_say_in_place_of_the_proxy_that_it_came_by_https(settings: Any, address: str):
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_SSL_REDIRECT = ("HTTP_X_FORWARDED_PROTO", "https"), True
    for told in ("https, http", "https,http", "http,https"):
        answer = Client(headers={"x-forwarded-proto": told}).get(address)
        assert answer.status_code == 400 and b"X-Forwarded-Proto" in answer.content, told
        hold_the_headers(answer)
    for told in ("https", "https,https"):
        assert Client(headers={"x-forwarded-proto": told}).get(address).status_code in {200, 404}
    others = {"x-forwarded-host": "evil.example", "x-forwarded-port": "8443", "x-real-ip": "203.0.113.7"}
    answer = Client(headers={"x-forwarded-proto": "http", **others}).get("/sign-in/")
    assert answer.status_code == 301 and answer["Location"] == "https://testserver/sign-in/"


def test_no_other_header_of_a_proxy_is_read():
    assert not hasattr(real, "USE_X_FORWARDED_HOST") and not hasattr(real, "USE_X_FORWARDED_PORT")
    telling = re.compile(r"x[-_](forwarded|real|user|client|original)|remote_addr", re.I)
    ours = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    assert {path.name for path in ours if telling.search(path.read_text())} == {"settings.py", "headers.py"}


def test_a_static_file_carries_them_and_may_be_kept_but_not_read_by_another_site(settings: Any, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "words.0123456789ab.css").write_text("p { margin: 0 }")
    answer = Client().get("/static/words.0123456789ab.css")
    assert answer.status_code == 200
    hold_the_headers(answer)
    assert "max-age" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_no_cookie_of_a_stranger_outlives_the_browser(client: Client):
    client.get("/sign-in/")
    assert client.cookies
    assert not [name for name, cookie in client.cookies.items() if cookie["max-age"] or cookie["expires"]]


def test_the_source_leaves_out_what_somebody_left_lying_in_it(tmp_path: Path):
    kept = ("run", "config/settings.py", ".ci/run", "docs/runbook.md", "web/source_files.txt")
    left = ("notes.txt", "docs/cases.csv", "config/keys.py", "static/paper.png", "config/.env", ".git/config", "a.pem")
    for name in (*kept, *left):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("words")
    (tmp_path / "linked.md").symlink_to(tmp_path / "a.pem")
    (tmp_path / "folder").symlink_to(tmp_path / "config")
    listed = (*kept, "linked.md", "folder/keys.py", "../outside", "gone.md")
    (tmp_path.parent / "outside").write_text("words")
    (tmp_path / "web/source_files.txt").write_text("\n".join(listed))
    assert {str(path.relative_to(tmp_path)) for path in source.files(tmp_path)} == set(kept)


def test_the_list_of_the_source_is_what_git_keeps():
    listed = sources.LIST.read_text().splitlines()
    assert listed == sorted(set(listed)) and not [
        name for name in listed if name.startswith((".git/", "var/", "secrets/"))
    ]
    if not (ROOT / ".git").exists():  # a copy without git, such as the archive itself: then the list is all there is
        assert all((ROOT / name).is_file() for name in listed)
        return
    assert listed == sources.kept_by_git(), f"Write the list anew: {sources.RENEW}"
