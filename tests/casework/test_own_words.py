"""Looking for words within one case: where they stand, marked, with the way there; for whom; and what is left behind."""

from typing import Any

import pytest

from audit.models import Entry
from casework.actions.asks import add_ask, add_demand, add_right
from casework.actions.detention import add_charge, add_detention, add_place
from casework.actions.removal import remove
from casework.actions.timeline import add_event
from casework.finding import searchable
from casework.finding.own_words import found_in, spans_of
from casework.finding.searchable import SearchableRows, present_rows, register_searchable, to_page
from casework.models import Case, Contact, SearchWords
from casework.pages.own_words import MOST_LETTERS, pieces
from sealing import folding
from tests.factories import a_case, a_claim, a_source, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
VIEW = frozenset({"view_case"})


def a_told_case(codename: str = "Heron", word: str = "Lighthouse") -> Case:
    """A case in which one word stands in every kind of row."""
    case = a_case(codename=codename, status="DS_PRETRIAL")
    told: dict[str, Any] = {"actor": case.lead, "case": case}
    a_claim(case, text=f"He was seen at the {word}.")
    add_event(**told, values={"on": "2025-03", "event": f"A visit to the {word}"})
    a_source(case, title=f"Report of the {word}", attribution="A report")
    spell = add_detention(**told, values={"taken_at": f"{word} square"})
    add_place(actor=case.lead, detention=spell, values={"place": f"{word} prison"})
    add_charge(**told, detention=spell, values={"law": f"{word} act, article 1"})
    add_right(**told, values={"right": "R_FAIRTRIAL", "fact": f"No lawyer at the {word}"})
    demand = add_demand(**told, values={"text": f"Let him leave the {word}", "aim": "own", "is_lead": True})
    add_ask(**told, values={"demand": demand, "to": "Embassy", "text": f"Visit the {word}.", "audience": "AU_DIPLO"})
    return case


def test_every_kind_of_row_is_found_by_the_words_that_stand_in_it() -> None:
    case = a_told_case()
    found = found_in(case, "lighthouse", VIEW)
    assert [kind.name for kind, _rows in found] == [kind.name for kind in searchable.searchable_rows()]
    assert all(len(rows) == 1 for _kind, rows in found) and "events" in [kind.name for kind, _rows in found]


@pytest.mark.parametrize(
    ("text", "word", "held"),
    [
        ("Il fut arrêté à l'aube.", "arrete", "arrêté"),
        ("They were arrested.", "arrest", "arrested"),
        ("في السجن المركزي", "سجن", "السجن"),
        ("أُحيل إلى المحكمة", "احيل", "أُحيل"),
        ("ВЕРХОВНЫЙ суд", "верховный", "ВЕРХОВНЫЙ"),
        ("陳衛 was there", "陈", "陳"),
        ("No place", "lace", ""),
        ("To be or", "b", ""),
    ],
)
def test_a_word_is_found_folded_and_where_it_begins(text: str, word: str, held: str) -> None:
    folded = [token for token, _start, _end in folding.tokens(word)]
    spans = [span for found in spans_of(text, folded).values() for span in found]
    assert [text[start:end] for start, end in spans] == ([held] if held else [])


def test_words_stand_together_in_a_row_and_particles_may_be_joined() -> None:
    case = a_case()
    a_claim(case, text="Omar Al-Sayed was taken to the harbour.")
    a_claim(case, text="The harbour was closed.")
    for typed, count in (("harbour", 2), ("harbour taken", 1), ("harbour train", 0), ("", 0), ("...", 0)):
        assert sum(len(rows) for _kind, rows in found_in(case, typed, VIEW)) == count
    a_claim(case, text="Alsayed came home.")
    assert sum(len(rows) for _kind, rows in found_in(case, "al Sayed", VIEW)) == 2


def test_removed_rows_and_other_cases_are_not_found() -> None:
    case, other = a_told_case(), a_told_case("Quince", "Windmill")
    remove(actor=case.lead, row=case.timelineevents.get())
    assert "events" not in [kind.name for kind, _rows in found_in(case, "lighthouse", VIEW)]
    assert found_in(other, "lighthouse", VIEW) == []


def test_rows_of_another_app_are_one_record_and_open_by_their_right(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case()
    Contact.objects.create(case=case, kind="lawyer", name="Eva", note="Speaks at the lighthouse")
    monkeypatch.setattr(searchable, "_registered", [])
    rows = present_rows(Contact, "note")
    way = to_page("casework:contacts")
    kind = SearchableRows("notes", "Notes", rows, ("note",), lambda _row: "Note", way, may="view_identity")
    register_searchable(kind)
    register_searchable(kind)
    assert found_in(case, "lighthouse", VIEW) == []
    [(found, _rows)] = found_in(case, "lighthouse", VIEW | {"view_identity"})
    assert found is kind


def test_a_case_of_many_rows_takes_as_many_queries_as_one_of_few(django_assert_max_num_queries: Any) -> None:
    case, counts = a_told_case(), []
    for _round in range(2):
        with django_assert_max_num_queries(12) as asked:
            found_in(case, "lighthouse", VIEW)
        counts.append(len(asked))
        for number in range(4):
            a_claim(case, text=f"Lighthouse {number}")
    assert counts[0] == counts[1]


def test_a_long_text_is_cut_around_the_first_of_the_words() -> None:
    text = "a " * 300 + "lighthouse " + "b " * 300
    found = pieces(text, [(600, 610)])
    assert [piece.text for piece in found if piece.is_word] == ["lighthouse"]
    assert found[0].text == "… " and found[-1].text == " …"
    assert sum(len(piece.text) for piece in found) <= MOST_LETTERS + 4


def test_the_page_marks_the_words_leads_to_the_rows_and_keeps_the_words_out_of_the_address(client: Any) -> None:
    case = a_told_case()
    claim = case.claims.get()
    signed_in(client, on_case(case, "leila", "reader"))
    home = f"/cases/{case.reference}/find/"
    assert f'href="{home}"' in client.get(f"/cases/{case.reference}/").content.decode()
    for page in (f"/cases/{case.reference}/claims/", home):
        assert f'action="{home}"' in client.get(page).content.decode()
    assert "Write a word" in client.get(home).content.decode()
    sent = client.post(home, {"words": "  lighthouse  "})
    assert sent.status_code == 302 and "ighthouse" not in sent["Location"]
    page = client.get(sent["Location"]).content.decode()
    assert page.count("<mark>Lighthouse</mark>") == len(searchable.searchable_rows())
    assert f"/cases/{case.reference}/claims/{claim.pk}/" in page
    assert "ighthouse" not in str(dict(client.session))
    assert not Entry.objects.filter(actor_id=a_person("leila").pk, verb__endswith=".viewed").exists()
    nothing = client.post(home, {"words": "windmill"}, follow=True).content.decode()
    assert "Nothing in this case holds these words" in nothing
    assert client.post(home, {"words": " "})["Location"] == home


def test_every_way_from_a_found_row_leads_somewhere_for_a_reader(client: Any) -> None:
    case = a_told_case()
    signed_in(client, on_case(case, "leila", "reader"))
    for kind, rows in found_in(case, "lighthouse", VIEW):
        for one in rows:
            address = kind.url(case, one.row).partition("#")[0]
            assert client.get(address, follow=True).status_code == 200, kind.name


def test_a_key_of_another_person_and_a_case_of_another_show_nothing(client: Any) -> None:
    case = a_told_case()
    home = f"/cases/{case.reference}/find/"
    signed_in(client, case.lead)
    address = client.post(home, {"words": "lighthouse"})["Location"]
    signed_in(client, on_case(case, "leila", "reader"))
    page = client.get(address).content.decode()
    assert "This search is over" in page and "<mark>" not in page
    signed_in(client, a_person("sam"))
    before = SearchWords.objects.count()
    assert client.get(address).status_code == client.post(home, {"words": "lighthouse"}).status_code == 404
    assert SearchWords.objects.count() == before
