"""The packet read and filled as a story, through HTTP and without scripts."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.access import NotAllowed
from casework.models import Case, Claim, Detention, PacketAnswer, Place, TimelineEvent
from casework.packet_progress import facts_of, packet_meter, question_lines
from packet.actions.answers import QuestionAnswer, answer_question
from packet.actions.events import save_event
from packet.pages.events import place_of
from tests.factories import a_case, a_claim, a_detention, a_prisoner, a_source, on_case
from tests.packet.filling import answer, at, boxes, event, fill, opened, words
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
ORDER = ("who", "detention", "events", "claims", "law", "asks", "sources")
SIX = (
    ("He was arrested at the office.", "about 14 March 2025"),
    ("He was questioned alone.", "14 to 19 March 2025"),
    ("He was moved to remand prison.", "March 2025"),
    ("He was sentenced.", "2 June 2026"),
    ("He had no insulin.", "July or August 2026"),
    ("The lawyer came.", "2026-11-09"),
)


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


def next_blank(page: Any) -> str:
    """Return the first question of what is missing, as the page lists it."""
    found = re.search(r'href="\?answer=(\w+)#', page.content.decode().partition('id="missing-h"')[2])
    assert found
    return found[1]


def test_six_events_and_four_answers_take_eleven_loads(ana: Client, case: Case) -> None:
    """Two pages an event and four an answer before: 1 + 6 x 2 + 4 x 4 = 29 of the 96 (137 fields) of a whole packet."""
    a_detention(case)
    source = a_source(case)
    loads, fields = [ana.get(at(case))], 0
    for text, on in SIX:
        sent = event(text, on)
        fields += len(sent)
        loads.append(fill(ana, case, sent, base=boxes(loads[-1])))
    said = {"value": "A newspaper editor", "sentence": "He edited a newspaper.", "source": "1"}
    for how, told in (
        ("known", said),
        ("unknown", {"asked": "family and lawyer, 9 November"}),
        ("refused", {"by": "the ministry, 10 November"}),
        ("not_needed", {"why": "there is no trial yet"}),
    ):
        sent = answer(next_blank(loads[-1]), how, **told)
        fields += len(sent)
        loads.append(fill(ana, case, {"next": "", **sent}, base=boxes(loads[-1])))
    assert [page.status_code for page in loads] == [200] * 11
    assert (len(loads), fields) == (11, 22)
    assert TimelineEvent.objects.filter(case=case).count() == 6
    assert sorted(PacketAnswer.objects.values_list("answer", flat=True)) == ["not_needed", "refused", "unknown"]
    case.refresh_from_db()
    assert case.public_label == "A newspaper editor"
    claim = Claim.objects.get()
    assert (claim.text, claim.status, claim.citations.get().source) == ("He edited a newspaper.", "VS_NEW", source)
    page = words(loads[-1])
    assert "Unknown family and lawyer, 9 November" in page and "Refused to say the ministry, 10 November" in page
    assert "about 14 March 2025 He was arrested at the office." in page


def test_one_press_saves_all_that_stands_on_the_page(ana: Client, case: Case) -> None:
    """Who fills in an event and two answers before the first press loses none of them."""
    a_detention(case)
    sent = event("He was sentenced.", "2 June 2026") | answer("id_public_label", "unknown", asked="the lawyer, 9 May")
    sent |= answer("arr_warrant", "known", value="None was shown.")
    page = fill(ana, case, sent, place="?answer=arr_warrant")
    assert "Saved: Safe public label or pseudonym · Was a warrant or other decision shown · The new event." in words(
        page
    )
    assert (
        Detention.objects.get().warrant == "None was shown." and PacketAnswer.objects.get().field == "id_public_label"
    )
    assert TimelineEvent.objects.get().on == "2026-06-02"


def test_record_and_open_the_next_opens_the_next_that_is_blank(ana: Client, case: Case) -> None:
    page, asked = ana.get(at(case)), []
    for _time in range(3):
        code = next_blank(page)
        assert f"a-{code}-opened" in boxes(page), "the first that are missing stand folded on the page"
        page = fill(ana, case, {"next": "", **answer(code, "not_needed", why="it is early")}, base=boxes(page))
        asked.append(code)
        assert page.redirect_chain[-1][0] == at(case, f"?answer={next_blank(page)}#a-{next_blank(page)}")
        assert page.content.decode().count('<details class="answer" open>') == 1
    assert len(set(asked)) == 3


def test_the_story_stands_in_its_order(ana: Client, case: Case) -> None:
    page = ana.get(at(case)).content.decode()
    places = [page.index(f'id="{name}-h"') for name in ORDER]
    assert places == sorted(places)
    assert "Timeline" not in page.partition('aria-label="Pages of this case"')[2].partition("</nav>")[0]


def test_the_stages_of_detention_stand_in_one_line(ana: Client, case: Case) -> None:
    spell = a_detention(case, started="2025-03-14~", place="Police station")
    Place.objects.create(case=case, detention=spell, place="Colony no. 4", since="2026-06")
    TimelineEvent.objects.create(case=case, on="2126-12-16", event="Appeal hearing.", is_expected=True)
    page = ana.get(at(case)).content.decode().partition('class="stages">')[2].partition("</ol>")[0]
    stages = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in page.split("</li>")[:-1]]
    assert [one.partition(" ")[0] for one in stages] == ["Police", "Colony", "Appeal"]
    assert 'class="here" aria-current="step"' in page and 'class="to-come"' in page
    assert "now" in stages[1] and "expected 16 December 2126" in stages[2]


def test_an_event_is_read_in_one_field_and_a_faulty_one_stays_as_it_was_typed(ana: Client, case: Case) -> None:
    a_detention(case)
    sent = event("He was sentenced.", "31 June 2026") | answer("id_public_label", "known", value="An editor")
    page = fill(ana, case, sent)
    assert page.status_code == 422 and page.content.decode().partition("<title>")[2].lstrip().startswith("Error:")
    assert "June has 30 days." in words(page) and 'href="#id_e0-on"' in page.content.decode()
    assert "Saved: Safe public label or pseudonym." in words(page), "what is whole is saved, and said"
    assert boxes(page)["e0-event"] == "He was sentenced." and boxes(page)["e0-on"] == "31 June 2026"
    assert not TimelineEvent.objects.exists()
    page = fill(ana, case, {"e0-on": "30 June 2026"}, base=boxes(page))
    assert page.status_code == 200 and TimelineEvent.objects.get().on == "2026-06-30"


def test_an_event_becomes_a_claim_or_rests_on_one(ana: Client, case: Case) -> None:
    old = a_claim(case)
    fill(ana, case, event("He was arrested.", "14 March 2025", rests="1"))
    page = fill(ana, case, event("He was sentenced.", "2 June 2026", rests="new"))
    first, second = TimelineEvent.objects.order_by("created_at")
    claim = Claim.objects.get(number=2)
    assert (first.claim, second.claim, claim.text, claim.on) == (old, claim, "He was sentenced.", "2026-06-02")
    assert "claim 1" in words(page) and "claim 2" in words(page)
    refused = fill(ana, case, event("Appeal.", "2126", rests="new", is_expected="on"))
    assert refused.status_code == 422 and "is no claim yet" in words(refused) and Claim.objects.count() == 2


def test_after_a_new_event_the_message_takes_the_focus_and_leads_to_the_row_for_another(
    ana: Client, case: Case
) -> None:
    sent = {**opened(ana, case), **event("He was arrested.", "3 May 2025")}
    answer = ana.post(at(case), sent)
    assert answer.status_code == 302 and "#" not in answer["Location"], (
        "a browser that jumps gives the message no focus"
    )
    page = ana.get(answer["Location"]).content.decode()
    message = page.partition('class="messages" role="status" tabindex="-1" autofocus')[2].partition("</div>")[0]
    assert "Saved: The new event." in message and '<a href="#e0">Add another event</a>' in message
    row = TimelineEvent.objects.get()
    changed = fill(ana, case, {f"e-{row.pk}-event": "Arrested at home."}, place=place_of(row))
    assert "Add another event" not in changed.content.decode()


def test_an_event_is_changed_where_it_stands(ana: Client, case: Case) -> None:
    row = TimelineEvent.objects.create(case=case, on="2025-03", event="Arrested.")
    page = ana.get(at(case))
    assert f'href="{place_of(row)}"' in page.content.decode()
    place = place_of(row)
    fill(ana, case, {f"e-{row.pk}-on": "about 3 March 2025"}, place=place)
    row.refresh_from_db()
    assert (row.on, row.event, row.version) == ("2025-03-03~", "Arrested.", 2)


def test_a_colleague_who_saved_the_event_first_is_shown_beside_what_was_typed(ana: Client, case: Case) -> None:
    row = TimelineEvent.objects.create(case=case, on="2025-03", event="Arrested.")
    base = opened(ana, case, place_of(row))
    tomas = signed_in(Client(), on_case(case, "tomas", "legal"))
    fill(tomas, case, {f"e-{row.pk}-event": "Arrested at home."}, place=place_of(row))
    page = fill(ana, case, {f"e-{row.pk}-event": "Arrested at work."}, base=base)
    assert page.status_code == 422 and "while you were writing" in words(page) and "“Arrested at home.”" in words(page)
    assert boxes(page)[f"e-{row.pk}-event"] == "Arrested at work."
    row.refresh_from_db()
    assert row.event == "Arrested at home."
    assert fill(ana, case, {}, base=boxes(page)).status_code == 200
    row.refresh_from_db()
    assert row.event == "Arrested at work."


def test_an_answer_that_somebody_gave_first_is_shown_and_kept_until_it_is_sent_again(ana: Client, case: Case) -> None:
    spell = a_detention(case)
    base = opened(ana, case, "?answer=arr_warrant")
    spell.warrant = "One was shown."
    spell.save()
    page = fill(ana, case, answer("arr_warrant", "known", value="None was shown."), base=base)
    spell.refresh_from_db()
    assert page.status_code == 422 and spell.warrant == "One was shown."
    assert "“One was shown.” is stored now. Yours stands here" in words(page)
    assert boxes(page)["a-arr_warrant-value"] == "None was shown."
    assert fill(ana, case, {}, base=boxes(page)).status_code == 200
    spell.refresh_from_db()
    assert spell.warrant == "None was shown."


def test_a_fact_is_changed_where_it_stands_and_emptied(ana: Client, case: Case) -> None:
    spell = a_detention(case, warrant="None was shown.")
    place = "?answer=arr_warrant"
    assert opened(ana, case, place)["a-arr_warrant-value"] == "None was shown."
    fill(ana, case, {"a-arr_warrant-value": "One was shown later."}, place=place)
    spell.refresh_from_db()
    assert spell.warrant == "One was shown later."
    fill(ana, case, {"a-arr_warrant-value": ""}, place=place)
    spell.refresh_from_db()
    assert not spell.warrant


def test_the_first_fact_of_a_detention_writes_it(ana: Client, case: Case) -> None:
    fill(ana, case, answer("arr_forces", "known", value="Officers of the ministry"), place="?answer=arr_forces")
    spell = Detention.objects.get()
    assert (spell.taken_by, spell.case) == ("Officers of the ministry", case)


def test_each_way_to_answer_asks_for_the_one_thing_it_needs(ana: Client, case: Case) -> None:
    for sent, fault in (
        (answer("arr_warrant", "known"), "Write what is known."),
        (answer("arr_warrant", "unknown"), "are answers only then"),
        (answer("arr_warrant", "refused"), "are answers only then"),
        (answer("arr_warrant", "not_needed"), "Say why this case does not need it."),
        ({"a-arr_warrant-asked": "the family"}, "Choose which of these it is."),
    ):
        page = fill(ana, case, sent, place="?answer=arr_warrant")
        assert page.status_code == 422 and fault in words(page), sent
    a_source(case)
    bare = answer("arr_warrant", "known", value="None.", source="1")
    assert "Write the sentence that this source says" in words(fill(ana, case, bare, place="?answer=arr_warrant"))
    assert not PacketAnswer.objects.exists() and not Detention.objects.exists()


def test_what_stands_beneath_another_way_does_not_count(ana: Client, case: Case) -> None:
    """Without :has() every box shows: the server reads those of the chosen way alone."""
    sent = answer("arr_warrant", "unknown", asked="the family", value="None was shown.", why="early", sentence="None.")
    fill(ana, case, sent, place="?answer=arr_warrant")
    held = PacketAnswer.objects.get()
    assert (held.answer, held.asked) == ("unknown", "the family")
    assert not Detention.objects.exists() and not Claim.objects.exists()


def test_a_question_that_stays_closed_is_answered_once_it_is_asked_for(ana: Client, case: Case) -> None:
    assert "a-id_document" not in ana.get(at(case)).content.decode()
    page = fill(ana, case, answer("id_document", "unknown"), place="?answer=id_document")
    assert page.status_code == 422 and boxes(page)["a-id_document-how"] == "unknown"
    fill(ana, case, {"a-id_document-asked": "the family, 9 May"}, base=boxes(page))
    assert PacketAnswer.objects.get().field == "id_document"
    assert ana.get(at(case, "?answer=nothing")).status_code == 200


def test_old_addresses_lead_to_their_place_in_the_story(ana: Client, case: Case) -> None:
    row, claim = TimelineEvent.objects.create(case=case, on="2025", event="Arrested."), a_claim(case)
    for name, args, query, place in (
        ("timeline", [], "", "#events-h"),
        ("add_event", [], "", "#e0"),
        ("add_event", [], f"?claim={claim.pk}", f"?claim={claim.pk}#e0"),
        ("change_event", [row.pk], "", place_of(row)),
        ("answer", ["arr_warrant"], "", "?answer=arr_warrant#a-arr_warrant"),
    ):
        url = reverse(f"casework:{name}", args=[case.reference, *args]) + query
        assert ana.get(url).url == at(case, place)
    assert opened(ana, case, f"?claim={claim.pk}")["e0-event"] == claim.text
    assert ana.get(reverse("casework:answer", args=[case.reference, "nothing"])).status_code == 404


def test_a_reader_reads_words_and_may_not_fill_and_a_stranger_learns_nothing(client: Client, case: Case) -> None:
    a_detention(case, warrant="None was shown.")
    TimelineEvent.objects.create(case=case, on="2025-03", event="Arrested.")
    signed_in(client, on_case(case, "tomas", "reader"))
    page = client.get(at(case, "?answer=arr_law&event=x"))
    assert "None was shown." in words(page) and "Arrested." in words(page) and "Not yet asked" in words(page)
    assert not boxes(page) and "Change" not in words(page).partition("In other languages")[0]
    assert client.post(at(case), event("Moved.", "2025")).status_code == 403
    signed_in(client, a_person("sam"))
    assert client.get(at(case)).status_code == client.post(at(case), event("Moved.", "2025")).status_code == 404
    assert TimelineEvent.objects.count() == 1


def test_the_verbs_refuse_the_wrong_person_themselves(case: Case) -> None:
    for wrong in (a_person("sam"), on_case(case, "tomas", "reader")):
        with pytest.raises(NotAllowed):
            answer_question(actor=wrong, case=case, told=QuestionAnswer("arr_warrant", "known", "None."))
        with pytest.raises(NotAllowed):
            save_event(actor=wrong, case=case, values={"on": "2025", "event": "Moved."}, is_claimed=True)
    assert not Detention.objects.exists() and not TimelineEvent.objects.exists() and not Claim.objects.exists()


def test_names_stay_sealed_on_the_story(ana: Client, case: Case) -> None:
    a_prisoner(case, "Jan Novak", occupation="Glazier")
    page = words(ana.get(at(case)))
    assert "Sealed, 1 script." in page and "Novak" not in page and "Glazier" not in page


def test_two_hundred_events_stand_on_pages_by_key(ana: Client, case: Case) -> None:
    for year in range(1800, 2000):
        TimelineEvent.objects.create(case=case, on=str(year), event=f"In {year}.")
    page = ana.get(at(case))
    assert (
        page.content.decode().count('<li id="e-') == 40 and "In 1839." in words(page) and "In 1840." not in words(page)
    )
    following = re.findall(r'href="([^"]*\?from=[^"]*)#', page.content.decode())[0]
    second = ana.get(following)
    assert "In 1840." in words(second) and "In 1839." not in words(second)
    landed = fill(ana, case, event("In the middle.", "June 1950"))
    assert "In the middle." in words(landed)


def test_the_page_asks_as_much_for_many_rows_as_for_few(
    ana: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    a_detention(case, place="Prison", charge="Article 1")
    TimelineEvent.objects.create(case=case, on="2025", event="First.", claim=a_claim(case))
    ana.get(at(case))
    with django_assert_max_num_queries(60) as few:
        ana.get(at(case))
    for year in range(1990, 2000):
        TimelineEvent.objects.create(case=case, on=str(year), event=f"In {year}.", claim=a_claim(case))
    with django_assert_max_num_queries(len(few.captured_queries)):
        ana.get(at(case))


def test_a_modest_packet_weighs_no_more_than_25_kb(ana: Client, case: Case) -> None:
    """Six events, five claims, three sources, four questions open."""
    told = {"warrant": "", "legal_basis": "", "taken_by": "Officers", "authority": "The ministry", "counsel": "CA_NONE"}
    a_detention(case, place="Prison", charge="Article 1", circumstances="At night.", **told)
    a_prisoner(case, "Jan Novak", "J. Novak", gender="man", born="1978", nationality="Tarn", occupation="Editor")
    sources = [a_source(case, title) for title in ("Judgment", "Lawyer's note", "Statement")]
    claims = [a_claim(case, sources=sources[:1]) for _number in range(5)]
    for number in range(6):
        claim = claims[number] if number < 5 else None
        TimelineEvent.objects.create(case=case, on=f"2025-0{number + 1}", event="Something happened.", claim=claim)
    case.public_label, case.activity, case.authorities_say = "An editor", "He printed a bill.", "It is about tax."
    case.save()
    lines = question_lines(facts_of(case))
    for line in packet_meter(lines).missing[4:]:
        PacketAnswer.objects.create(case=case, field=line.question.code, answer="unknown", asked="the family, 9 May")
    page = ana.get(at(case))
    assert "25 of 29" in words(page) and len(page.content) <= 25 * 1024
