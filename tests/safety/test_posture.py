"""How visible a case is to be: decided with a reason, dated, and looked at again. And the office's own settings."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from safety.models import OfficeSafety, Posture
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def day(days):
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def decision(**changed):
    return {
        "kind": "PO_PUBLIC",
        "reason": "Quiet work has ended.",
        "review_on": day(30),
        "embargo_day": "",
        "embargo_time": "",
    } | changed


@pytest.fixture
def case():
    case = a_case()
    on_case(case, "rui", "reviewer")
    on_case(case, "sam", "reader")
    return case


def address(name, case):
    return reverse(f"safety:{name}", args=[case.reference])


def test_a_coordinator_decides_and_the_page_shows_who_and_until_when(client, case):
    signed_in(client, case.lead)
    assert client.post(address("posture", case), decision(kind="PO_QUIET")).status_code == 302
    assert client.post(address("posture", case), decision()).status_code == 302
    assert [(row.number, row.kind, row.decided_by) for row in Posture.objects.all()] == [
        (2, "PO_PUBLIC", case.lead),
        (1, "PO_QUIET", case.lead),
    ]
    text = client.get(address("safety", case)).content.decode()
    assert "Quiet work has ended." in text and "Quiet: officials only" in text
    assert Entry.objects.filter(verb="safety.posture.decided", actor_id=case.lead.pk).count() == 2


def test_what_never_happened_has_no_panel_of_its_own(client, case):
    """A new case has one empty place for each thing to do, and no empty history beside it."""
    signed_in(client, case.lead)
    histories = ("Decisions on posture", "All that happened", ">Assessments<")
    text = client.get(address("safety", case)).content.decode()
    assert [words for words in histories if words in text] == []
    assert "Not assessed yet" in text and "Not decided yet" in text and "Nothing is open" in text
    client.post(address("posture", case), decision())
    assert histories[0] in client.get(address("safety", case)).content.decode()


def test_a_reader_sees_the_posture_and_not_its_reason(client, case):
    signed_in(client, case.lead).post(address("posture", case), decision())
    text = signed_in(client, a_person("sam")).get(address("safety", case)).content.decode()
    assert "Public" in text and "Quiet work has ended." not in text


@pytest.mark.parametrize(("username", "status"), [("sam", 403), ("rui", 403), ("tomas", 404)])
def test_who_may_not_plan_does_not_decide(client, case, username, status):
    signed_in(client, a_person(username))
    assert client.get(address("posture", case)).status_code == status
    assert client.post(address("posture", case), decision()).status_code == status
    assert not Posture.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"review_on": day(-1)},
        {"kind": ""},
        {"kind": "PO_EMBARGO"},
        {"kind": "PO_EMBARGO", "embargo_day": day(-1)},
    ],
    ids=["no reason", "past review", "no posture", "embargo without a day", "embargo in the past"],
)
def test_a_faulty_decision_is_refused_and_what_was_typed_stays(client, case, wrong):
    page = signed_in(client, case.lead).post(address("posture", case), decision(**wrong))
    assert page.status_code == 422 and "<title>Error:" in page.content.decode() and not Posture.objects.exists()


def test_an_embargo_keeps_its_instant(client, case):
    signed_in(client, case.lead).post(
        address("posture", case), decision(kind="PO_EMBARGO", embargo_day=day(3), embargo_time="09:30")
    )
    until = Posture.objects.get().embargo_until
    assert (until.date().isoformat(), until.hour, until.minute) == (day(3), 9, 30)


def test_a_decision_is_never_rewritten(client, case):
    signed_in(client, case.lead).post(address("posture", case), decision(kind="PO_SILENT"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Posture.objects.update(kind="PO_PUBLIC")


# --- the office


SETTINGS = {
    "emergency_wait_minutes": "15",
    "grace_days": "7",
    "contact_line": "Desk +1 555 0100",
    "reason": "We answer faster now.",
}


def test_a_director_changes_the_settings_with_a_reason_that_is_recorded(client):
    signed_in(client, a_person("dara"), fresh=True)
    page = reverse("safety:office_safety")
    assert client.get(page).status_code == 200
    assert client.post(page, SETTINGS).status_code == 302
    office = OfficeSafety.current()
    assert (office.emergency_wait_minutes, office.grace_days, office.contact_line) == (15, 7, "Desk +1 555 0100")
    assert Entry.objects.filter(verb="safety.office.changed", actor_id=a_person("dara").pk).count() == 1
    client.post(page, SETTINGS | {"emergency_wait_minutes": ""})
    assert OfficeSafety.current().emergency_wait_minutes is None


@pytest.mark.parametrize("username", ["ana", "rui", "admin", "noor"])
def test_to_nobody_else_the_page_exists(client, username):
    signed_in(client, a_person(username), fresh=True)
    assert client.get(reverse("safety:office_safety")).status_code == 404
    assert client.post(reverse("safety:office_safety"), SETTINGS).status_code == 404
    assert not OfficeSafety.objects.exists()


def test_a_director_is_asked_for_the_second_factor(client):
    page = signed_in(client, a_person("dara")).post(reverse("safety:office_safety"), SETTINGS)
    assert page.status_code == 302 and page.url.startswith(reverse("accounts:prove_again"))
    assert not OfficeSafety.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"emergency_wait_minutes": "121"}, {"grace_days": "31"}, {"grace_days": ""}, {"reason": ""}]
)
def test_settings_beyond_the_limits_are_refused(client, wrong):
    page = signed_in(client, a_person("dara"), fresh=True).post(reverse("safety:office_safety"), SETTINGS | wrong)
    assert page.status_code == 422 and not OfficeSafety.objects.exists()
