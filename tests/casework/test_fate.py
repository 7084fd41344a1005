"""What happened to the person: one verb each, and its own stop at once, wherever it is typed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from audit.models import Entry
from casework.actions import detention as detention_actions
from casework.actions.cases import change_case, open_case
from casework.actions.fate import FATES, VERBS, died, fate_of, released
from casework.custody import NOT_HELD, custody_of
from casework.models import Ask, Case, Demand, Detention
from directory.dates import in_words
from directory.vocabulary import terms
from exchange import amparo
from exchange.bringing_in import bring_in
from safety.models import RiskEvent
from tests.casework.fates import TODAY, a_file, at, cover, ended, fresh, stops
from tests.factories import a_case, a_detention, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
STOPS = {
    "released": "TR_RELEASE",
    "bailed": "TR_BAIL",
    "died": "TR_DEATH",
    "escaped_or_exiled": "TR_FLIGHT",
    "rearrested": "TR_REARREST",
}
EVERY = [(fate.code, status) for fate in FATES.values() for status in sorted(fate.statuses)]


@pytest.fixture
def case() -> Case:
    case = a_case(codename="Heron", status="DS_SENTENCED")
    a_detention(case, started="2025-03-14")
    return case


def free(status: str = "DS_RELEASED") -> Case:
    """Return a case of somebody who was held and is not any more."""
    case = a_case(codename="Teal", status=status)
    a_detention(case, started="2019", ended="2020-05-01")
    return case


@pytest.mark.parametrize(("code", "status"), EVERY)
def test_each_verb_writes_the_status_ends_or_opens_the_spell_and_raises_its_own_stop(code: str, status: str) -> None:
    case = free() if code == "rearrested" else a_case(status="DS_SENTENCED")
    if code != "rearrested":
        a_detention(case, started="2025-03-14")
    day = (TODAY - dt.timedelta(days=4)).isoformat()
    VERBS[code](actor=case.lead, case=case, status=status, on=day, told="His sister, by telephone.")
    case = fresh(case)
    assert (case.status, case.status_on) == (status, TODAY - dt.timedelta(days=4))
    assert stops(case) == [STOPS[code]]
    assert RiskEvent.objects.get().what == "His sister, by telephone."
    assert terms("reassess_trigger")[STOPS[code]].event_class == "stop"
    assert Entry.objects.filter(verb=f"casework.fate.{code}", case_id=case.pk).count() == 1
    held = custody_of(case)
    if code == "rearrested":
        assert (held.is_held, held.since) == (True, day)
    elif status == "DS_EXILE":
        assert held.is_held is True
    else:
        assert held.is_held is False and (held.until == day or status == "DS_FURLOUGH")


def test_every_fate_has_one_verb_and_every_status_of_somebody_who_is_not_held_one_fate() -> None:
    assert set(VERBS) == set(FATES) == set(STOPS)
    for status in NOT_HELD:
        assert sum(status in fate.statuses for fate in FATES.values()) == 1


def test_a_day_that_nobody_knows_is_stored_as_unknown_and_none_is_invented(client: Client, case: Case) -> None:
    released(actor=case.lead, case=case, status="DS_RELEASED")
    case = fresh(case)
    assert case.status_on == TODAY and Detention.objects.get().ended == f"../{TODAY.isoformat()}"
    held = custody_of(case)
    assert (held.is_held, held.lasted) == (False, None)
    assert held.words == f"No, until {in_words(TODAY.isoformat())} at the latest"
    VERBS["rearrested"](actor=case.lead, case=case, status="DS_POLICE", on="")
    held = custody_of(fresh(case))
    assert (held.is_held, held.words) == (True, "Yes, since when is unknown")
    page = signed_in(client, case.lead).get(at("case", case)).content.decode()
    assert (
        f"{in_words(TODAY.isoformat())} at the latest" in page and "until " not in page.partition("Held since")[2][:200]
    )


def test_an_imprecise_day_ends_the_spell_as_it_was_told_and_the_status_is_as_of_today(case: Case) -> None:
    died(actor=case.lead, case=case, status="DS_DIED", on=f"{TODAY.year - 1}-05~")
    assert (fresh(case).status_on, Detention.objects.get().ended) == (TODAY, f"{TODAY.year - 1}-05~")


@pytest.mark.parametrize(
    ("status", "on"),
    [
        ("DS_DIED", ""),
        ("DS_PRETRIAL", ""),
        ("", ""),
        ("DS_RELEASED", (TODAY + dt.timedelta(days=3)).isoformat()),
        ("DS_RELEASED", "2020-01-01"),
    ],
)
def test_a_verb_refuses_another_status_a_day_to_come_and_one_before_the_arrest(
    case: Case, status: str, on: str
) -> None:
    with pytest.raises(ValidationError):
        released(actor=case.lead, case=case, status=status, on=on)
    assert fresh(case).status == "DS_SENTENCED" and not RiskEvent.objects.exists()
    assert not Detention.objects.get().ended


def test_the_wrong_person_records_nothing(client: Client, case: Case) -> None:
    sam, reader = a_person("sam"), on_case(case, "leila", "reader")
    a_case(codename="Quince", lead=sam)
    sent = {"status": "DS_RELEASED"}
    signed_in(client, sam)
    for name in ("fate", "concerned"):
        assert client.get(at(name, case)).status_code == 404
    assert client.post(at("fate", case), sent).status_code == 404
    signed_in(client, reader)
    assert client.get(at("fate", case)).status_code == client.post(at("fate", case), sent).status_code == 403
    page = client.get(at("concerned", case))
    assert page.status_code == 200 and at("fate", case) not in page.content.decode()
    for person in (sam, reader):
        for code, status in EVERY:
            with pytest.raises(PermissionDenied):
                VERBS[code](actor=person, case=case, status=status)
        with pytest.raises(PermissionDenied):
            change_case(actor=person, case=case, version=case.version, values={"status": "DS_RELEASED"})
        with pytest.raises(PermissionDenied):
            detention_actions.change_detention(
                actor=person,
                row=Detention.objects.get(),
                version=1,
                values={"ended": "2026-01-01", "outcome": "DS_DIED"},
            )
    assert fresh(case).status == "DS_SENTENCED" and not RiskEvent.objects.exists()


def test_the_page_is_reached_from_the_case_and_the_detention_and_leads_to_what_it_concerns(
    client: Client, case: Case
) -> None:
    demand = Demand.objects.create(case=case, text="Release him before the winter")
    ask = Ask.objects.create(case=case, demand=demand, to="the Minister of Justice", text="Sign the release")
    other = Demand.objects.create(case=case, text="End the charge")
    signed_in(client, case.lead)
    for page in (at("case", case), at("change_detention", case, Detention.objects.get().pk)):
        assert at("fate", case) in client.get(page).content.decode()
    shown = client.get(at("fate", case)).content.decode()
    assert "What happened to the person" in shown and "Convicted, serving sentence" in shown and "days" in shown
    day = TODAY - dt.timedelta(days=2)
    sent = {"status": "DS_RELEASED", "on_0": day.day, "on_1": day.month, "on_2": day.year, "told": "His lawyer"}
    answer = client.post(at("fate", case), sent)
    assert answer.status_code == 302 and answer.url == at("concerned", case)
    shown = client.get(answer.url).content.decode()
    for words in ("Released, no conditions known", "No, until", "Release him before the winter", "Sign the release"):
        assert words in shown
    for kind, row in (("ask", ask), ("demand", other)):
        assert at("remove", case, kind, row.pk) in shown
        answer = client.post(at("remove", case, kind, row.pk), {"seen_at": "concerned"})
        assert answer.url == at("concerned", case)
    shown = client.get(at("concerned", case)).content.decode()
    assert at("undo", case, "demand", other.pk) in shown
    assert "Sign the release" not in shown and "End the charge" not in shown
    assert at("remove", case, "demand", demand.pk) in shown
    assert client.post(at("remove", case, "demand", demand.pk), {"seen_at": "elsewhere"}).url == at("asks", case)


@pytest.mark.parametrize("sent", [{}, {"status": "DS_NONSENSE"}, {"status": "DS_RELEASED", "on_2": "soon"}])
def test_a_faulty_form_stands_with_what_was_typed(client: Client, case: Case, sent: dict[str, str]) -> None:
    answer = signed_in(client, case.lead).post(at("fate", case), sent | {"told": "His lawyer, on the fourth"})
    assert answer.status_code == 422 and "His lawyer, on the fourth" in answer.content.decode()
    assert not RiskEvent.objects.exists()


def test_the_cover_goes_through_the_same_verb(client: Client, case: Case) -> None:
    signed_in(client, case.lead)
    assert client.post(at("change_case", case), cover(case, public_label="An editor")).status_code == 302
    assert client.post(at("change_case", case), cover(case, status="DS_APPEAL")).status_code == 302
    assert stops(case) == [] and not Detention.objects.get().ended
    assert client.post(at("change_case", case), cover(case, status="DS_DIED")).status_code == 302
    assert stops(case) == ["TR_DEATH"] and Detention.objects.get().ended == f"../{TODAY.isoformat()}"
    assert custody_of(fresh(case)).is_held is False
    assert client.post(at("change_case", case), cover(case, status="DS_EXECUTED")).status_code == 302
    assert stops(case) == ["TR_DEATH"]
    assert client.post(at("change_case", case), cover(case, status="DS_POLICE")).status_code == 302
    assert stops(case) == ["TR_DEATH", "TR_REARREST"] and custody_of(fresh(case)).is_held is True


def test_a_new_status_is_not_told_as_of_the_day_of_the_one_before(client: Client, case: Case) -> None:
    signed_in(client, case.lead)
    assert case.status_on < TODAY
    refused = client.post(at("change_case", case), cover(case, status="DS_RELEASED", status_on=case.status_on))
    assert refused.status_code == 422 and "This is the day of the status before" in refused.content.decode()
    assert stops(case) == [] and fresh(case).status == "DS_SENTENCED"
    untouched = cover(case, public_label="An editor", status_on=case.status_on)
    assert client.post(at("change_case", case), untouched).status_code == 302
    change_case(actor=case.lead, case=case, version=fresh(case).version, values={"status": "DS_RELEASED"})
    assert fresh(case).status_on == TODAY


def test_the_end_of_a_detention_asks_what_happened_and_goes_through_the_same_verb(client: Client, case: Case) -> None:
    signed_in(client, case.lead)
    row = Detention.objects.get()
    page = at("change_detention", case, row.pk)
    for outcome in ("", "DS_APPEAL"):
        refused = client.post(page, ended(row, outcome=outcome))
        assert refused.status_code == 422 and "Say what the status is now" in refused.content.decode()
    assert not Detention.objects.get().ended and stops(case) == []
    assert client.post(page, ended(row, outcome="DS_ESCAPED")).status_code == 302
    day = TODAY - dt.timedelta(days=2)
    assert (fresh(case).status, fresh(case).status_on) == ("DS_ESCAPED", day)
    assert Detention.objects.get().ended == day.isoformat() and stops(case) == ["TR_FLIGHT"]


def test_a_new_detention_of_somebody_who_is_free_asks_for_the_status_and_raises_the_stop(client: Client) -> None:
    case = free()
    signed_in(client, case.lead)
    typed = {"started_2": str(TODAY.year), "authority": "Border police"}
    refused = client.post(at("add_detention", case), typed)
    assert refused.status_code == 422 and "Say what the status is now" in refused.content.decode()
    assert Detention.objects.count() == 1
    assert client.post(at("add_detention", case), typed | {"outcome": "DS_POLICE"}).status_code == 302
    assert fresh(case).status == "DS_POLICE" and stops(case) == ["TR_REARREST"] and Detention.objects.count() == 2
    assert custody_of(fresh(case)).is_held is True


def test_an_arrest_after_an_end_that_nobody_had_told_as_a_status_raises_the_stop() -> None:
    case = free(status="DS_UNKNOWN")
    detention_actions.add_detention(actor=case.lead, case=case, values={"started": "2024-01"})
    assert stops(case) == ["TR_REARREST"]


@pytest.mark.parametrize("status", ["DS_UNKNOWN", "DS_SENTENCED"])
def test_a_first_detention_and_an_earlier_one_beside_it_stop_nothing(status: str) -> None:
    case = a_case(status=status)
    detention_actions.add_detention(actor=case.lead, case=case, values={"started": "2025-03-14"})
    earlier = {"started": "2019", "ended": "2020-05-01"}
    row = detention_actions.add_detention(actor=case.lead, case=case, values=earlier)
    detention_actions.change_detention(actor=case.lead, row=row, version=1, values={"authority": "Prison service"})
    assert stops(case) == [] and fresh(case).status == status


def test_a_file_that_tells_otherwise_what_happened_stops_public_work_and_changes_no_fact(case: Case) -> None:
    for status in ("DS_SENTENCED", "DS_APPEAL"):
        assert bring_in(actor=case.lead, cases=a_file(case, status=status))[0].kind == "differs"
    old = (case.status_on - dt.timedelta(days=30)).isoformat()
    assert bring_in(actor=case.lead, cases=a_file(case, status="DS_DIED", status_on=old))[0].kind == "differs"
    assert bring_in(actor=case.lead, cases=a_file(case, status="DS_DIED"), is_dry_run=True)
    assert stops(case) == []
    (outcome,) = bring_in(actor=case.lead, cases=a_file(case, status="DS_DIED"))
    assert outcome.kind == "differs-in-fate" and "Public work is paused" in outcome.sentence
    assert (
        stops(case) == ["TR_DEATH"]
        and RiskEvent.objects.get().what == "A file that was brought in says: Died in custody."
    )
    assert fresh(case).status == "DS_SENTENCED" and not Detention.objects.get().ended


def test_a_file_of_somebody_who_may_not_see_the_case_stops_nothing_on_it(case: Case) -> None:
    sam = a_person("sam")
    told = amparo.read({"cases": [{"codename": "Other", "country": case.country, "status": "DS_DIED"}]})
    bring_in(actor=sam, cases=told)
    assert stops(case) == []


def test_a_case_that_opens_or_comes_in_with_a_fate_begins_with_its_stop() -> None:
    ana = a_person("ana")
    opened = open_case(actor=ana, codename="Sedge", country="XPR", status="DS_DEPORTED")
    assert stops(opened) == ["TR_FLIGHT"]
    spell = {"start": "1977", "end": "1978"}
    bring_in(actor=ana, cases=a_file(Case(codename="Teasel", country="XPR"), status="DS_DIED", detentions=[spell]))
    assert stops(Case.objects.get(codename="Teasel")) == ["TR_DEATH"]
    assert stops(open_case(actor=ana, codename="Bracken", country="XPR", status="DS_PRETRIAL")) == []


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("DS_SENTENCED", "DS_RELEASED", "released"),
        ("DS_UNKNOWN", "DS_DIED", "died"),
        ("DS_BAIL", "DS_RELEASED", "released"),
        ("DS_RELEASED", "DS_CONDITIONAL", None),
        ("DS_PRETRIAL", "DS_SENTENCED", None),
        ("DS_UNKNOWN", "DS_POLICE", None),
        ("DS_FURLOUGH", "DS_SENTENCED", "rearrested"),
        ("DS_EXILE", "DS_SENTENCED", "rearrested"),
        ("DS_RELEASED", "DS_UNKNOWN", None),
    ],
)
def test_a_change_of_status_is_a_fate_when_the_person_is_elsewhere_afterwards(
    was: str, now: str, code: str | None
) -> None:
    fate = fate_of(was, now)
    assert (fate.code if fate else None) == code
