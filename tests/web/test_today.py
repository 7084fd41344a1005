"""Today shows what is late, what comes and what waits: everything of this person, nothing of other cases."""

import datetime as dt
import html
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy import reminder_sweep
from advocacy.actions.plans import make_plan
from casework.access import settle_rights
from casework.models import CaseGroup, Membership
from materials.models import Material
from safety.actions.holds import ask_to_lift, hold
from safety.models import Hold
from tests.advocacy.counted import a_counted_plan
from tests.factories import a_case, a_consent, on_case
from tests.gate.ready import a_material
from tests.people import a_person, signed_in
from work.models import Heartbeat, Notice

pytestmark = pytest.mark.django_db


def today(client: Any, query: str = "") -> str:
    answer = client.get("/" + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def a_late_case(codename: str, **fields: Any) -> Any:
    case = a_case(codename=codename, **fields)
    start = timezone.now() - dt.timedelta(days=3, hours=1)
    a_counted_plan(case, began=start)
    return case


def test_overdue_and_due_steps_stand_with_their_case(client: Any) -> None:
    a_late_case("Heron")
    signed_in(client, a_person("ana"))
    text = today(client)
    assert "Case intake, conflict check and coordinator named" in text and "3 days late" in text
    assert "Ministerial briefing (1-2 pages)" in text and "Heron" in text
    assert "Check back with the ministry" not in text, "it is due in three weeks"


def test_mine_are_mine_and_my_cases_are_all_i_may_see(client: Any) -> None:
    case = a_late_case("Heron")
    leila = on_case(case, "leila", "liaison")
    signed_in(client, leila)
    assert "Case intake" not in today(client)
    assert "Case intake" in today(client, "?of=cases")


def test_nothing_of_another_case_shows_anywhere(client: Any) -> None:
    case = a_late_case("Heron")
    on_case(case, "leila", "liaison")
    a_consent(case, lasts=dt.timedelta(days=5))
    hold(actor=a_person("leila"), case=case, reason="He was moved at night.")
    signed_in(client, a_person("sam"))
    for query in ("", "?of=cases"):
        text = today(client, query)
        assert "Heron" not in text and "moved at night" not in text and "Case intake" not in text


def test_who_lost_the_case_finds_nothing_of_it(client: Any) -> None:
    case = a_late_case("Heron")
    ana = a_person("ana")
    reminder_sweep.sweep_reminders()
    hold(actor=on_case(case, "leila", "liaison"), case=case, reason="Quiet please")
    assert Notice.objects.filter(user=ana).exists()
    Membership.objects.filter(case=case, user=ana).update(ended_at=timezone.now())
    settle_rights(case, ana)
    signed_in(client, ana)
    assert "Heron" not in today(client) and "Heron" not in client.get("/notices/").content.decode()


def test_late_sweeps_are_told_in_red_and_a_sweep_ends_it(client: Any) -> None:
    signed_in(client, a_person("ana"))
    assert "Reminders stand still" in today(client)
    reminder_sweep.sweep_reminders()
    assert "Reminders stand still" not in today(client)
    Heartbeat.objects.update(at=timezone.now() - dt.timedelta(minutes=6))
    assert "Reminders stand still" in today(client)


def test_a_precaution_is_an_alarm_and_a_hold_is_listed(client: Any) -> None:
    case = a_case(codename="Heron")
    leila = on_case(case, "leila", "liaison")
    hold(actor=leila, case=case, reason="His brother was summoned.")
    signed_in(client, case.lead)
    text = today(client)
    assert "Public work is on hold: Heron" in text and "unless somebody confirms it" in text
    assert "His brother was summoned." in text


def test_what_waits_for_me_is_not_what_i_asked_for_myself(client: Any) -> None:
    case = a_case(codename="Heron")
    rui = on_case(case, "rui", "reviewer")
    dara = on_case(case, "dara", "director")
    order = hold(actor=case.lead, case=case, reason="Moved", kind="until_lifted")
    ask_to_lift(actor=rui, hold=order, reason="He is back.")
    signed_in(client, dara)
    assert "Lift the hold?" in today(client)
    signed_in(client, rui)
    assert "Lift the hold?" not in today(client)


def test_who_asks_to_join_is_named_however_many_were_put_on_cases_before(client: Any) -> None:
    case = a_case(codename="Heron")
    for number in range(10):
        on_case(case, f"reader-{number}", "reader")
    asking = a_person("sam", name="Sam Asking")
    Membership.objects.create(case=case, user=asking, granted_by=asking, role="reader")
    signed_in(client, case.lead)
    text = today(client)
    assert "Agree to a person on the case" in text and "Sam Asking" in text
    assert "reader-9" not in text, "who was put on the case by somebody else waits for nobody"


def test_holds_of_my_group_and_country_stand_here_and_those_of_others_do_not(client: Any) -> None:
    group = CaseGroup.objects.create(codename="Reeds")
    case = a_case(codename="Heron", country="XPR", group=group)
    for scope, fields in (
        ("group", {"group": group}),
        ("country", {"country": "XPR"}),
        ("country", {"country": "IRN"}),
    ):
        words = "".join(str(value) for value in fields.values())
        Hold.objects.create(scope=scope, kind="until_lifted", reason=f"Because of {words}", held_by=case.lead, **fields)
    signed_in(client, case.lead)
    text = today(client)
    assert "Because of Reeds" in text and "Because of XPR" in text and "Because of IRN" not in text
    signed_in(client, a_person("sam"))
    assert "Because of" not in today(client)


def test_what_ends_within_two_weeks_is_named(client: Any) -> None:
    case = a_case(codename="Heron")
    a_consent(case, lasts=dt.timedelta(days=6))
    other = a_case(codename="Quince")
    a_consent(other, lasts=dt.timedelta(days=90))
    signed_in(client, case.lead)
    text = today(client)
    assert "Consent, Heron" in text and "Consent, Quince" not in text


def test_long_lists_are_cut_and_counted_to_a_hundred(client: Any) -> None:
    ana = a_person("ana")
    for number in range(12):
        case = a_case(codename=f"Sedge {number}")
        make_plan(
            actor=ana,
            case=case,
            template="SIX_WEEK",
            starts_at=timezone.now() - dt.timedelta(days=30),
            now=timezone.now() - dt.timedelta(days=30),
        )
    signed_in(client, ana)
    text = today(client)
    assert "100+" in text and "Show all late steps, more than 75 others" in text
    assert text.count("days late") == 25


def test_today_asks_as_many_questions_for_many_cases_as_for_one(
    client: Any, django_assert_max_num_queries: Any
) -> None:
    a_late_case("Heron")
    signed_in(client, a_person("ana"))
    today(client)
    with django_assert_max_num_queries(38) as few:
        today(client)
    for name in ("Quince", "Alder", "Plover"):
        case = a_late_case(name)
        a_consent(case, lasts=dt.timedelta(days=6))
    with django_assert_max_num_queries(len(few)):
        today(client)


def test_notices_are_read_one_by_one_and_all_at_once(client: Any) -> None:
    case = a_late_case("Heron")
    leila = on_case(case, "leila", "liaison")
    for words in ("One", "Two", "Three"):
        hold(actor=leila, case=case, reason=words)
    mine = Notice.objects.filter(user=case.lead)
    assert mine.count() == 3
    signed_in(client, leila)
    theirs = mine.first()
    assert theirs and client.post(reverse("web:read_notice", args=[theirs.pk])).status_code == 404
    signed_in(client, case.lead)
    assert client.get("/notices/").content.decode().count("Held public work") >= 3
    client.post(reverse("web:read_notice", args=[theirs.pk]))
    assert mine.filter(read_at=None).count() == 2
    client.post(reverse("web:read_all_notices"))
    assert not mine.filter(read_at=None).exists()


def test_a_stranger_is_sent_to_sign_in(client: Any) -> None:
    for address in ("/", "/notices/"):
        assert client.get(address).status_code == 302


def test_my_texts_that_somebody_answered_wait_for_me_and_for_nobody_else(client: Any) -> None:
    case = a_case(codename="Heron")
    ana, rui = case.lead, on_case(case, "rui", "reviewer")
    back, cleared, stale, draft = (a_material([case], "MIN_BRIEF", "AU_DIPLO", author=ana) for _ in range(4))
    Material.objects.filter(pk=back.pk).update(status="sent_back")
    Material.objects.filter(pk=cleared.pk).update(status="cleared")
    Material.objects.filter(pk=stale.pk).update(is_stale=True)
    signed_in(client, ana)
    text = html.unescape(today(client))
    kind = str(draft.get_kind_display())
    assert [text.count(f"{kind}{what}</a>") for what in (" came back", " is cleared", ": a fact changed")] == [1, 1, 1]
    assert f"/materials/{draft.pk}/" not in text
    assert f"{kind} came back" not in html.unescape(today(signed_in(client, rui)))


def test_my_cases_stand_with_one_next_step_each(client: Any) -> None:
    case = a_case(codename="Heron")
    other = a_case(codename="Quince", lead=a_person("tomas"))
    on_case(other, "ana", "reader")
    text = today(signed_in(client, case.lead))
    assert "Say since when and by whom the person is held." in text and f"/cases/{case.reference}/tasks/" in text
    assert f"/cases/{other.reference}/tasks/" not in text, "somebody else leads it"


def test_my_week_stands_on_one_sheet_with_what_is_mine_alone(client: Any) -> None:
    case = a_late_case("Heron")
    leila = on_case(case, "leila", "liaison")
    text = html.unescape(signed_in(client, case.lead).get("/week/sheet/").content.decode())
    assert "☐ <bdi>Case intake, conflict check and coordinator named</bdi>" in text and "3 days late" in text
    assert "Heron" in text and "For inside only." in text
    assert "Heron" not in signed_in(client, leila).get("/week/sheet/").content.decode()
    assert "Nothing is yours this week" in signed_in(client, a_person("sam")).get("/week/sheet/").content.decode()
