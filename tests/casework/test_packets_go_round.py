"""A whole packet goes out and comes in again: every field is carried, or it is said why it stays."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey, Model
from django.utils import timezone

from casework.models import (
    Ask,
    Case,
    Charge,
    Citation,
    Claim,
    ClaimItem,
    Demand,
    Detention,
    Name,
    PacketAnswer,
    Person,
    Place,
    RightImplicated,
    Source,
    TimelineEvent,
    Translation,
)
from casework.translating.originals import originals_of
from exchange import amparo
from exchange.faults import FileRefused
from sealing.fields import NotedText, note_of
from tests.casework.telling.fields import CARRIED, LEFT, LEFT_WHOLE, ROW
from tests.casework.telling.packet import told_of
from tests.casework.translated import a_reader, a_translation
from tests.factories import a_case, put_on
from tests.people import a_person

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parents[2] / "docs" / "exchange.md"
MODELS: list[type[Model]] = list(apps.get_app_config("casework").get_models())
FIELDS = [(model, field.name) for model in MODELS for field in model._meta.concrete_fields]
SENT: list[type[Model]] = [
    model for model in MODELS if any(key.split(".")[0] == model._meta.model_name for key in CARRIED)
]


def of(model: type[Model], name: str) -> str:
    return f"{model._meta.model_name}.{name}"


def test_every_field_of_a_packet_is_carried_or_says_why_it_stays() -> None:
    known = {of(model, name) for model, name in FIELDS}
    silent = []
    for model, name in FIELDS:
        answers = [
            of(model, name) in CARRIED,
            bool(LEFT.get(of(model, name))),
            bool(LEFT_WHOLE.get(str(model._meta.model_name))),
            name in ROW and model in SENT and of(model, name) not in LEFT,
        ]
        if sum(answers) != 1:
            silent.append(of(model, name))
    assert silent == [], "say in tests/casework/telling/fields.py what becomes of it"
    related = {"claim.items", "claim.citations", "source.citations"}  # declared as a claim tells them
    assert {*CARRIED, *LEFT} - known <= related
    assert set(LEFT_WHOLE) <= {str(model._meta.model_name) for model in MODELS}


def test_the_document_names_every_place_in_the_file() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    places = {place.rpartition(".")[2] for place in CARRIED.values()} - {""}
    assert sorted(place for place in places if f"`{place}`" not in text) == []


def a_whole_packet() -> Case:
    """Return a case in French with something in every field that is carried, and a translation in each state."""
    case = a_case(codename="Alder", country="XPR", status="DS_PRETRIAL", language="fr")
    case.status_on = timezone.localdate()
    case.public_label, case.summary, case.activity = "Un rédacteur", "Résumé.", "Il écrit."
    case.authorities_say, case.why_now = "Une affaire fiscale.", "La cour siège bientôt."
    case.save()
    new: dict[str, Any] = {"case": case, "created_by": case.lead}
    told = {"born": NotedText("1970-02", "1348-11 (solar)"), "gender": "femme", "spoken_of": "woman", "note": "Note."}
    told |= {"nationality": "vérénienne", "occupation": "rédactrice", "residence": "12 rue du Port"}
    person = Person.objects.create(**new, **told, document_number="P 1", health="Asthme.", formless_in="TIBETAN")
    Name.objects.create(**new, person=person, kind="alias", script="Latn", value="Mila Varen")
    Name.objects.create(**new, person=person, kind="legal", script="Arab", value="ميلا")
    held = Detention.objects.create(
        **new,
        started="2019-03~",
        ended="2020-01-02",
        term_ends="2021",
        authority="Ministère",
        taken_at="Port Tarn, au marché",
        taken_by="Deux hommes",
        circumstances="De nuit.",
        warrant="non",
        legal_basis="art. 4",
        ending="libérée",
        acknowledged="ACK_N",
        basis_kind="LB_SPEECH",
        counsel="CA_NONE",
        contact_allowed="CT_FAMILY",
    )
    again = Detention.objects.create(**new, started=NotedText("2025-03-14", "au printemps"))
    Place.objects.create(**new, detention=held, since="2019-03~", until="2019-12", place="Prison de Tarn")
    of_charge = {
        "tried_on": "2025-09-02",
        "trial_place": "Port Tarn",
        "sentenced_on": "2025-09-20",
        "court": "Cour",
        "judge": "M. X",
        "case_number": "7/25",
        "verdict": "coupable",
        "sentence": "2 ans",
    }
    Charge.objects.create(**new, detention=again, charged_on="2025-04", law="art. 214", **of_charge)
    Charge.objects.create(**new, law="art. 9")
    source = Source.objects.create(
        **new,
        title="Jugement",
        reliability_reason="une copie certifiée",
        kind="S_COURTDOC",
        reliability="B",
        on="2026-06",
        is_general=True,
        secrecy="AT_RECORD",
        attribution="le jugement",
        link="https://example.org/report",
        seen_on="2026-07",
        identity="quelqu’un",
    )
    other = Source.objects.create(**new, title="Témoin", kind="S_WITNESS")
    words = {"on": "2025-03-14", "use": "law", "status": "VS_CORROB", "credibility": 2}
    claim = Claim.objects.create(**new, number=3, text="Elle a été arrêtée.", **words, discloses_nothing=False)
    ClaimItem.objects.create(claim=claim, item="CI_BIO")
    for row in (held, *Place.objects.filter(case=case), *Charge.objects.filter(case=case, detention=again)):
        for name in {"arrest_claim", "claim", "charge_claim", "trial_claim", "sentence_claim"} & set(
            field.name for field in row._meta.fields
        ):
            setattr(row, name, claim)
        row.save()
    Citation.objects.create(**new, claim=claim, source=source, kind="supports", place="p. 4")
    Citation.objects.create(**new, claim=claim, source=other, kind="contradicts")
    TimelineEvent.objects.create(
        **new, on=NotedText("2027-01", "en janvier"), event="Une audience.", is_expected=True, claim=claim
    )
    RightImplicated.objects.create(**new, right="R_LIBERTY", fact="Arrêtée sans mandat.")
    demand = Demand.objects.create(**new, text="Qu’elle voie un médecin", aim="doctor", is_lead=False, rank=1)
    Ask.objects.create(**new, demand=demand, to="la Ministre", text="Un médecin", by="2026-12-15", audience="AU_DIPLO")
    PacketAnswer.objects.create(**new, field="id_affiliation", answer="unknown", asked="La famille, 9 novembre")
    for number, original in enumerate(originals_of(case)):
        a_translation(original, f"words {number}", language="en", is_signed=number % 2 == 0)
    a_translation(originals_of(case)[0], "слова", language="ru", is_signed=False)
    case.why_now = "La cour siège demain."  # its translation is stale now
    case.save()
    return Case.objects.get(pk=case.pk)


def row_told(row: Any) -> tuple[Any, ...]:
    """Return what a row carries; one it points to by what that one carries."""
    told = []
    for field in row._meta.concrete_fields:
        if of(type(row), field.name) not in CARRIED:
            continue
        value = getattr(row, field.name)
        if isinstance(field, ForeignKey):
            value = row_told(value) if value is not None else None
        told.append((field.name, value or None, note_of(value) if isinstance(value, str) else ""))
    return tuple(told)


def packet_told(case: Case) -> dict[str, Any]:
    """Return everything that a case carries, by kind of row."""
    found: dict[str, Any] = {"case": row_told(case)}
    for model in set(SENT) - {Case, ClaimItem, Translation}:
        found[model.__name__] = [
            row_told(row) for row in model._default_manager.filter(case=case).order_by("created_at")
        ]
    items = ClaimItem.objects.filter(claim__case=case).order_by("claim__number", "item")
    found["ClaimItem"] = [row.item for row in items]
    found["citations"] = sorted(
        (row.claim.text, row.source.title, row.kind) for row in Citation.objects.filter(case=case)
    )
    return found


def translations_told(case: Case) -> list[tuple[str, ...]]:
    """Return the translations with what they translate now, who translated, and whether they are stale."""
    originals = {one.key: one.words for one in originals_of(case)}
    return sorted(
        (
            row.what,
            row.language,
            row.text,
            row.original,
            row.translated_elsewhere or str(row.translated_by),
            "" if row.is_of(originals[(row.what, row.row_id)]) else "stale",
        )
        for row in Translation.objects.filter(case=case)
    )


def sent_round(tmp_path: Path, case: Case) -> Case:
    """Write the packet as ana and bring it in as sam, who may not see hers."""
    out = tmp_path / "packet.json"
    out.write_text(json.dumps(told_of([case]), ensure_ascii=False))
    a_person("sam")
    call_command("import_cases", str(out), "--as", "sam")
    return Case.objects.exclude(pk=case.pk).get()


def test_what_goes_out_comes_in_the_same(tmp_path: Path) -> None:
    case = a_whole_packet()
    before = packet_told(case)
    assert {name for model in SENT for name in empty_fields(model, case)} == set(), "nothing is compared there"
    here = sent_round(tmp_path, case)
    assert packet_told(here) == before
    assert translations_told(here) == translations_told(case)
    assert here.lead.username == "sam"


def empty_fields(model: type[Model], case: Case) -> set[str]:
    """Return the carried fields that say nothing in any row."""
    rows = list(model._default_manager.filter(**{"pk": case.pk} if model is Case else own(model, case)))
    names = [field.name for field in model._meta.concrete_fields if of(model, field.name) in CARRIED]
    first = {"demand.is_lead"}  # False is what it says
    elsewhere = {"translation.translated_elsewhere"}
    silent = {of(model, name) for name in names if not any(getattr(row, name) for row in rows)}
    return silent - first - elsewhere


def own(model: type[Model], case: Case) -> dict[str, Any]:
    return {"claim__case": case} if model is ClaimItem else {"case": case}


def test_a_packet_that_went_round_twice_is_still_the_same(tmp_path: Path) -> None:
    case = a_whole_packet()
    here = sent_round(tmp_path, case)
    once, twice = told_of([case])["cases"][0], told_of([here])["cases"][0]
    for told in (once, twice):
        for row in rows_with_translations(told):
            for one in row["translations"]:
                one["state"] = "waits" if one["state"] == "signed" else one["state"]
    assert twice == once


def rows_with_translations(told: Any) -> list[dict[str, Any]]:
    if isinstance(told, list):
        return [row for one in told for row in rows_with_translations(one)]
    if not isinstance(told, dict):
        return []
    inner = [row for value in told.values() for row in rows_with_translations(value)]
    return [*inner, *([told] if "translations" in told else [])]


def test_nothing_that_was_signed_elsewhere_is_signed_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = a_whole_packet()
    assert Translation.objects.filter(case=case).exclude(signed_by=None).count() > 5
    here = sent_round(tmp_path, case)
    rows = Translation.objects.filter(case=here)
    assert rows.count() == Translation.objects.filter(case=case).count()
    assert not rows.exclude(signed_by=None, signed_at=None).exists()
    assert {row.translated_by.username for row in rows} == {"sam"}, "and sam may sign none of them"
    assert {row.translated_elsewhere for row in rows} == {str(a_person("leila"))}
    assert f"Alder: translations: {rows.count()}." in capsys.readouterr().out


def test_who_translated_elsewhere_is_shown_until_somebody_here_translates_anew(client: Any, tmp_path: Path) -> None:
    from casework.actions.translations import Line, translate  # the verb of the page

    here = sent_round(tmp_path, a_whole_packet())
    original = next(one for one in originals_of(here) if one.what == "claim.text")
    row = Translation.objects.get(case=here, what="claim.text", language="en")
    line = Line(original.what, original.row.pk, "Other words", row.version, original.mac.hex())
    translate(actor=a_person("sam"), case=here, language="en", lines=[line])
    row.refresh_from_db()
    assert (row.text, row.translated_elsewhere) == ("Other words", "")


def test_a_dry_run_tells_the_translations_and_writes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = a_whole_packet()
    (tmp_path / "packet.json").write_text(json.dumps(told_of([case]), ensure_ascii=False))
    count = Translation.objects.count()
    a_person("sam")
    call_command("import_cases", str(tmp_path / "packet.json"), "--as", "sam", "--dry-run")
    assert f"Alder: translations: {count}." in capsys.readouterr().out
    assert (Case.objects.count(), Translation.objects.count()) == (1, count)


def test_what_protects_somebody_stays_here(tmp_path: Path) -> None:
    case = a_whole_packet()
    here = sent_round(tmp_path, case)
    assert "quelqu" not in (tmp_path / "packet.json").read_text()
    assert Person.objects.get(case=here).formless_in == ""
    assert stat.S_IMODE((tmp_path / "packet.json").stat().st_mode) == 0o600


A_CASE = {"codename": "Alder", "country": "XPR", "status": "DS_PRETRIAL", "occupation": "editor"}
FRENCH = {"field": "occupation", "language": "fr", "words": "rédacteur"}
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"language": "de"}, "language"),
    ({"spoken_of": "robot"}, "spoken_of"),
    ({"translations": [{**FRENCH, "language": "en"}]}, "translations[0].language"),
    ({"translations": [{**FRENCH, "language": "xx"}]}, "translations[0].language"),
    ({"translations": [{**FRENCH, "field": "why_now"}]}, "translations[0].field"),
    ({"translations": [{**FRENCH, "field": "summary"}]}, "translations[0].field"),
    ({"translations": [FRENCH, FRENCH]}, "translations[1].language"),
    ({"translations": [{**FRENCH, "words": ""}]}, "translations[0].words"),
    ({"translations": [{**FRENCH, "state": "read"}]}, "translations[0].state"),
    ({"translations": [{**FRENCH, "state": "stale"}]}, "translations[0].of"),
    ({"translations": [{**FRENCH, "state": "signed", "of": "printer"}]}, "translations[0].state"),
    ({"translations": [{**FRENCH, "signed_by": "rui"}]}, "translations[0].signed_by"),
    ({"rights": ["R_LIBERTY"], "rights_shown_by": [{"right": "R_HEALTH", "fact": "x"}]}, "rights_shown_by[0].right"),
    ({"timeline": [{"date": "2025", "event": "x", "claim": 1}]}, "timeline[0].claim"),
    ({"answers": [{"question": "id_affiliation", "answer": "unknown"}]}, "answers[0].asked"),
    ({"answers": [{"question": "nothing", "answer": "not_needed"}]}, "answers[0].question"),
    ({"born": {"date": "soon", "calendar": "x"}}, "born.date"),
    ({"born": {"date": "1970", "calendar": "x", "more": 1}}, "born.more"),
]


@pytest.mark.parametrize(
    ("told", "field"), FAULTS, ids=[f"{field}-{number}" for number, (_, field) in enumerate(FAULTS)]
)
def test_each_fault_is_told_at_its_field(told: dict[str, Any], field: str) -> None:
    with pytest.raises(FileRefused) as refused:
        amparo.read([{**A_CASE, **told}])
    assert [fault.field for fault in refused.value.faults] == [field]


def test_the_same_fields_without_the_fault_come_in() -> None:
    told = {"translations": [{**FRENCH, "state": "stale", "of": "printer", "by": "Ana"}], "language": "en"}
    case = amparo.read([{**A_CASE, **told, "spoken_of": "man"}])[0]
    assert (case.language, case.spoken_of, case.translations[0].original) == ("en", "man", "printer")


def test_a_reader_of_the_language_signs_here_what_came_in(tmp_path: Path) -> None:
    from casework.actions.translations import sign  # the verb of the page

    here = sent_round(tmp_path, a_whole_packet())
    reader = a_reader("omar", "en")
    put_on(here, reader, "reader")
    row = Translation.objects.get(case=here, what="claim.text", language="en")
    assert sign(actor=reader, case=here, language="en", rows=[(row.pk, row.version)]) == 1
