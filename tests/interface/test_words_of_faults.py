"""A fault says what to do, never that a field is required or a choice not valid."""

import pytest
from django import forms
from django.urls import reverse

from tests.factories import a_case
from tests.people import signed_in
from web.templatetags.display import fault_count

DJANGO_SAYS = (
    "This field is required",
    "Select a valid choice",
    "Enter a valid",
    "Enter a whole number",
    "Ensure this",
)


class Everything(forms.Form):
    """One question of each kind."""

    text = forms.CharField(max_length=20)
    choice = forms.ChoiceField(choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])
    day = forms.DateField()
    hour = forms.TimeField()
    number = forms.IntegerField()
    mail = forms.EmailField()
    tick = forms.BooleanField()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"choice": "z", "several": ["z"], "day": "soon", "hour": "noon", "number": "many", "mail": "nobody"},
        {"text": "long " * 9},
    ],
)
def test_each_kind_of_question_has_words_of_this_house(typed: dict[str, object]) -> None:
    said = str(Everything(typed).errors)
    assert not [words for words in DJANGO_SAYS if words in said], said


def test_two_faults_of_one_answer_are_one_answer_that_needs_a_second_look() -> None:
    form = Everything({})
    form.add_error("text", "Another fault of the same answer.")
    assert fault_count(form) == 8


@pytest.mark.django_db
def test_a_detention_of_which_nothing_is_said_is_refused(client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    before = case.detentions.count()
    answer = client.post(reverse("casework:add_detention", args=[case.reference]), {"version": "1"})
    assert answer.status_code in (200, 422)
    assert "Write at least one thing that is known" in answer.content.decode()
    assert case.detentions.count() == before


@pytest.mark.django_db
def test_an_empty_choice_says_that_it_is_not_answered(client) -> None:
    case = a_case()
    page = signed_in(client, case.lead).get(reverse("casework:add_consent", args=[case.reference])).content.decode()
    assert "Not answered</option>" in page and "-----" not in page
