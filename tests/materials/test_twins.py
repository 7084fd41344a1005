"""A text about somebody whose other case its author may not see: what is found in it, who reads which words of it."""

import contextlib
import json
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from casework.models import Case, Name, Person, PossibleTwin, TwinRuling
from materials.actions import dispatches, materials, reviews
from materials.actions.materials import StatedDisclosures
from materials.leaving.scanning import renew_scan
from materials.models import Material
from materials.review.refusals import shown
from safety.actions import hold
from safety.models import LeakFinding, LeakScan
from tests.advocacy.journeys import PROOF, a_written, cleared, in_review
from tests.directory.entries import to_somebody
from tests.factories import a_claim, a_contact, a_detention, a_prisoner, a_twin, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
NEUTRAL = "A signer looks at this first."
PHONE = "+386 40 123 456"


@pytest.fixture
def case() -> Case:
    """The case that ana writes about; rui signs on it."""
    packet = a_full_packet()
    on_case(packet, "rui", "reviewer")
    return packet


@pytest.fixture
def other(case: Case) -> Case:
    """The other case of that person, which ana may not see: his wife's telephone and the place stand in it."""
    twin = a_twin(case, codename="Kestrel")
    a_prisoner(twin, "Ilias Varanen", "Stone Harrow")
    a_contact(twin, "Nadia Sorel", phone=PHONE)
    a_detention(twin, place="Old Mill, Brezje")
    return twin


def typed(case: Case, *lines: str) -> Material:
    """Return a text sent to review into which ana typed these lines."""
    a_claim(case, "The ministry says that the case is about tax alone.", use="authorities")
    material = a_written(case)
    texts = {section["code"]: section["text"] or "Ilias Varanen is known to you." for section in material.body}
    texts["MIN_BRIEF.2"] = "\n".join([texts["MIN_BRIEF.2"], *lines])
    told = StatedDisclosures(items={case.pk: frozenset({"CI_NAME"})})
    changed = materials.edit(
        actor=a_person("ana"),
        material=material,
        version=material.version,
        title=material.title,
        texts=texts,
        told=told,
    )
    return materials.send_to_review(actor=a_person("ana"), material=changed)


def found(material: Material) -> set[tuple[str, Any]]:
    return set(LeakFinding.objects.filter(material_id=material.pk).values_list("field", "case_id"))


def rule(case: Case, verdict: str = "another") -> None:
    twin = PossibleTwin.objects.of(case).get()
    row = TwinRuling(twin=twin, case=case, question=1, verdict=verdict, is_for_both=True, ruled_by=a_person("rui"))
    row.reason = "Born 20 years later."
    row.save()


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (f"Ring {PHONE} tonight.", "casework.contact.phone"),
        ("His wife Nadia Sorel waits.", "casework.contact.name"),
        ("He is held at the Old Mill, Brezje.", "casework.place.place"),
        ("They call him Stone Harrow.", "casework.name.value"),
        ("See Kestrel too.", "casework.case.codename"),
    ],
)
def test_what_the_other_case_protects_is_found_until_it_is_ruled_to_be_another_person(
    case: Case, other: Case, line: str, field: str
) -> None:
    assert (field, other.pk) in found(typed(case, line))
    rule(case)
    assert not {row for row in found(typed(case, line)) if row[1] == other.pk}


def test_what_both_cases_hold_is_judged_by_the_case_of_the_text_alone(case: Case, other: Case) -> None:
    a_detention(other, place="Colony no. 4, Lower Tarn")
    material = typed(case, "Ilias Varanen is 44.")
    assert "Colony no. 4, Lower Tarn" in str(material.body) and found(material) == set()


def test_whoever_may_not_see_the_other_case_reads_neither_its_field_nor_its_name(
    client: Client, case: Case, other: Case
) -> None:
    material = typed(case, f"Ring {PHONE} tonight.")
    (finding,) = LeakFinding.objects.filter(material_id=material.pk)
    pages = {}
    for who in ("ana", "rui"):
        page = signed_in(client, a_person(who)).get(reverse("materials:review", args=[material.pk]))
        pages[who] = page.content.decode()
        assert "telephone of somebody around the prisoner" not in pages[who]
        assert "Kestrel" not in pages[who] and other.reference not in pages[who]
        assert f"nobody said that it may be shown. {NEUTRAL}" in pages[who]
    on_case(other, "rui", "reviewer")
    page = client.get(reverse("materials:review", args=[material.pk])).content.decode()
    assert "telephone of somebody around the prisoner" in page
    assert f"This person may also be in case Kestrel, {other.reference}." in page
    passing = signed_in(client, a_person("rui"), fresh=True).get(
        reverse("materials:pass_finding", args=[material.pk, finding.pk])
    )
    assert "telephone of somebody around the prisoner" in passing.content.decode()


def lines_for(material: Material, who: str, *, moment: str = "review") -> Any:
    out, err = StringIO(), StringIO()
    with contextlib.suppress(CommandError, SystemExit):
        call_command("examine", str(material.pk), "--as", who, "--moment", moment, "--json", stdout=out, stderr=err)
    return json.loads(out.getvalue())


def a_wish(twin: Case) -> None:
    twin.wishs.create(number=1, wants="silence")


def a_hold(twin: Case) -> None:
    hold(actor=a_person("tomas"), case=twin, reason="His brother was summoned.")


STOPS = {"nothing": lambda twin: None, "a wish": a_wish, "a hold": a_hold}


@pytest.mark.parametrize("moment", ["review", "insert"])
@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_before_a_signature_no_answer_to_the_author_tells_whether_a_hidden_case_stops_the_text(
    case: Case, moment: str, stop: Any
) -> None:
    material = in_review(case)
    before = lines_for(material, "ana", moment=moment)
    assert before["refusals"][-1] == {"code": "signer-looks-first", "sentence": NEUTRAL, "more": "", "case": ""}
    assert before["is_open"] is False
    stop(a_twin(case))
    assert lines_for(material, "ana", moment=moment) == before


def test_the_author_reads_the_same_review_page_whether_a_hidden_case_stops_the_text(client: Client, case: Case) -> None:
    material = in_review(case)
    ana = signed_in(client, a_person("ana"))
    where = reverse("materials:review", args=[material.pk])

    def cells() -> str:
        page: str = ana.get(where).content.decode()
        assert NEUTRAL in page
        return page.partition('class="examined')[2].partition("</section>")[0]

    before = cells()
    a_wish(a_twin(case))
    assert cells() == before


def test_after_the_signature_it_refuses_in_one_sentence_that_tells_of_no_case(case: Case) -> None:
    material = cleared(case)
    assert lines_for(material, "ana", moment="insert")["refusals"] == []
    twin = a_twin(case)
    a_wish(twin)
    told = lines_for(material, "ana", moment="insert")
    assert told["refusals"] == [{"code": "signer-looks-first", "sentence": NEUTRAL, "more": "", "case": ""}]
    second = a_twin(case)
    a_wish(second)
    assert lines_for(material, "ana", moment="insert") == told
    on_case(twin, "ana", "reader")
    (line,) = lines_for(material, "ana", moment="insert")["refusals"]
    assert f"case {twin.codename}, {twin.reference}" in line["sentence"] and second.codename not in line["sentence"]


def test_a_signer_reads_which_case_it_is_or_where_to_see_why(case: Case) -> None:
    material, twin = in_review(case), a_twin(case)
    a_wish(twin)
    renew_scan(material)  # as the page does when it is opened
    verdict = materials_verdict(material, "rui")
    (hidden,) = shown(verdict.refusals, material=material, cases=[case], viewer=a_person("rui"))
    assert (hidden.title, hidden.url) == (NEUTRAL, reverse("safety:twins", args=[case.reference]))
    on_case(twin, "rui", "reviewer")
    (seen,) = shown(verdict.refusals, material=material, cases=[case], viewer=a_person("rui"))
    assert twin.codename in seen.title
    with pytest.raises(reviews.NotSigned):
        reviews.sign(
            actor=a_person("rui"),
            material=material,
            seen=reviews.ReadRevision(material.revision, bytes(material.mac).hex()),
            proof=PROOF,
            checks={},
        )


def materials_verdict(material: Material, who: str) -> Any:
    from safety import gate

    return gate.examine(gate.Leaving.of(material), moment="review", viewer=a_person(who))


def test_the_recipient_line_is_read_for_the_other_case_too_and_says_no_field(case: Case, other: Case) -> None:
    material = cleared(case)
    with pytest.raises(ValidationError) as refused:
        dispatches.dispatch(actor=a_person("ana"), material=material, to=[to_somebody("Nadia Sorel")])
    assert refused.value.message_dict["recipient"] == ["The recipient line holds a protected word. Write it without."]


def test_the_command_that_scans_a_text_looks_for_no_case_that_its_caller_may_not_see(
    case: Case, other: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scanned() -> Any:
        out = StringIO()
        monkeypatch.setattr("sys.stdin", StringIO(f"Ring {PHONE} tonight."))
        with contextlib.suppress(SystemExit):
            call_command("leak_scan", case.reference, "--json", "--as", "ana", stdout=out)
        return json.loads(out.getvalue())["findings"]

    assert scanned() == []
    on_case(other, "ana", "reader")
    assert [row["field"] for row in scanned()] == ["casework.contact.phone"]


def test_somebody_of_the_other_case_without_a_form_in_the_script_is_not_called_clean(case: Case) -> None:
    twin = a_twin(case)
    person = Person.objects.create(case=twin)
    Name.objects.create(case=twin, person=person, script="Latn", value="Ilias Varanen")
    a_contact(twin, "نادية سوريل")
    scan = LeakScan.objects.filter(material_id=typed(case).pk).latest("scanned_at")
    assert scan.verdict == "cannot_check" and scan.why == [{"script": "LATIN", "people": 1}]
