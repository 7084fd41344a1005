"""Each control that a setting or a middleware is, taken out in memory: the named check must go red, at every run.

What can only be taken out of the text of the code is taken out by `python -m tests.security.taking_out`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from tests.security import test_headers as headers
from tests.security import test_of_the_wire as wire
from tests.security import test_what_is_written as written

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]  # what is asked is the same on both engines
Check = Callable[[Any, Path], object]


def without(middleware: str) -> Callable[[Any], None]:
    """Take one middleware out of the site."""

    def take_out(settings: Any) -> None:
        assert middleware in settings.MIDDLEWARE
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != middleware]

    return take_out


def with_value(**values: Any) -> Callable[[Any], None]:
    """Put other values in place of those of the settings."""

    def take_out(settings: Any) -> None:
        for name, value in values.items():
            assert getattr(settings, name, None) != value, f"{name} is so already"
            setattr(settings, name, value)

    return take_out


def answers(address: str, status: int) -> Check:
    return lambda settings, folder: headers.test_every_kind_of_answer_carries_the_headers_and_is_kept_by_nobody(
        Client(), address, status
    )


def cookies(settings: Any, folder: Path) -> None:
    wire.test_each_cookie_is_kept_from_scripts_and_from_forms_of_other_sites(Client())


CONTROLS: dict[str, tuple[Callable[[Any], None], Check]] = {
    "headers of a page": (without("web.headers.SafeHeaders"), answers("/sign-in/", 200)),
    "headers of what is missing": (without("web.headers.SafeHeaders"), answers("/nowhere/", 404)),
    "health before all": (without("config.health.Health"), answers("/healthz", 200)),
    "the token of a form": (
        without("django.middleware.csrf.CsrfViewMiddleware"),
        lambda settings, folder: headers.test_refusals_before_any_page_carry_them_too(settings),
    ),
    "where a referrer goes": (with_value(SECURE_REFERRER_POLICY="unsafe-url"), answers("/sign-in/", 200)),
    "cookies and scripts": (with_value(SESSION_COOKIE_HTTPONLY=False), cookies),
    "the cookie of forms and scripts": (with_value(CSRF_COOKIE_HTTPONLY=False), cookies),
    "cookies and other sites": (with_value(SESSION_COOKIE_SAMESITE="None"), cookies),
    "cookies after the browser": (
        with_value(CSRF_COOKIE_AGE=3600),
        lambda settings, folder: headers.test_no_cookie_of_a_stranger_outlives_the_browser(Client()),
    ),
    "files and other sites": (
        with_value(WHITENOISE_ALLOW_ALL_ORIGINS=True),
        lambda settings, folder: headers.test_a_static_file_carries_them_and_may_be_kept_but_not_read_by_another_site(
            settings, folder
        ),
    ),
    "the size of a form": (
        with_value(DATA_UPLOAD_MAX_MEMORY_SIZE=None, DATA_UPLOAD_MAX_NUMBER_FIELDS=None),
        lambda settings, folder: written.test_a_form_that_is_too_large_is_refused(Client(), settings),
    ),
    "faults in general words": (
        with_value(DEBUG_PROPAGATE_EXCEPTIONS=True),
        lambda settings, folder: wire.test_a_fault_inside_is_told_in_general_words_and_the_next_page_comes(None),
    ),
}


@pytest.mark.parametrize("control", CONTROLS)
def test_a_check_goes_red_without_its_control(control: str, settings: Any, tmp_path: Path) -> None:
    take_out, check = CONTROLS[control]
    take_out(settings)
    with pytest.raises((AssertionError, KeyError, DatabaseError)):
        check(settings, tmp_path)


def test_the_run_says_how_many_were_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\ncontrols of settings and middleware: {len(CONTROLS)} of {len(CONTROLS)} seen to matter")  # noqa: T201
