"""Who is neither the prisoner nor an addressee is asked about before a text leaves: on the draft, at review, by command."""

import datetime as dt
import html
import io
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access import NotAllowed
from casework.actions import consent as consents
from casework.models import Ask, Case
from directory.models import Recipient
from materials.actions import dispatches, materials, reviews
from materials.disclosures import items_of
from materials.models import Copy, Material, MaterialItem
from materials.text_as_read import parts_as_read
from safety.leaks import rule_on, third_persons, tick_read
from safety.leaks.terms import opened_by_consent
from safety.models import Clearance, LeakFinding, LeakScan
from safety.verdict import GateClosed
from tests.advocacy.alarms import a_recipient
from tests.advocacy.journeys import PROOF, a_written, good_answers, seen
from tests.casework.translated import translated_into
from tests.directory.entries import to_somebody
from tests.factories import a_consent, a_contact, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in
from web.demo.loading import load

pytestmark = pytest.mark.django_db

NAMED = "He shares a cell with Marwan Hadidi."


def saying(sentence: str, case: Case | None = None, **options: Any) -> Material:
    """A draft by ana that says this sentence under “Why now”."""
    material = a_written(case or a_full_packet(), **options)
    texts = {section["code"]: section["text"] for section in material.body}
    kind = material.kind
    return materials.edit(
        actor=a_person("ana"),
        material=material,
        version=material.version,
        title=material.title,
        texts={**texts, f"{kind}.4": sentence},
        told=materials.StatedDisclosures(is_nothing_further=True),
        stop_on=material.stop_on,
    )


def sent(material: Material) -> Material:
    materials.send_to_review(actor=a_person("ana"), material=material)
    material.refresh_from_db()
    return material


def others(material: Material) -> list[LeakFinding]:
    """The findings of the latest scan that are the name of somebody else."""
    scan = LeakScan.objects.filter(material_id=material.pk).latest("scanned_at")
    return [row for row in scan.findings.all() if row.field == "third_person"]


def reviewer(material: Material) -> Any:
    return on_case(material.cases.get(), "rui", "reviewer")


def page(client: Client, address: str, material: Material) -> str:
    return html.unescape(client.get(reverse(f"materials:{address}", args=[material.pk])).content.decode())


def refused_because(material: Material) -> set[str]:
    """The codes for which rui may not sign."""
    with pytest.raises(reviews.NotSigned) as refused:
        signed(material)
    return {getattr(reason, "code", "") for reason in refused.value.reasons}


def signed(material: Material) -> Clearance:
    material.refresh_from_db()
    checks = {material.cases.get().pk: good_answers()} if material.level == "full" else {}
    return reviews.sign(actor=a_person("rui"), material=material, seen=seen(material), proof=PROOF, checks=checks)


def agreed(case: Case, name: str, **fields: Any) -> Any:
    """A fellow prisoner on the case who agreed that diplomats may read the name."""
    contact = a_contact(case, name, kind="other")
    return a_consent(case, audiences=("AU_DIPLO",), subject="contact", subject_contact=contact, **fields)


def test_the_author_sees_who_else_is_named_before_the_text_goes_to_review(client: Client) -> None:
    ana = signed_in(client, a_person("ana"))
    case = a_full_packet()
    assert "Other people named" not in page(ana, "material", a_written(case))
    drawn = page(ana, "material", saying(NAMED, case))
    assert "Other people named" in drawn and "<bdi>Marwan Hadidi</bdi>" in drawn.partition("others-h")[2]


@pytest.mark.parametrize(
    ("kind", "audience"), [("MIN_BRIEF", "AU_DIPLO"), ("MIN_BRIEF", "AU_OWNGOV"), ("SUPPORTER", "AU_SUPPORT")]
)
def test_a_fellow_prisoner_is_asked_about_for_every_audience(kind: str, audience: str) -> None:
    stop = timezone.localdate() + dt.timedelta(days=9)
    material = sent(saying(NAMED, kind=kind, audience=audience, stop_on=stop))
    assert [row.words for row in others(material)] == ["Marwan Hadidi"]


def test_a_text_that_names_a_fellow_prisoner_is_not_signed_until_somebody_ruled(client: Client) -> None:
    material = sent(saying(NAMED))
    rui = signed_in(client, reviewer(material), fresh=True)
    (finding,) = others(material)
    drawn = page(rui, "review", material)
    assert f'<mark id="hit-{finding.pk}">Marwan Hadidi</mark>' in drawn
    assert "Names somebody who is neither the prisoner nor known as an addressee." in drawn
    assert "Take it out, record that person’s own consent" in drawn
    assert refused_because(material) == {"leak-finding-open"}
    passing = reverse("materials:pass_finding", args=[material.pk, finding.pk])
    assert rui.post(passing, {"reason": " "}).status_code == 422
    assert rui.post(passing, {"reason": "His mother publishes it herself."}).status_code == 302
    drawn, asked = page(rui, "review", material), "Take it out, record that person’s own consent"
    assert "Passed by Rui" in drawn and "nor known as an addressee." in drawn and asked not in drawn
    assert signed(material).level == material.level


def test_a_text_from_which_the_name_is_taken_out_is_signed_without_a_ruling() -> None:
    material = sent(saying(NAMED))
    reviewer(material)
    ana = a_person("ana")
    materials.take_back(actor=ana, material=material)
    material.refresh_from_db()
    texts = {"MIN_BRIEF.4": "He shares a cell with another man."}
    told = materials.StatedDisclosures(is_nothing_further=True)
    again = materials.edit(
        actor=ana, material=material, version=material.version, title=material.title, texts=texts, told=told
    )
    assert others(sent(again)) == []
    assert signed(again).level == material.level


def test_neither_the_author_nor_who_may_not_sign_rules_on_a_name() -> None:
    material = sent(saying(NAMED))
    (finding,) = others(material)
    for who in (a_person("ana"), on_case(material.cases.get(), "omar", "reader")):
        with pytest.raises((ValidationError, NotAllowed)):
            rule_on(actor=who, finding=finding, material=material, reason="Because")
    assert LeakFinding.objects.get(pk=finding.pk).ruled_at is None


def test_who_signs_on_one_text_rules_on_nothing_in_another() -> None:
    theirs, own = sent(saying(NAMED)), sent(saying(NAMED))
    (finding,) = others(theirs)
    lin = on_case(own.cases.get(), "lin", "reviewer")
    with pytest.raises(ValidationError, match="another text"):
        rule_on(actor=lin, finding=finding, material=own, reason="A word of the language.")
    with pytest.raises(ValidationError, match="another text"):
        tick_read(actor=lin, result=finding.scan, material=own)
    finding.refresh_from_db()
    assert finding.ruled_at is None and finding.scan.read_at is None


def test_the_own_consent_of_a_fellow_prisoner_stands_for_the_name() -> None:
    case = a_full_packet()
    agreed(case, "Marwan Hadidi")
    material = sent(saying(NAMED, case))
    scan = LeakScan.objects.get(material_id=material.pk)
    assert scan.verdict == "clean" and not scan.findings.exists()
    assert MaterialItem.objects.get(contact__isnull=False, revision=material.revision).item == "CI_NAME"


def test_consent_that_came_after_the_words_were_saved_counts_when_they_go_to_review() -> None:
    case = a_full_packet()
    material = saying(NAMED, case)
    agreed(case, "Marwan Hadidi")
    assert others(sent(material)) == []
    assert MaterialItem.objects.filter(contact__isnull=False, revision=material.revision).exists()


@pytest.mark.parametrize("fields", [{"status": "CS_REFUSED"}, {"audience": "AU_OWNGOV"}])
def test_no_consent_or_one_for_another_audience_opens_no_name(fields: dict[str, str]) -> None:
    case = a_full_packet()
    contact = a_contact(case, "Marwan Hadidi", kind="other")
    told = {"subject": "contact", "subject_contact": contact, "status": fields.get("status", "CS_GIVEN")}
    a_consent(case, audiences=(fields.get("audience", "AU_DIPLO"),), **told)
    material = sent(saying(NAMED, case))
    found = LeakScan.objects.get(material_id=material.pk).findings.all()
    assert {row.field for row in found} == {"casework.contact.name"}


def test_a_consent_that_the_fellow_prisoner_takes_back_stops_the_copy() -> None:
    case = a_full_packet()
    answer = agreed(case, "Marwan Hadidi")
    material = sent(saying(NAMED, case))
    reviewer(material)
    signed(material)
    consents.withdraw_consent(actor=on_case(case, "leila", "liaison"), consent=answer)
    material.refresh_from_db()
    with pytest.raises(GateClosed, match="item-without-consent"):
        dispatches.dispatch(actor=a_person("ana"), material=material, to=[to_somebody("The desk")])
    assert not Copy.objects.exists()


@pytest.mark.parametrize("name", ["Salme Varanen", "salme"])
def test_family_is_asked_about_though_the_prisoner_opened_it(name: str) -> None:
    case = a_full_packet(items=("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS", "CI_FAMILY"))
    a_contact(case, "Salme Varanen")
    material = saying(f"His sister {name} asks for a visit.", case)
    stated = {case.pk: frozenset({"CI_FAMILY"})}
    texts = {section["code"]: section["text"] for section in material.body}
    material = materials.edit(
        actor=a_person("ana"),
        material=material,
        version=material.version,
        title=material.title,
        texts=texts,
        told=materials.StatedDisclosures(items=stated),
    )
    assert [row.words for row in others(sent(material))] == [name]


def test_prisoner_addressee_and_who_is_in_our_directory_are_not_asked_about() -> None:
    a_recipient("Ambassador Jorun Teigen")
    case = a_full_packet()
    ask = Ask.objects.get(case=case)
    ask.to = "Minister Kalev Sund"
    ask.save()
    sentence = "Ilias Varanen wrote to Minister Kalev Sund; Ambassador Jorun Teigen knows of it."
    assert others(sent(saying(sentence, case))) == []


def test_a_name_is_asked_about_once_however_often_it_stands() -> None:
    material = sent(saying(f"{NAMED} Marwan Hadidi is ill. Guards beat Marwan in May."))
    assert [row.words for row in others(material)] == ["Marwan Hadidi"]


def test_a_script_without_capitals_is_read_by_somebody_and_never_called_clean(client: Client) -> None:
    material = sent(saying("كان في الزنزانة مع مروان."))
    scan = LeakScan.objects.get(material_id=material.pk)
    assert scan.verdict == "cannot_check" and {"script": "ARABIC", "people": 0} in scan.why
    rui = signed_in(client, reviewer(material), fresh=True)
    drawn = page(rui, "review", material)
    assert "Arabic or Persian: names of other people cannot be told from other words." in drawn
    assert "Add the name in this script" not in drawn
    assert refused_because(material) == {"leak-scan-cannot-check"}
    assert rui.post(reverse("materials:read_for_names", args=[material.pk])).status_code == 302
    assert signed(material).level == material.level


def test_a_translated_paper_in_arabic_is_read_for_names_by_somebody() -> None:
    case = a_full_packet()
    translated_into(case)
    material = sent(a_written(case, language="ar"))
    assert LeakScan.objects.get(material_id=material.pk).why == [{"script": "ARABIC", "people": 0}]


def test_a_text_that_stays_inside_may_name_people() -> None:
    material = a_written(a_full_packet(audiences=("AU_ORG", "AU_DIPLO")), audience="AU_ORG")
    assert material.level == "none"
    assert others(sent(saying_again(material, NAMED))) == []


def saying_again(material: Material, sentence: str) -> Material:
    told = materials.StatedDisclosures(is_nothing_further=True)
    texts = {"MIN_BRIEF.4": sentence}
    return materials.edit(
        actor=a_person("ana"),
        material=material,
        version=material.version,
        title=material.title,
        texts=texts,
        told=told,
    )


def test_the_command_names_other_people_too(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_full_packet()
    agreed(case, "Tenzin Lhamo")
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("Ilias Varanen saw Marwan Hadidi and Tenzin Lhamo."))
    with pytest.raises(SystemExit) as ended:
        call_command("leak_scan", case.reference, "--audience", "diplomats", "--json", "--as", "ana", stdout=out)
    told = json.loads(out.getvalue())
    assert ended.value.code == 1 and told["verdict"] == "findings"
    assert [(row["field"], row["words"]) for row in told["findings"]] == [("third_person", "Marwan Hadidi")]


def test_a_family_name_that_both_bear_is_no_use_of_the_relatives_consent() -> None:
    case = a_full_packet()
    agreed(case, "Salme Varanen")
    material = saying("The Varanen case goes on.", case)
    assert not MaterialItem.objects.filter(contact__isnull=False).exists()
    assert others(sent(material)) == []


def test_a_proposed_recipient_is_not_yet_known() -> None:
    rui = a_person("rui")
    Recipient.objects.create(
        name="Ambassador Jorun Teigen",
        audience="AU_DIPLO",
        channel="desk line",
        entered_by=rui,
        channel_verified_on=timezone.localdate(),
    )
    material = sent(saying("Ambassador Jorun Teigen knows of it."))
    assert [row.words for row in others(material)] == ["Ambassador Jorun Teigen"]


def test_the_papers_of_the_demo_ask_about_nobody() -> None:
    who = load("a long sentence for practice")
    for case in Case.objects.exclude(codename="Bittern"):
        for kind, audience in (("MIN_BRIEF", "AU_OWNGOV"), ("MIN_BRIEF", "AU_DIPLO"), ("SUPPORTER", "AU_SUPPORT")):
            material = materials.write(actor=who["ana"], cases=[case], kind=kind, audience=audience, language="en")
            opened = opened_by_consent([case], material, {key: set(row) for key, row in items_of(material).items()})
            known = third_persons.known_in([case], opened, third_persons.Accounted())
            told = third_persons.others_in(parts_as_read(material.title, material.body), known)
            assert [row.words for row in told.named] == []
