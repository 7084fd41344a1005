"""The table of claims through HTTP, without scripts: good rows are saved, faulty ones stay, nobody's work is lost."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case, Citation, Claim, Source
from tests.casework.sheet import address, boxes, new_row, opened, send
from tests.factories import a_case, a_claim, a_consent, a_source, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


def new_source(row: int, title: str, kind: str, **more: str) -> dict[str, Any]:
    told = {"title": title, "kind": kind, "reliability": "B", "reliability_reason": "Right each time", **more}
    return {f"n{row}-add": "new", **{f"n{row}-new-{name}": value for name, value in told.items()}}


def words(answer: Any) -> str:
    """Return the page without its tags."""
    page = answer.content.decode().partition("<main")[2]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def row_of(answer: Any, anchor: str) -> str:
    """Return one row of the table, as it was sent."""
    return answer.content.decode().partition(f'id="{anchor}"')[2].partition("</tr>")[0]


def test_five_claims_with_three_sources_take_three_loads(ana: Client, case: Case) -> None:
    """Forty-nine when each claim, source, citation and ruling had a page of its own."""
    loads = [ana.get(address(case))]
    sent = boxes(loads[-1].content.decode()) | {"more": "1"}
    loads.append(ana.post(address(case), sent, follow=True))
    judgment = {"secrecy": "AT_RECORD", "attribution": "the judgment"}
    filled = {
        **new_row(
            1, text="A court sentenced him.", on="2 June 2026", items=["CI_DOCS"], status="VS_DOC", credibility="1"
        ),
        **new_source(1, "Judgment", "S_COURTDOC", **judgment),
        **new_row(2, text="He was arrested.", on="about 14 March 2025", items=["CI_BIO"], add="new-n1"),
        **new_row(3, text="He was questioned alone.", on="14 to 19 March 2025", items=["CI_BIO"]),
        **new_source(3, "Lawyer's note", "S_LAWYER"),
        **new_row(4, text="The accountant was not heard.", on="June 2026", items=["CI_DOCS"], add="new-n3"),
        **new_row(5, text="It is about tax.", use="authorities", discloses_nothing="on"),
        **new_source(5, "Statement", "S_OFFICIAL"),
    }
    loads.append(ana.post(address(case), boxes(loads[-1].content.decode()) | filled, follow=True))
    assert [answer.status_code for answer in loads] == [200, 200, 200] and len(loads) == 3
    rows = {claim.number: claim for claim in Claim.objects.filter(case=case)}
    assert [rows[number].text for number in sorted(rows)][:3] == [
        "A court sentenced him.",
        "He was questioned alone.",
        "It is about tax.",
    ], "rows whose source is written in another row come after it"
    assert len(rows) == 5 and Source.objects.filter(case=case).count() == 3
    assert sorted(Citation.objects.values_list("source__kind", flat=True)) == [
        "S_COURTDOC", "S_COURTDOC", "S_LAWYER", "S_LAWYER", "S_OFFICIAL",
    ]  # fmt: skip
    ruled = rows[1]
    assert (ruled.status, ruled.credibility, ruled.verified_by) == ("VS_DOC", 1, case.lead)
    assert "Saved: claim 1, claim 2, claim 3, claim 4, claim 5." in words(loads[-1])


def test_good_rows_are_saved_and_a_faulty_one_stays_as_it_was_typed(ana: Client, case: Case) -> None:
    first, second = a_claim(case, "He was arrested."), a_claim(case, "The accountant was not heard.", on="2026-06")
    faulty = {
        "c2-text": "The court did not hear him.",
        "c2-on": "31 June 2026",
        "c2-add": "new",
        "c2-new-title": "A letter",
    }
    answer = send(ana, case, {"c1-text": "He was arrested at home."} | faulty)
    page = words(answer)
    assert answer.status_code == 422 and "2 answers need a second look" in page and "Saved: claim 1." in page
    assert "June has 30 days." in row_of(answer, "c2") and 'href="#id_c2-on"' in answer.content.decode()
    assert 'href="#id_c2-new-kind"' in answer.content.decode()
    assert "This change is not saved." in row_of(answer, "c2") and "The row as it was: Prints." in row_of(answer, "c2")
    again = boxes(answer.content.decode())
    assert {name: again[name] for name in faulty} == faulty
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.text, second.text) == ("He was arrested at home.", "The accountant was not heard.")
    assert "A letter" not in [source.title for source in Source.objects.filter(case=case)]
    mended = send(ana, case, {"c2-on": "30 June 2026", "c2-new-kind": "S_FAMILY"}, base=again)
    second.refresh_from_db()
    assert mended.status_code == 200 and (second.text, second.on) == ("The court did not hear him.", "2026-06-30")
    assert sorted(second.citations.values_list("source__kind", flat=True)) == ["S_COURTDOC", "S_FAMILY"]


def test_a_row_is_whole_or_not_at_all(ana: Client, case: Case) -> None:
    """The ruling is refused after sentence and source were written: nothing of the row stays."""
    row = new_row(text="He was moved.", status="VS_CORROB", credibility="1", discloses_nothing="on")
    answer = send(ana, case, row | new_source(1, "A letter", "S_FAMILY"))
    assert answer.status_code == 422 and "Corroborated needs two sources" in words(answer)
    assert not Claim.objects.filter(case=case).exists() and not Source.objects.filter(case=case).exists()


def test_a_colleague_who_saved_first_is_shown_for_that_row_alone_and_the_others_wait(ana: Client, case: Case) -> None:
    claims = [a_claim(case, f"Sentence {number}.") for number in range(1, 5)]
    before = opened(ana, case)
    send(signed_in(Client(), on_case(case, "tomas", "legal")), case, {"c2-text": "Theirs."})
    mine = {"c1-text": "First, mended.", "c2-text": "Mine.", "c3-on": "soon"}
    answer = send(ana, case, mine, base=before)
    page = words(answer)
    assert answer.status_code == 409 and "What is stored now" in page and "Theirs." in page
    assert "Mine." in answer.content.decode() and "Saved: claim 1." in page and "Sentence 4." not in page
    again = boxes(answer.content.decode().replace('class="stack"', 'class="wide-form"'))
    assert again["c3-on"] == "soon"
    last = send(ana, case, {}, base=again)
    assert last.status_code == 422 and "Saved: claim 2." in words(last)
    assert boxes(last.content.decode())["c3-on"] == "soon"
    for claim in claims:
        claim.refresh_from_db()
    assert [claim.text for claim in claims] == ["First, mended.", "Mine.", "Sentence 3.", "Sentence 4."]


def test_a_row_that_nobody_touched_is_left_to_the_colleague(ana: Client, case: Case) -> None:
    one, other = a_claim(case, "One."), a_claim(case, "Other.", created_by=case.lead)
    before = opened(ana, case)
    tomas = signed_in(Client(), on_case(case, "tomas", "legal"))
    a_source(case, "A letter")
    send(tomas, case, {"c2-text": "Theirs.", "c2-add": "s3", "c2-keep_2": None, "c2-status": "VS_NEW"})
    assert send(ana, case, {"c1-text": "Mine."}, base=before).status_code == 200
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.text, other.text, other.citations.present().count()) == ("Mine.", "Theirs.", 1)


def test_a_source_that_came_meanwhile_is_not_dropped_unseen(ana: Client, case: Case) -> None:
    claim, letter = a_claim(case, "One."), a_source(case, "A letter")
    before = opened(ana, case)
    Citation.objects.create(case=case, claim=claim, source=letter)
    send(ana, case, {"c1-on": "2025"}, base=before)
    claim.refresh_from_db()
    assert claim.on == "2025" and claim.citations.present().count() == 2


def test_an_unticked_chip_takes_the_source_off_and_a_removed_claim_is_told(ana: Client, case: Case) -> None:
    claim, gone = a_claim(case, "One."), a_claim(case, "Two.")
    before = opened(ana, case)
    ana.post(reverse("casework:remove", args=[case.reference, "claim", gone.pk]))
    answer = send(ana, case, {"c1-keep_1": None, "c2-text": "Typed in vain."}, base=before)
    assert not claim.citations.present().exists()
    said = r"Claim 2: Ana took it out of the packet on \d+ \w+ \d{4}, \d\d:\d\d\. You sent: “Typed in vain\.”"
    assert re.search(said, words(answer))
    gone.refresh_from_db()
    assert gone.text == "Two."


def test_who_wrote_a_claim_reads_who_rules_instead(ana: Client, case: Case) -> None:
    send(ana, case, new_row(text="He is held.", discloses_nothing="on"))
    assert "c1-status" in opened(ana, case), "where nobody else may, the writer rules"
    tomas = signed_in(Client(), on_case(case, "tomas", "legal"))
    answer = ana.get(address(case))
    assert "You wrote it. Tomas rules." in row_of(answer, "c1") and "c1-status" not in boxes(answer.content.decode())
    a_source(case)
    send(ana, case, {"c1-add": "s1", "c1-status": "VS_DOC", "c1-credibility": "2"})
    claim = Claim.objects.get()
    assert (claim.status, claim.credibility) == ("VS_NEW", 2)
    send(tomas, case, {"c1-status": "VS_DOC"})
    claim.refresh_from_db()
    assert (claim.status, str(claim.verified_by)) == ("VS_DOC", "Tomas")


def test_imported_rows_are_found_by_what_they_lack_and_put_right_together(ana: Client, case: Case) -> None:
    a_claim(case, "Whole.", on="2025")
    for number in range(3):
        a_claim(case, f"Imported {number}.", status="VS_NEW", credibility=None, discloses_nothing=False)
    page = ana.get(address(case))
    assert "3 need an answer" in words(page)
    row = {"on": "2025", "credibility": "2", "items": ["CI_BIO"], "status": "VS_SINGLE"}
    table = opened(ana, case, "needs=answer")
    assert "c1-text" not in table and "c4-text" in table
    filled = {f"c{number}-{name}": value for number in (2, 3, 4) for name, value in row.items()}
    answer = send(ana, case, filled, query="needs=answer", base=table)
    assert answer.status_code == 200 and "need an answer" not in words(ana.get(address(case)))
    assert set(Claim.objects.filter(number__gt=1).values_list("credibility", flat=True)) == {2}


def test_a_page_holds_ten_open_rows_and_leads_on_by_key(ana: Client, case: Case) -> None:
    for number in range(1, 29):
        a_claim(case, f"Sentence {number}.", sources=[])
    first = ana.get(address(case)).content.decode()
    assert "Sentence 10." in first and "Sentence 11." not in first and 'href="' + address(case, "after=10") in first
    second = ana.get(address(case, "after=10")).content.decode()
    assert "Sentence 11." in second and "Sentence 10." not in second
    for number in (10, 11, 20, 26):
        row = Claim.objects.get(number=number)
        led = ana.get(reverse("casework:change_claim", args=[case.reference, row.pk])).url
        assert f'id="id_c{number}-text"' in ana.get(led).content.decode(), number
    claim = Claim.objects.get(number=27)
    led = ana.get(reverse("casework:verify_claim", args=[case.reference, claim.pk]))
    assert (
        led.url == address(case, "after=26&row=27") + "#id_c27-status"
        and "Sentence 27." in ana.get(led.url).content.decode()
    )
    assert send(ana, case, {"c17-on": "2025"}, query="after=10").request["QUERY_STRING"] == "after=10"


def test_settled_rows_are_words_until_somebody_changes_them(ana: Client, case: Case) -> None:
    for number in range(1, 29):
        a_claim(case, f"Sentence {number}.", on="2025")
    Claim.objects.filter(number=3).update(status="VS_NEW", credibility=None)
    first = ana.get(address(case))
    page = first.content.decode()
    assert 'name="c3-text"' in page and 'name="c2-text"' not in page, "what lacks an answer stands open"
    assert "Sentence 25." in page and "Sentence 26." not in page and "after=25" in page
    change = re.search(r'href="([^"]+#id_c2-text)"', row_of(first, "c2"))
    assert change
    led = ana.get(address(case) + html.unescape(change[1])).content.decode()
    assert 'id="id_c2-text"' in led and 'name="c4-text"' not in led
    answer = send(ana, case, {"c2-on": "2024"}, query="row=2")
    assert "Saved: claim 2." in words(answer) and 'name="c2-text"' not in answer.content.decode()
    every = opened(ana, case)
    assert [name for name in every if name.endswith("-text") and name.startswith("c")] == [
        f"c{number}-text" for number in range(1, 11)
    ], "all open, ten a page"


def test_the_table_stands_in_the_order_of_its_dates_where_that_is_asked_for(ana: Client, case: Case) -> None:
    for number in range(1, 29):
        a_claim(case, f"Sentence {number}.", on=str(2000 - number))
    a_claim(case, "Sentence of May.", on="1999-05")
    a_claim(case, "Sentence undated.", on=None)
    first = ana.get(address(case))
    assert "In the order of their dates" in words(first) and "?order=date" in first.content.decode()
    dated = ana.get(address(case, "order=date"))
    shown = re.findall(r"Sentence (\w+(?: May)?)\.", words(dated))
    assert shown == [str(number) for number in range(28, 3, -1)], "the oldest first"
    assert "In the order they were written" in words(dated)
    follows = re.search(r'href="([^"]+after=4[^"]*)"', dated.content.decode())
    assert follows and "order=date" in follows[1]
    rest = ana.get(html.unescape(follows[1]))
    assert re.findall(r"Sentence (\w+(?: May)?)\.", words(rest)) == [*("3", "2", "of May", "1"), "undated"]
    change = re.search(r'href="([^"]+#id_c2-text)"', row_of(rest, "c2"))
    assert change and "order=date" in change[1]
    assert 'id="id_c2-text"' in ana.get(address(case) + html.unescape(change[1])).content.decode()
    answer = send(ana, case, {"c2-on": "1987"}, query="order=date&after=4&row=2")
    assert answer.request["QUERY_STRING"] == "order=date&after=4", "and a save leads back to the same page"
    Claim.objects.filter(number=4).update(removed_at=timezone.now())
    assert "Sentence 28." in words(ana.get(address(case, "order=date&after=4"))), "the first page, not an empty one"


def test_who_may_not_change_a_claim_is_led_to_no_form(ana: Client, case: Case) -> None:
    a_claim(case, "He was arrested.", on="2025")
    reader = signed_in(Client(), on_case(case, "noa", "reader"))
    for query in ("", "row=1", "rows=open", "source=1"):
        page = reader.get(address(case, query)).content.decode()
        assert "He was arrested." in page and "id_c1" not in page and "id_s1" not in page and 'href="?' not in page


def test_the_table_opens_the_row_of_a_link_on_whichever_page_it_stands(ana: Client, case: Case) -> None:
    for number in range(1, 41):
        a_claim(case, f"Sentence {number}.", on="2025")
    claim = Claim.objects.get(number=33)
    led = ana.get(reverse("casework:change_claim", args=[case.reference, claim.pk])).url
    page = ana.get(led).content.decode()
    assert led.endswith("#id_c33-text") and 'id="id_c33-text"' in page and 'name="c34-text"' not in page


def test_the_addresses_of_the_forms_of_old_lead_to_the_row_or_its_fold(ana: Client, case: Case) -> None:
    claim = a_claim(case, "One.")
    source, cited = Source.objects.get(), Citation.objects.get()
    places = {
        ("add_claim",): "#n1",
        ("add_source",): "#s0",
        ("change_claim", claim.pk): "#id_c1-text",
        ("verify_claim", claim.pk): "#id_c1-status",
        ("add_citation", claim.pk): "#id_c1-add",
        ("change_citation", cited.pk): "#id_c1-add",
        ("change_source", source.pk): "#id_s1-reliability",
    }
    for (name, *keys), place in places.items():
        old = reverse(f"casework:{name}", args=[case.reference, *keys])
        led = ana.get(old).url
        assert led.startswith(address(case)) and led.endswith(place), name
        assert f'id="{place[1:]}"' in ana.get(led).content.decode(), name
        assert ana.post(old, {"text": "x"}).status_code == 405, name


def test_a_row_says_why_it_prints_or_not_and_where_that_is_mended(ana: Client, case: Case) -> None:
    a_consent(case, ["CI_BIO"], ["AU_DIPLO", "AU_OWNGOV"])
    lawyer = {"reliability": "B", "attribution": "his lawyer"}
    told = {
        "Outside: Named diplomats, Own government Prints.": a_claim(case, items=["CI_BIO"]),
        "Prints only as “according to his lawyer”. Wherever": a_claim(
            case, status="VS_SINGLE", sources=[a_source(case, **lawyer)]
        ),
        "Stays inside. The best source under it is D: not usually": a_claim(
            case, sources=[a_source(case, reliability="D")]
        ),
        "Prints nowhere yet. For nobody is all of this allowed: Health": a_claim(case, items=["CI_HEALTH"]),
        "Prints nowhere yet. Nobody has said what it discloses. Say what": a_claim(case, discloses_nothing=False),
        "Prints nowhere yet. Nobody has ruled on it. Rule on it": a_claim(case, status="VS_NEW", credibility=None),
        "Prints nowhere yet. No source supports it. Give it one": a_claim(case, sources=[]),
        "Prints nowhere yet. Nobody has decided how to name its source": a_claim(
            case, sources=[a_source(case, secrecy="AT_UNDECIDED")]
        ),
        "Outside: nobody Prints nowhere yet. Too weak": a_claim(case, credibility=5),
    }
    page = ana.get(address(case, "rows=open"))
    for sentence, claim in told.items():
        row = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", row_of(page, f"c{claim.number}")).split()))
        assert sentence in row.replace(" ”", "”"), (sentence, row[-300:])
    for query in ("", "rows=open"):
        places = re.findall(
            r'class="wide why no".*?href="([^"]+)"', ana.get(address(case, query)).content.decode(), re.S
        )
        inside = [html.unescape(place) for place in places if place.startswith("?")]
        assert len(places) == 7 and len(inside) == 6
        for place in inside:
            led, _sign, box = place.partition("#")
            assert f'id="{box}"' in ana.get(address(case) + led).content.decode(), place


def test_a_double_press_writes_a_claim_once(case: Case) -> None:
    ana = signed_in(Client(enforce_csrf_checks=True), case.lead)
    page = ana.get(address(case)).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)[-1]
    sent = boxes(page) | new_row(text="He is held.") | {"csrfmiddlewaretoken": token}
    assert [ana.post(address(case), sent).status_code for _press in range(2)] == [302, 302]
    assert Claim.objects.count() == 1
    for _press in range(2):  # who asks for empty rows alone is not asked whether a second saving is meant
        page = ana.get(address(case, "empty=6")).content.decode()
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)[-1]
        more = boxes(page) | {"more": "1", "csrfmiddlewaretoken": token}
        assert ana.post(address(case, "empty=6"), more).status_code == 302


def test_who_may_not_see_the_case_finds_nothing_and_writes_nothing(ana: Client, case: Case) -> None:
    a_claim(case, "He was beaten.")
    sent = opened(ana, case) | {"c1-text": "x"} | new_row(text="y")
    sam = signed_in(Client(), a_person("sam"))
    assert sam.get(address(case)).status_code == sam.post(address(case), sent).status_code == 404
    rui = signed_in(Client(), on_case(case, "rui", "reviewer"))
    assert "He was beaten." in rui.get(address(case)).content.decode()
    assert rui.post(address(case), sent).status_code == 403
    assert Claim.objects.get().text == "He was beaten."


def test_a_ruling_that_the_row_did_not_ask_about_is_not_taken_away_by_saving_over_a_colleague(
    ana: Client, case: Case
) -> None:
    """A ruled claim is opened without its grade; a colleague's new words make it stale, which would be asked then."""
    claim = a_claim(case, "He was arrested.", verified_by=a_person("rui"), created_by=a_person("ana"))
    tomas = signed_in(Client(), on_case(case, "tomas", "legal"))
    before = opened(ana, case)
    assert "c1-credibility" not in before
    send(tomas, case, {"c1-text": "Arrested at home."})
    answer = send(ana, case, {"c1-text": "Arrested at work."}, base=before)
    assert answer.status_code == 409 and "How credible" not in words(answer)
    send(ana, case, {}, base=boxes(answer.content.decode(), 'class="stack" novalidate'))
    claim.refresh_from_db()
    assert (claim.text, claim.credibility) == ("Arrested at work.", 1)
