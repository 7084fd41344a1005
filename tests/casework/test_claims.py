"""Claims and sources through their pages: written, cited, ruled on, removed and brought back."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.actions.evidence import cite
from casework.evidence import publishability
from casework.models import Case, Citation, Claim, Source
from tests.casework.sheet import new_row, opened, send
from tests.factories import a_case, a_claim, a_source, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def at(name: str, case: Case, *args: Any) -> str:
    return reverse(f"casework:{name}", args=[case.reference, *args])


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


def test_a_claim_is_added_with_its_source_and_starts_unchecked(ana: Client, case: Case) -> None:
    source = a_source(case, "Judgment of 2 June")
    text = "He was sentenced to four years."
    answer = send(ana, case, new_row(text=text, add="s1", items=["CI_DOCS"], on="about 2 June 2026"))
    claim = Claim.objects.get(case=case)
    assert answer.status_code == 200 and "Saved: claim 1." in answer.content.decode()
    assert (claim.number, claim.text, claim.status, claim.created_by) == (1, text, "VS_NEW", case.lead)
    assert (claim.use, claim.on) == ("fact", "2026-06-02~") and "about 2 June 2026" in answer.content.decode()
    assert [row.item for row in claim.items.all()] == ["CI_DOCS"]
    assert [row.source for row in claim.citations.all()] == [source]
    assert publishability.band(claim) == "PB_NO"
    assert "Nobody has ruled on it." in answer.content.decode()
    assert "Prints nowhere until it is checked." in ana.get(at("claim", case, claim.pk)).content.decode()
    assert Entry.objects.filter(case_id=case.pk, verb="casework.claim.added").exists()


@pytest.mark.parametrize("named", [{"secrecy": "AT_UNDECIDED"}, {"attribution": ""}, {"secrecy": "AT_OFF"}])
def test_the_page_of_a_claim_says_when_its_source_keeps_it_from_printing(
    ana: Client, case: Case, named: dict[str, str]
) -> None:
    claim = a_claim(case, sources=[a_source(case, **named)])
    sentence = "nobody decided how to name it there"
    assert sentence in ana.get(at("claim", case, claim.pk)).content.decode()
    assert sentence not in ana.get(at("claim", case, a_claim(case).pk)).content.decode()


def test_a_claim_cannot_disclose_something_and_nothing(ana: Client, case: Case) -> None:
    answer = send(ana, case, new_row(text="He is a teacher.", items=["CI_BIO"], discloses_nothing="on"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Items are ticked above." in page
    assert "He is a teacher." in page
    assert "<title>Error:" in re.sub(r"\s+", " ", page).replace("<title> ", "<title>")
    assert not Claim.objects.exists()


def test_numbers_go_on_after_a_removed_claim(ana: Client, case: Case) -> None:
    a_claim(case)
    second = a_claim(case)
    ana.post(at("remove", case, "claim", second.pk))
    send(ana, case, new_row(text="A third one.", discloses_nothing="on"))
    assert sorted(Claim.objects.filter(case=case).values_list("number", flat=True)) == [1, 2, 3]


def test_a_ruling_names_who_and_when_and_opens_printing(ana: Client, case: Case) -> None:
    claim = a_claim(case, status="VS_NEW", credibility=None)
    answer = send(ana, case, {"c1-status": "VS_DOC", "c1-credibility": "2"})
    claim.refresh_from_db()
    assert (claim.status, claim.credibility, claim.verified_by) == ("VS_DOC", 2, case.lead)
    assert publishability.band(claim) == "PB_ANY"
    assert "<b>Prints.</b>" in answer.content.decode()
    assert "May print in any material" in ana.get(at("claim", case, claim.pk)).content.decode()


@pytest.mark.parametrize(
    ("status", "credibility", "sources", "words"),
    [
        ("VS_DOC", "2", 0, "No source supports this claim yet."),
        ("VS_CORROB", "2", 1, "Corroborated needs two sources"),
        ("VS_DOC", "", 1, "Grade the credibility"),
        ("VS_CONFLICT", "2", 1, "A conflict needs two sources."),
    ],
)
def test_a_ruling_that_the_sources_do_not_bear_is_refused(
    ana: Client, case: Case, status: str, credibility: str, sources: int, words: str
) -> None:
    claim = a_claim(case, status="VS_NEW", credibility=None, sources=[a_source(case) for _number in range(sources)])
    answer = send(ana, case, {"c1-status": status, "c1-credibility": credibility})
    assert answer.status_code == 422
    fault = answer.content.decode().partition('id="id_c1-status_error"')[2].partition("</ul>")[0]
    assert words in fault
    claim.refresh_from_db()
    assert claim.status == "VS_NEW"


def test_changed_words_need_a_new_check_and_a_changed_date_does_not(ana: Client, case: Case) -> None:
    claim = a_claim(case, "He was arrested.")
    send(ana, case, {"c1-on": "2025"})
    claim.refresh_from_db()
    assert (claim.on, claim.status) == ("2025", "VS_DOC")
    answer = send(ana, case, {"c1-text": "He was arrested at home."})
    claim.refresh_from_db()
    assert (claim.status, claim.verified_by) == ("VS_STALE", None)
    assert "Its words changed after the ruling." in answer.content.decode()


def test_two_people_change_a_claim_and_nothing_is_lost(ana: Client, case: Case) -> None:
    claim = a_claim(case, "He was arrested.")
    before = opened(ana, case)
    send(ana, case, {"c1-text": "Arrested at home."})
    answer = send(ana, case, {"c1-text": "Arrested at work."}, base=before)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Arrested at home." in page
    assert "Arrested at work." in page
    claim.refresh_from_db()
    assert claim.text == "Arrested at home."


def test_only_items_changed_meanwhile_is_seen_too(ana: Client, case: Case) -> None:
    claim = a_claim(case, "He was arrested.", items=["CI_DOCS"])
    version, before = claim.version, opened(ana, case)
    send(ana, case, {"c1-items": ["CI_BIO"]})
    claim.refresh_from_db()
    assert claim.version == version + 1
    answer = send(ana, case, {"c1-items": ["CI_NAME"]}, base=before)
    page = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 409
    assert "ClaimItem" not in page and "differs from yours" in page
    assert [row.item for row in claim.items.all()] == ["CI_BIO"]


def test_a_source_that_contradicts_opens_a_conflict(ana: Client, case: Case) -> None:
    claim = a_claim(case)
    a_source(case, "Letter from prison", reliability="D")
    answer = send(ana, case, {"c1-add": "s2", "c1-add_kind": "contradicts"})
    claim.refresh_from_db()
    assert claim.status == "VS_CONFLICT"
    page = answer.content.decode()
    assert "Its sources conflict" in page and "against it" in page
    assert publishability.band(claim) == "PB_NO"
    send(ana, case, {"c1-place_2": "page 2"})
    assert Citation.objects.get(kind="contradicts").place == "page 2"


def test_a_source_of_another_case_cannot_be_cited(ana: Client, case: Case) -> None:
    claim, elsewhere = a_claim(case), a_source(a_case(), "Elsewhere")
    assert "Elsewhere" not in ana.get(at("claims", case)).content.decode()
    for number in ("s2", "s99", str(elsewhere.pk), "new-n6"):
        answer = send(ana, case, {"c1-add": number})
        assert answer.status_code == 422, number
    with pytest.raises(ValidationError, match="another case"):
        cite(actor=case.lead, claim=claim, values={"source": elsewhere})
    assert not Citation.objects.filter(source=elsewhere).exists()


def test_a_source_is_not_cited_twice(ana: Client, case: Case) -> None:
    claim = a_claim(case, sources=[a_source(case, "Judgment of 2 June")])
    answer = send(ana, case, {"c1-add": "s1"})
    assert answer.status_code == 422 and "S1 stands under this claim already." in answer.content.decode()
    assert claim.citations.count() == 1


def test_a_removed_claim_comes_back_with_undo(ana: Client, case: Case) -> None:
    claim = a_claim(case, "He was beaten.")
    gone = ana.post(at("remove", case, "claim", claim.pk), follow=True)
    undo = at("undo", case, "claim", claim.pk)
    assert f'action="{undo}"' in gone.content.decode()
    assert "He was beaten." not in ana.get(at("claims", case)).content.decode()
    assert ana.get(at("claim", case, claim.pk)).status_code == 404
    ana.post(undo)
    assert "He was beaten." in ana.get(at("claims", case)).content.decode()


def test_a_source_under_a_claim_is_not_removed(ana: Client, case: Case) -> None:
    claim = a_claim(case)
    source = claim.citations.get().source
    answer = ana.post(at("remove", case, "source", source.pk), follow=True)
    assert "Claims stand on this source: 1." in answer.content.decode()
    ana.post(at("remove", case, "citation", claim.citations.get().pk))
    ana.post(at("remove", case, "source", source.pk))
    source.refresh_from_db()
    assert source.removed_at is not None
    ana.post(at("undo", case, "source", source.pk))
    source.refresh_from_db()
    assert source.removed_at is None


def test_a_new_source_starts_at_f_and_is_changed(ana: Client, case: Case) -> None:
    boxes = opened(ana, case)
    assert (boxes["s0-reliability"], boxes["s0-secrecy"]) == ("F", "AT_UNDECIDED")
    send(ana, case, {"s0-title": "A call", "s0-kind": "S_FAMILY"})
    source = Source.objects.get(case=case)
    assert (source.title, source.kind, source.reliability, source.secrecy) == (
        "A call",
        "S_FAMILY",
        "F",
        "AT_UNDECIDED",
    )
    graded = {"s1-reliability": "B", "s1-reliability_reason": "Right each time", "s1-secrecy": "AT_BACKGROUND"}
    nameless = send(ana, case, graded)
    assert nameless.status_code == 422 and "Write by which words it may be named outside" in nameless.content.decode()
    send(ana, case, graded | {"s1-attribution": "according to the family"})
    source.refresh_from_db()
    assert (source.reliability, source.attribution) == ("B", "according to the family")
    page = ana.get(at("source", case, source.pk)).content.decode()
    assert "S1" in page and "Right each time" in page
    assert "according to the family" in page


def test_who_a_source_is_stands_apart_and_each_look_is_recorded(ana: Client, client: Client, case: Case) -> None:
    source = a_source(case, "A witness", identity="Ondrej the neighbour", kind="S_WITNESS")
    assert "Ondrej" not in ana.get(at("source", case, source.pk)).content.decode()
    assert "Ondrej" not in ana.get(at("change_source", case, source.pk), follow=True).content.decode()
    assert "Ondrej" in ana.get(at("source_identity", case, source.pk)).content.decode()
    entry = Entry.objects.get(case_id=case.pk, verb="casework.identity.viewed")
    assert entry.detail == {"fields": ["source.identity"]}
    signed_in(client, on_case(case, "rui", "reviewer"))
    page = client.get(at("source_identity", case, source.pk)).content.decode()
    assert "Ondrej" in page
    assert "Save who the source is" not in page
    assert (
        client.post(at("source_identity", case, source.pk), {"identity": "x", "version": source.version}).status_code
        == 403
    )


def test_a_reader_sees_claims_and_changes_nothing(client: Client, case: Case) -> None:
    source = a_source(case, identity="Ondrej the neighbour")
    claim = a_claim(case, "He was beaten.", sources=[source])
    before = opened(signed_in(client, case.lead), case)
    signed_in(client, on_case(case, "tomas", "reader"))
    page = client.get(at("claims", case)).content.decode()
    assert "He was beaten." in page and "<b>Prints.</b>" in page
    assert not opened(client, case) and "Save all rows" not in page and "<textarea" not in page
    assert "Change the claim" not in client.get(at("claim", case, claim.pk)).content.decode()
    assert client.post(at("claims", case), before | {"c1-text": "x"}).status_code == 403
    assert client.get(at("source_identity", case, source.pk)).status_code == 403
    assert client.post(at("remove", case, "claim", claim.pk)).status_code == 403
    claim.refresh_from_db()
    assert (claim.removed_at, claim.text) == (None, "He was beaten.")


def test_a_stranger_learns_nothing(client: Client, case: Case) -> None:
    claim = a_claim(case)
    source = claim.citations.get().source
    signed_in(client, a_person("sam"))
    missing = client.get(reverse("casework:claims", args=["AAAA-2222"]))
    for name, args in (
        ("claims", []),
        ("claim", [claim.pk]),
        ("add_claim", []),
        ("change_claim", [claim.pk]),
        ("verify_claim", [claim.pk]),
        ("add_citation", [claim.pk]),
        ("change_citation", [claim.citations.get().pk]),
        ("sources", []),
        ("source", [source.pk]),
        ("source_identity", [source.pk]),
    ):
        answer = client.get(at(name, case, *args))
        assert (answer.status_code, len(answer.content)) == (404, len(missing.content)), name


def test_a_claim_of_another_case_is_not_found_under_this_one(ana: Client, case: Case) -> None:
    other = a_claim(a_case(lead=case.lead))
    assert ana.get(at("claim", case, other.pk)).status_code == 404


def test_the_number_of_queries_does_not_follow_the_number_of_claims(
    ana: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    a_claim(case, items=["CI_NAME"])
    ana.get(at("claims", case))
    with django_assert_max_num_queries(41) as few:
        ana.get(at("claims", case))
    for number in range(200):
        a_claim(case, f"Claim {number}.", items=["CI_BIO"])
    with django_assert_max_num_queries(len(few.captured_queries)):
        page = ana.get(at("claims", case)).content.decode()
    assert "Claim 7." in page and "Claim 24." not in page


@pytest.mark.parametrize(
    ("grades", "credibility", "band"),
    [
        ("A", 1, "PB_ANY"),
        ("B", 2, "PB_ANY"),
        ("DB", 2, "PB_ANY"),
        ("A", 3, "PB_ATTR"),
        ("B", 3, "PB_ATTR"),
        ("C", 1, "PB_ATTR"),
        ("C", 2, "PB_ATTR"),
        ("C", 3, "PB_PRIVATE"),
        ("D", 1, "PB_PRIVATE"),
        ("F", 3, "PB_PRIVATE"),
        ("EF", 2, "PB_PRIVATE"),
        ("A", 4, "PB_NO"),
        ("A", 6, "PB_NO"),
        ("E", 1, "PB_NO"),
        ("", 1, "PB_NO"),
        ("A", None, "PB_NO"),
    ],
)
def test_bands_follow_the_best_source_and_the_credibility(
    case: Case, grades: str, credibility: int | None, band: str
) -> None:
    claim = a_claim(case, sources=[a_source(case, reliability=grade) for grade in grades], credibility=credibility)
    assert publishability.band(claim) == band


@pytest.mark.parametrize("status", ["VS_NEW", "VS_CONFLICT", "VS_REFUTED", "VS_STALE"])
def test_an_unsettled_claim_prints_nowhere(case: Case, status: str) -> None:
    assert publishability.band(a_claim(case, status=status)) == "PB_NO"


def test_a_removed_source_carries_nothing(case: Case) -> None:
    claim = a_claim(case)
    Source.objects.filter(pk=claim.citations.get().source_id).update(removed_at=timezone.now())
    assert publishability.band(claim) == "PB_NO"
    claim = a_claim(case)
    claim.citations.update(kind="contradicts")
    assert publishability.band(claim) == "PB_NO"
