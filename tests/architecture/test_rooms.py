"""The house has rooms: small apps with few loose modules, no circles, narrow templates, and records with names."""

import pytest

from tools import measures

LOOSE_MODULES = 12  # in the root of an app, beside those that any app keeps there
APP_LINES = 12_000
TEMPLATE_WIDTH = 160
TEMPLATE_LINES = 250

# Where the framework asks for a dictionary by its own signature, a record would only be taken apart again.
FRAMEWORK_HOOKS = {
    "__getstate__",  # Python's pickling of a field
    "_get_field_expression_map",  # Django's validation of constraints
    "build_widget_attrs",  # Django's rendering of a widget
    "clean",  # Django's forms, also where a form stands outside a folder of forms
    "deconstruct",  # Django's migrations
    "site",  # Django's context processor
}
FRAMEWORK_FILES = {
    "work/file_queue.py",  # kombu's messages
    "work/messages.py",  # the same
    "work/redis_queue.py",  # the same
    "config/environment.py",  # DATABASES and EMAIL as Django's settings hold them
}
# What is written or read as JSON, or handed on as keyword arguments, is a dictionary in the end.
JSON_FILES = {
    "accounts/sign_in/freshness.py",  # allauth's records in the session
    "exchange/listing.py",  # a row of the list of cases
    "materials/management/commands/make_material.py",  # what --json prints
    "safety/gate.py",  # the column that keeps what a clearance judged
    "web/demo/loading.py",  # arguments of verbs, as the practice data gives them
}

PROGRAMS = {"bench", "tools"}  # programs around the site, and no apps of it: each module is one command
APPS = measures.apps()


def is_form(file: str) -> bool:
    """Whether a file holds forms, whose data and widget contexts are dictionaries of Django's."""
    return "/forms/" in file or file.endswith("/forms.py")


def test_the_house_is_found() -> None:
    assert {
        "accounts",
        "advocacy",
        "casework",
        "claims",
        "consents",
        "directory",
        "exchange",
        "materials",
        "notes",
        "packet",
        "papers",
        "safety",
        "web",
        "work",
    } <= set(APPS)
    assert len(measures.templates()) > 100


@pytest.mark.parametrize("app", sorted(set(APPS) - PROGRAMS))
def test_an_app_keeps_few_loose_modules_in_its_root(app: str) -> None:
    loose = measures.loose_modules(app)
    assert len(loose) <= LOOSE_MODULES, f"{len(loose)}: {', '.join(loose)}"


@pytest.mark.parametrize("app", APPS)
def test_an_app_is_not_too_large_to_be_known(app: str) -> None:
    assert measures.count_lines(app) <= APP_LINES


@pytest.mark.parametrize("app", APPS)
def test_no_files_of_an_app_import_one_another_in_a_circle(app: str) -> None:
    assert not measures.circles(app)


def test_no_line_of_a_template_is_wider_than_a_screen() -> None:
    assert not [f"{spot.file}:{spot.line} {spot.size}" for spot in measures.wide_lines(limit=TEMPLATE_WIDTH)]


def test_no_template_is_longer_than_its_cap() -> None:
    assert not [f"{spot.file} {spot.size}" for spot in measures.long_templates(TEMPLATE_LINES)]


def test_what_is_handed_on_is_a_record_and_no_loose_dictionary() -> None:
    assert not [
        f"{spot.file}:{spot.line} {spot.name}"
        for spot in measures.loose_dicts()
        if not is_form(spot.file) and spot.name not in FRAMEWORK_HOOKS and spot.file not in FRAMEWORK_FILES | JSON_FILES
    ]


def test_every_exception_is_still_needed() -> None:
    spots = measures.loose_dicts()
    assert {spot.name for spot in spots} >= FRAMEWORK_HOOKS
    assert {spot.file for spot in spots} >= FRAMEWORK_FILES | JSON_FILES
