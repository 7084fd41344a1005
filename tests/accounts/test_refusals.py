"""How an act is refused: with every reason at once, to a form and to a page that has none."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.handlers.exception import response_for_exception
from django.test import RequestFactory

from accounts.refusals import Refused, reasons_against, refuse_if

CHECKS = ((True, "You wrote this."), (False, "It is signed."), (True, "Somebody else must sign it."))


def test_a_refusal_tells_every_reason_at_once_and_no_other() -> None:
    with pytest.raises(Refused) as refused:
        refuse_if(*CHECKS)
    assert refused.value.reasons == tuple(reasons_against(CHECKS)) == ("You wrote this.", "Somebody else must sign it.")
    assert str(refused.value) == "You wrote this. Somebody else must sign it."


def test_an_act_that_nothing_stands_against_goes_on() -> None:
    refuse_if()
    refuse_if((False, "It is signed."))


def test_a_form_shows_a_refusal_as_it_shows_its_own_faults() -> None:
    form = forms.Form({})
    with pytest.raises(ValidationError) as refused:
        refuse_if(*CHECKS)
    form.add_error(None, refused.value)
    assert form.non_field_errors() == ["You wrote this.", "Somebody else must sign it."]


@pytest.mark.django_db
def test_a_page_that_takes_no_refusal_answers_that_it_may_not_be_done() -> None:
    """A refusal that nobody expected is no fault of the server."""
    answer = response_for_exception(RequestFactory().get("/"), Refused("You wrote this."))
    assert answer.status_code == 403
