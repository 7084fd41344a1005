"""A label says "optional" exactly where nothing is asked: every form of every page is sent empty, and both are compared."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tests.security.asking import clients
from tests.security.table import ROWS, Row
from tests.security.world import World, make_world

pytestmark = pytest.mark.django_db
WHO = ("coordinator", "reviewer", "administrator")
READ = [row for row in ROWS if "o" in row.get]
# Empty alone they are a fault, each with why its label says what it says.
ONE_OF_ALL = {
    ("DetentionForm", "started"): "one thing of all must be said; the fault stands at the first",
}


@dataclass
class Drawn:
    """The browsers of one world, and every form that was made since somebody looked."""

    world: World
    browsers: dict[str, Client]
    made: list[forms.BaseForm] = field(default_factory=list)


@pytest.fixture(scope="module")
def drawn(django_db_setup: None, django_db_blocker: Any) -> Iterator[Drawn]:
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        here = Drawn(world, clients(world))
        begin = forms.BaseForm.__init__

        def noted(form: forms.BaseForm, *args: Any, **options: Any) -> None:
            begin(form, *args, **options)
            here.made.append(form)

        patch.setattr(forms.BaseForm, "__init__", noted)
        yield here
        patch.undo()
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", READ, ids=lambda row: row.name)
def test_a_label_says_optional_exactly_where_an_empty_answer_is_taken(row: Row, drawn: Drawn) -> None:
    address = reverse(row.name, args=drawn.world.args(row.parts))
    for who in WHO:
        drawn.made.clear()
        with transaction.atomic():
            drawn.browsers[who].get(address)
            wrong = {fault for form in list(drawn.made) if not form.is_bound for fault in differences(form)}
            transaction.set_rollback(True)
        assert wrong == set(), who


def differences(form: forms.BaseForm) -> Iterator[tuple[str, str, str]]:
    """Return the form, the box, and what its label says wrongly."""
    sent = copy.copy(form)
    sent.fields = copy.deepcopy(form.fields)
    sent._bound_fields_cache = {}
    sent.data, sent.files, sent.is_bound, sent._errors = QueryDict(""), {}, True, None
    sent.empty_permitted = False
    faults = sent.errors
    for bound in form.visible_fields():
        name = type(form).__name__, bound.name
        if name in ONE_OF_ALL or bound.field.disabled or bound.is_tick:  # type: ignore[attr-defined]
            continue
        says, is_taken = bound.is_optional, bound.name not in faults  # type: ignore[attr-defined]
        if says and not is_taken:
            yield *name, "it says optional, and an empty one is refused"
        if not says and is_taken and not getattr(bound.field, "is_asked_where_needed", False):
            yield *name, "it asks, and an empty one is taken"


class Wrong(forms.Form):
    said = forms.CharField(required=False)
    asked = forms.CharField()

    def clean_said(self) -> str:
        if not self.cleaned_data["said"]:
            raise forms.ValidationError("needed")
        return str(self.cleaned_data["said"])

    def clean(self) -> dict[str, Any]:
        self.errors.pop("asked", None)
        return self.cleaned_data


def test_the_comparison_sees_both_ways_of_being_wrong() -> None:
    assert {(name, says) for _form, name, says in differences(Wrong())} == {
        ("said", "it says optional, and an empty one is refused"),
        ("asked", "it asks, and an empty one is taken"),
    }
