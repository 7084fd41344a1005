"""Held or not, since when, until, for how long and where: one answer for the screen, the list and the papers."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.actions import detention as detention_actions
from casework.custody import custody_of
from casework.models import Case, Detention, Place
from directory.dates.durations import duration_words
from papers.composing import words
from papers.composing.packet import Packet
from tests.factories import a_case, a_consent, a_detention
from tests.people import signed_in

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 28)
TO_COME = timezone.localdate() + dt.timedelta(days=900)


def custody(case, today=TODAY):
    return custody_of(Case.objects.get(pk=case.pk), today=today)


def spells(case, *told):
    for started, ended in told:
        a_detention(case, started=started, ended=ended)


@pytest.mark.parametrize(
    ("told", "is_held", "since", "until"),
    [
        ([("2025-03-14", None)], True, "2025-03-14", ""),
        ([("2025-03-14", "2029-03-14")], True, "2025-03-14", ""),
        ([("1977-08-18", "1977-09-12")], False, "1977-08-18", "1977-09-12"),
        ([("1989-01-16", None), ("1979-05-29", "1983-02-07")], True, "1989-01-16", ""),
        ([("1979-05-29", "1983-02-07"), ("1983", None)], True, "1983", ""),
        ([("1979-05-29", None), ("1989-01-16", "1990-05-17")], None, "", ""),
        ([("1956", None), ("1956-08", "1967-03-05")], None, "", ""),
        ([("", None), ("1979-05-29", "1983-02-07")], None, "", ""),
        ([("2024", "2025/2027")], None, "", ""),
        ([("2024", "2025/..")], None, "", ""),
        ([("2024", "when the guards changed")], None, "", ""),
        ([("2024", "2026")], False, "2024", "2026"),
        ([("2024", "2025/2026-10")], False, "2024", "2025/2026-10"),
        ([("2031-01-01", None)], None, "", ""),
        ([], None, "", ""),
    ],
)
def test_the_dates_of_all_spells_say_whether_somebody_is_held_and_what_they_leave_open_is_unknown(
    told, is_held, since, until
):
    case = a_case()
    spells(case, *told)
    found = custody(case)
    assert (found.is_held, found.since, found.until) == (is_held, since, until)
    assert (found.words == "Unknown") is (is_held is None)


def test_the_order_in_which_the_spells_were_written_changes_nothing():
    case = a_case()
    days = ("1979", "1979-05-29~", "1983-02-07", "1989/1990", "", "2031")
    for one, other in itertools.product(itertools.product(days, days), repeat=2):
        rows = [Detention(case=case, started=started, ended=ended) for started, ended in (one, other)]
        answers = {custody_of(case, spells=some, places=(), today=TODAY) for some in itertools.permutations(rows)}
        assert len(answers) == 1, (one, other)


@pytest.mark.parametrize(
    ("status", "told", "is_held"),
    [
        ("DS_RELEASED", [("2025-03-14", None)], None),
        ("DS_DIED", [("2025-03-14", None)], None),
        ("DS_SENTENCED", [("2025-03-14", "2026-01-01")], None),
        ("DS_SENTENCED", [("2025-03-14", None)], True),
        ("DS_RELEASED", [("2025-03-14", "2026-01-01")], False),
        ("DS_SENTENCED", [], True),
        ("DS_RELEASED", [], False),
        ("DS_UNKNOWN", [("2025-03-14", None)], True),
    ],
)
def test_where_status_and_dates_say_two_things_nobody_knows(status, told, is_held):
    case = a_case(status=status)
    spells(case, *told)
    assert custody(case).is_held is is_held


def test_a_removed_spell_takes_its_year_with_it_and_brings_it_back(client):
    case = a_case()
    signed_in(client, case.lead)
    for year in ("2019", "2025"):
        detention_actions.add_detention(
            actor=case.lead, case=case, values={"started": year, "ended": "2020" if year == "2019" else ""}
        )
    last = max(Detention.objects.all(), key=lambda row: row.started)
    for name, year in (("remove", 2019), ("undo", 2025)):
        client.post(reverse(f"casework:{name}", args=[case.reference, "detention", last.pk]))
        assert Case.objects.get().year_detained == year


def test_a_removed_spell_says_nothing():
    case = a_case()
    a_detention(case, started="1989-01-16", removed_at=timezone.now())
    a_detention(case, started="1979-05-29", ended="1983-02-07")
    assert custody(case).is_held is False


def test_the_place_is_told_of_somebody_who_is_held_and_of_nobody_else():
    case = a_case()
    spell = a_detention(case, started="2025-03-14", authority="Prison service")
    Place.objects.create(case=case, detention=spell, place="Remand prison", since="2025-03-14", until="2025-06")
    Place.objects.create(case=case, detention=spell, place="Colony no. 4", since="2025-06")
    assert (custody(case).place, custody(case).authority) == ("Colony no. 4", "Prison service")
    spell.ended = "2026-01-01"
    spell.save()
    assert (custody(case).place, custody(case).authority) == ("", "")


@pytest.mark.parametrize("started", ["2025", "2026", "1962/1964", "2025-03", "2025-03-14~", "2025-03-14", "2026-11-27"])
def test_the_screen_and_the_paper_count_alike(started):
    case = a_case()
    a_consent(case, ("CI_BIO",), ("AU_DIPLO",))
    a_detention(case, started=started)
    lasted = duration_words(custody(case).lasted)
    assert lasted and custody(case).words == lasted
    paper = Packet(case, "AU_DIPLO", "RL_DIPLO", "en", today=TODAY).held()
    since = words.date(started, "en").form("since")
    assert paper == f"Held {since}: {lasted} by {words.day(TODAY, 'en')}."
    assert "1 years" not in paper and "1 days" not in paper


def held_on_paper(case, language="en", items=("CI_BIO", "CI_LOCATION", "CI_DOCS")):
    a_consent(case, items, ("AU_DIPLO",))
    packet = Packet(Case.objects.get(pk=case.pk), "AU_DIPLO", "RL_DIPLO", language, today=TODAY)
    return packet.held().replace("\u00a0", " "), packet.place().replace("\u00a0", " ")


def test_a_term_that_runs_on_is_told_on_paper_and_ends_nothing():
    case = a_case()
    a_detention(case, started="2025-03-14", term_ends="2029-03-14", place="Colony no. 4")
    said = "Held since 14 March 2025: 624 days by 28 November 2026. The term ends on 14 March 2029."
    assert held_on_paper(case) == (said, "Held in Colony no. 4.")
    assert custody(case).term_ends == "2029-03-14" and custody(case).words == "624 days"


def test_the_end_of_a_term_is_told_where_the_sentence_may_be_told():
    case = a_case()
    a_detention(case, started="2025-03-14", term_ends="2029-03-14")
    assert held_on_paper(case, items=("CI_BIO",))[0] == "Held since 14 March 2025: 624 days by 28 November 2026."


def test_an_end_in_the_future_that_an_older_row_holds_is_no_end_on_paper():
    case = a_case()
    a_detention(case, started="2025-03-14", ended="2029-03-14", place="Colony no. 4")
    assert held_on_paper(case) == (
        "Held since 14 March 2025: 624 days by 28 November 2026.",
        "Held in Colony no. 4.",
    )


def test_a_place_that_is_left_on_a_day_to_come_is_still_the_place():
    case = a_case()
    spell = a_detention(case, started="2025-03-14")
    Place.objects.create(case=case, detention=spell, place="Colony no. 4", since="2025-06", until="2029-03-14")
    assert custody(case).place == "Colony no. 4"


def test_of_somebody_who_was_held_the_paper_tells_the_two_dates_that_were_entered_and_no_place():
    case = a_case()
    a_detention(case, started="1977-08-18", ended="1977-09-12", place="Remand prison")
    assert held_on_paper(case) == ("Held from 18 August 1977 to 12 September 1977.", "")


def test_where_it_is_unknown_whether_somebody_is_held_the_paper_says_nothing():
    case = a_case(status="DS_RELEASED")
    a_detention(case, started="2025-03-14", place="Colony no. 4")
    assert held_on_paper(case) == ("", "")


def test_the_words_of_a_duration_stand_in_every_language_of_the_papers():
    for language, _name in words.languages():
        for case_of in ("2026-11-27", "2026-11-27~", "2025-03-14", "2025-03-14~", "2025", "2010", "2026"):
            case = a_case(codename=f"Word {language} {case_of}")
            a_detention(case, started=case_of)
            assert held_on_paper(case, language)[0]


def shown(client, case):
    return signed_in(client, case.lead).get(reverse("casework:case", args=[case.reference])).content.decode()


def test_the_bar_and_the_packet_tell_of_a_term_and_of_an_end(client):
    case = a_case()
    spell = a_detention(case, started="2025-03-14", term_ends=TO_COME.isoformat())
    page = shown(client, case)
    assert "Term ends on" in page and "days on" in page and "No, until" not in page
    spell.ended = "2026-01-05"
    spell.save()
    page = shown(client, case)
    assert "No, until 5 January 2026" in page and "days on" not in page
    Case.objects.filter(pk=case.pk).update(status="DS_SENTENCED")
    page = shown(client, case)
    assert "it is unknown whether the person is held now" in page and "No, until" not in page


def test_the_list_of_cases_says_what_the_bar_says(client):
    held, free, unsure = (a_case(codename=name) for name in ("Alder", "Plover", "Sorrel"))
    a_detention(held, started="2025")
    a_detention(free, started="2019", ended="2020-05-01")
    signed_in(client, held.lead)
    page = client.get(reverse("casework:cases")).content.decode()
    for case in (held, free, unsure):
        assert f"Held: {custody(case, timezone.localdate()).words}" in page
    assert "Held: No, until 1 May 2020" in page and "Held: Unknown" in page


def test_until_refuses_a_day_to_come_and_leads_to_the_term(client):
    case = a_case()
    signed_in(client, case.lead)
    address = reverse("casework:add_detention", args=[case.reference])
    typed = {"started_0": "14", "started_1": "3", "started_2": "2025", "authority": "Prison service"}
    day = {"_0": TO_COME.day, "_1": TO_COME.month, "_2": TO_COME.year}
    refused = client.post(address, typed | {f"ended{part}": value for part, value in day.items()})
    page = refused.content.decode()
    assert refused.status_code == 422 and "write it under “Term ends on”" in page and "Prison service" in page
    assert not Detention.objects.exists()
    assert client.post(address, typed | {f"term_ends{part}": value for part, value in day.items()}).status_code == 302
    row = Detention.objects.get()
    assert (row.ended or "", row.term_ends) == ("", TO_COME.isoformat())
    changed = reverse("casework:change_detention", args=[case.reference, row.pk])
    refused = client.post(changed, typed | {"ended_2": str(TO_COME.year), "version": "1"})
    assert refused.status_code == 422 and "write it under “Term ends on”" in refused.content.decode()


@pytest.mark.parametrize("field", ["started", "ended"])
def test_no_door_writes_a_spell_that_begins_or_ends_on_a_day_to_come(field):
    case = a_case()
    with pytest.raises(ValidationError):
        detention_actions.add_detention(actor=case.lead, case=case, values={field: TO_COME.isoformat()})
    row = a_detention(case)
    with pytest.raises(ValidationError):
        detention_actions.change_detention(actor=case.lead, row=row, version=1, values={field: TO_COME.isoformat()})
    assert not Detention.objects.get().ended


def test_a_status_as_of_a_day_to_come_is_refused_when_a_case_opens_and_on_its_cover(client):
    case = a_case(codename="Heron")
    signed_in(client, case.lead)
    typed = {"country": "XPR", "status": "DS_RELEASED", "status_on": TO_COME.isoformat()}
    cover = reverse("casework:change_case", args=[case.reference])
    for address, more in (
        (reverse("casework:open_case"), {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0"}),
        (cover, {"lead": case.lead_id, "version": "1"}),
    ):
        refused = client.post(address, typed | more)
        assert refused.status_code == 422 and "A status is told as of a day that has come" in refused.content.decode()
    assert [(row.codename, row.status) for row in Case.objects.all()] == [("Heron", "DS_UNKNOWN")]
    today = timezone.localdate()
    assert client.post(cover, typed | {"lead": case.lead_id, "version": "1", "status_on": today}).status_code == 302
