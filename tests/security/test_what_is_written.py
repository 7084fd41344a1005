"""What documents promise of signing in, of costs and of connections is what the code does: each number, word and way."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from accounts import drafts
from accounts.sign_in import freshness, middleware, passwords
from casework import search
from casework.finding import found, kept_words
from config import environment
from config import settings as real
from exchange import json_file
from papers.pdf import rendering
from tests.accounts.signing_in import sign_in
from tests.people import a_person
from tools.machine import ROOT
from work import file_queue, jobs


def words_of(page: str) -> str:
    """Return a page without its line ends."""
    return " ".join((ROOT / "docs" / page).read_text(encoding="utf-8").split())


SIGNING_IN = words_of("decisions/0003-signing-in.md")
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")


def minutes(span: dt.timedelta) -> int:
    return int(span.total_seconds() // 60)


def test_the_ends_of_a_session_are_those_of_the_document_and_of_the_standard_it_names() -> None:
    idle, longest = minutes(middleware.IDLE), minutes(middleware.LONGEST) // 60
    assert f"Sessions end after {idle} idle minutes and {longest} hours" in SIGNING_IN
    assert idle <= 30 and longest <= 12 and "NIST SP 800-63B allows at its level AAL2" in SIGNING_IN
    assert f"within {minutes(freshness.STAYS_FRESH)} minutes" in SIGNING_IN


SPANS = {"m": "a minute", "10m": "in ten minutes", "h": "an hour"}


def told(limits: str) -> list[str]:
    """Return each limit of a setting as the document spells it, such as `6` and `a minute`; each counts an account."""
    parts = [one.split("/") for one in limits.split(",")]
    assert all(key == "key" for _number, _span, key in parts)
    return [f"{number} {SPANS[span]}" for number, span, _key in parts]


def test_the_limits_of_guessing_are_those_of_the_document() -> None:
    """How they are set, what they count and why nobody is kept out stands beside; test_known_devices shows the last."""
    guesses, (codes, in_ten, in_an_hour) = (
        told(real.ACCOUNT_RATE_LIMITS["login_failed"]),
        told(real.ACCOUNT_RATE_LIMITS["second_factor"]),
    )
    assert guesses == ["6 a minute"] and "6 wrong passwords a minute;" in SIGNING_IN
    assert codes == "6 a minute" and "6 wrong codes a minute," in SIGNING_IN
    assert f" {in_ten} and {in_an_hour};" in SIGNING_IN
    assert told(real.ACCOUNT_RATE_LIMITS["present_password"]) == ["5 a minute"]
    assert "5 times one's present password wrong a minute." in SIGNING_IN
    assert (
        not [name for name in environment.KNOWN if "LIMIT" in name]
        and "no variable of a server changes them" in SIGNING_IN
    )
    assert "a stranger who presses at the sign-in page keeps nobody out" in SIGNING_IN
    rest = {name for name, limits in real.ACCOUNT_RATE_LIMITS.items() if limits}
    assert rest == {"login_failed", "second_factor", "present_password"}, "what else is limited is not told"


def test_the_words_that_no_password_is_built_on_are_those_of_the_document() -> None:
    told = re.search(r"host names of the site, or on (.+?)\.", SIGNING_IN)
    assert told and set(re.findall(r"`(\w+)`", told[1])) == set(passwords.EVER_PRESENT)
    assert "the person's name, sign-in name or address" in SIGNING_IN
    (length,) = (one["OPTIONS"]["min_length"] for one in real.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in one)
    assert f"A password has {length} characters or more" in SIGNING_IN


def test_the_ways_in_are_those_of_the_document() -> None:
    told = "password with second factor; password with a recovery code; an invitation or a reset, used once"
    assert told in SIGNING_IN and "no other" in SIGNING_IN
    assert real.AUTHENTICATION_BACKENDS == ["accounts.sign_in.backend.PersonBackend"]
    assert real.MFA_SUPPORTED_TYPES == ["totp", "recovery_codes"]
    assert {"username"} == real.ACCOUNT_LOGIN_METHODS
    assert not [app for app in real.INSTALLED_APPS if "socialaccount" in app or "headless" in app or "idp" in app]


@pytest.mark.django_db
def test_a_person_may_have_any_number_of_sessions_as_the_document_says() -> None:
    assert "any number of sessions at once" in SIGNING_IN
    ana = a_person("ana")
    browsers = [sign_in(Client(), ana) for _number in range(12)]
    assert [browser.get("/account/").status_code for browser in browsers] == [200] * 12


def test_the_runbook_names_each_thing_that_the_site_speaks_to() -> None:
    table = RUNBOOK.split("What this site speaks to")[1].split("\n\n")[1]
    named = set(re.findall(r"`(AMPARO_\w+_URL)`", table))
    assert named == {name for name in environment.KNOWN if name.endswith("_URL")} - {"AMPARO_SOURCE_URL", "AMPARO_URL"}


def test_the_page_of_what_is_costly_tells_the_limits_of_the_code() -> None:
    table = words_of("performance.md").partition("## What is costly, and what bounds it")[2]
    for told in (
        f"{rendering.MOST_LETTERS:,} letters",
        f"{rendering.LONGEST_SECONDS} seconds",
        f"{jobs.ATTEMPTS} times",
        f"{json_file.LARGEST // 1024**2} MB",
        f"{search.MOST_FOUND:,} names",
        f"{kept_words.READ_AT_ONCE:,} cases",
        f"{kept_words.MOST_WORDS:,} different words",
        f"{found.MOST_READ} values",
        f"{found.MOST_SHOWN} shown",
        f"{drafts.MOST_KEPT} forms",
        f"{drafts.MOST_CHARACTERS:,} letters",
        f"{file_queue.MOST_BYTES // 1024} KiB",
    ):
        assert told in table, told


@pytest.mark.django_db
def test_a_form_that_is_too_large_is_refused(client: Client, settings: Any) -> None:
    assert "2.5 MB" in words_of("performance.md") and not hasattr(real, "DATA_UPLOAD_MAX_MEMORY_SIZE")
    sign_in(client, a_person("ana"))
    assert client.post("/account/", {"name": "x" * 2_700_000}).status_code == 400
    assert client.post("/account/", {f"n{number}": "" for number in range(1_100)}).status_code == 400
