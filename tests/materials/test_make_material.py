"""The commands: a draft, the signed bytes, the scan of any text, and what the gate says."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from casework.actions.asks import still_makes_sense
from casework.models import Case, Demand
from materials.actions import dispatches
from materials.models import Copy, Dispatch, Material
from papers.pdf import rendering
from tests.advocacy.journeys import cleared, in_review
from tests.directory.entries import to_somebody
from tests.factories import a_case, a_contact, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not rendering.is_available(), reason="needs pango")
CASES = Path(__file__).parent.parent / "casework" / "historical_cases.json"


def make(case: Case, *more: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(
        "make_material", case.reference, "--kind", "minister", "--as", "ana", *more, stdout=out, stderr=out, **options
    )
    return out.getvalue()


def text_of(path: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True, timeout=60
    ).stdout


@needs_pango
def test_a_draft_says_so_on_its_page_and_has_no_copy_number(tmp_path: Path) -> None:
    case = a_full_packet()
    path = tmp_path / "draft.pdf"
    assert "It is not cleared" in make(case, "--language", "en", "--out", str(path))
    text = text_of(path)
    assert "DRAFT, NOT CLEARED" in text and "Ilias Varanen" in text and "Copy" not in text
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    make(case, "--out", str(path))
    assert Material.objects.count() == 1


@needs_pango
def test_the_cleared_bytes_are_those_of_the_copy(tmp_path: Path, django_capture_on_commit_callbacks: Any) -> None:
    material = cleared()
    ana = a_person("ana")
    (copy,) = dispatches.dispatch(actor=ana, material=material, to=[to_somebody("Minister’s office")])
    with django_capture_on_commit_callbacks(execute=True):
        dispatches.queue_copy(actor=ana, copy=copy)
    path = tmp_path / "copy.pdf"
    make(material.cases.get(), "--cleared", "--out", str(path))
    assert path.read_bytes() == Copy.objects.get().file


@pytest.mark.parametrize("name", ["{0}.pdf", "briefing_{1}.pdf", "{1} 2.PDF"])
def test_a_file_is_not_named_by_the_reference_or_the_codename(tmp_path: Path, name: str) -> None:
    case = a_full_packet()
    path = tmp_path / name.format(case.reference.lower(), case.codename.upper())
    with pytest.raises(CommandError, match="name of the file") as refused:
        make(case, "--out", str(path))
    assert refused.value.returncode == 2 and not path.exists()


def test_an_uncleared_case_exits_one_with_every_reason_and_leaves_nothing(tmp_path: Path) -> None:
    case = a_case()
    path = tmp_path / "none.pdf"
    with pytest.raises(CommandError) as refused:
        make(case, "--cleared", "--out", str(path))
    assert refused.value.returncode == 1
    for code in ("no-consent", "no-assessment", "no-review", "no-clearance", "leak-scan-missing"):
        assert f"{code}: " in str(refused.value)
    assert not path.exists() and not Material.objects.exists() and not Dispatch.objects.exists()


def test_an_imported_case_is_not_cleared_and_says_why(tmp_path: Path) -> None:
    a_person("ana")
    call_command("import_cases", str(CASES), "--profile", "amparo", "--as", "ana", stdout=io.StringIO())
    for case in Case.objects.all():
        with pytest.raises(CommandError) as refused:
            make(case, "--language", "en", "--cleared", "--out", str(tmp_path / "x"))
        assert refused.value.returncode == 1
        for words in ("no live consent", "no risk assessment", "No second person has signed", "makes sense"):
            assert words in str(refused.value)
    assert not Material.objects.exists() and not (tmp_path / "x").exists()


@needs_pango
def test_a_draft_of_an_imported_case_names_nobody_without_consent(tmp_path: Path) -> None:
    a_person("ana")
    call_command("import_cases", str(CASES), "--profile", "amparo", "--as", "ana", stdout=io.StringIO())
    case = Case.objects.get(codename="Heron")
    for demand in Demand.objects.filter(case=case):
        still_makes_sense(actor=case.lead, row=demand)
    make(case, "--out", str(tmp_path / "draft.pdf"))
    text = text_of(tmp_path / "draft.pdf")
    assert "DRAFT, NOT CLEARED" in text and "Mandela" not in text and "Robben" not in text and "lawyer" not in text


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("minister", ("no-consent", "no-assessment", "no-review")),
        (
            "supporters",
            ("no-consent", "no-assessment", "no-review", "posture-forbids", "family-not-told", "no-rapid-check"),
        ),
    ],
)
def test_each_kind_names_what_is_missing(tmp_path: Path, kind: str, codes: tuple[str, ...]) -> None:
    case = a_case()
    with pytest.raises(CommandError) as refused:
        call_command(
            "make_material", case.reference, "--kind", kind, "--cleared", "--out", str(tmp_path / "x"), "--as", "ana"
        )
    assert all(f"{code}: " in str(refused.value) for code in codes)


def test_whoever_may_not_know_of_the_case_learns_nothing(tmp_path: Path) -> None:
    case = a_full_packet()
    a_person("sam")
    for name in ("make_material", "leak_scan"):
        more = ["--kind", "minister", "--out", str(tmp_path / "x")] if name == "make_material" else []
        for reference in (case.reference, "AAAA-2222"):
            with pytest.raises(CommandError, match="There is no such case for this person") as refused:
                call_command(name, reference, *more, "--as", "sam")
            assert refused.value.returncode == 1


def test_a_reader_makes_no_draft(tmp_path: Path) -> None:
    case = a_full_packet()
    on_case(case, "leon", "reader")
    with pytest.raises(CommandError) as refused:
        call_command(
            "make_material", case.reference, "--kind", "minister", "--out", str(tmp_path / "x"), "--as", "leon"
        )
    assert refused.value.returncode == 1 and not Material.objects.exists()


def scan(monkeypatch: Any, case: Case, text: str, *more: str) -> tuple[int, Any]:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    try:
        call_command("leak_scan", case.reference, "--json", "--as", "ana", *more, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_a_text_is_scanned_against_what_consent_opens(monkeypatch: Any) -> None:
    case = a_full_packet()
    a_contact(case, "Mara Ilves")
    assert scan(monkeypatch, case, "Nothing of the case stands here.")[0] == 0
    code, found = scan(monkeypatch, case, "Ilias Varanen and M a r a Ilves")
    assert code == 1 and {row["field"] for row in found["findings"]} == {"casework.name.value", "casework.contact.name"}
    code, found = scan(monkeypatch, case, "Ilias Varanen", "--audience", "public")
    assert (code, found["verdict"]) == (0, "clean")
    assert scan(monkeypatch, case, "Ilias Varanen", "--audience", "parliament")[0] == 1


def test_examine_prints_every_reason(capsys: Any) -> None:
    material = in_review()
    err = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("examine", str(material.pk), "--as", "ana", stderr=err)
    assert end.value.code == 1 and "no-review: " in err.getvalue()
    out = io.StringIO()
    on_case(material.cases.get(), "rui", "reviewer")
    call_command("examine", str(material.pk), "--as", "rui", "--moment", "review", "--json", stdout=out)
    assert json.loads(out.getvalue())["is_open"] is True
    with pytest.raises(CommandError) as refused:
        call_command("examine", "not-a-key", "--as", "ana")
    assert refused.value.returncode == 2


@needs_pango
def test_a_draft_whose_facts_changed_says_so_and_is_composed_again_when_asked(tmp_path: Path) -> None:
    case, path = a_full_packet(), tmp_path / "draft.pdf"
    assert "Facts changed" not in make(case, "--out", str(path))
    name = case.persons.get().names.get(script="Latn")
    name.value = "Ilias Orlen"
    name.save()
    said = make(case, "--out", str(path))
    assert "Facts changed since revision 1. With --compose-again" in said and "Ilias Varanen" in text_of(path)
    assert json.loads(make(case, "--json", "--out", str(path)))["is_stale"] is True
    said = make(case, "--compose-again", "--out", str(path))
    assert "Facts changed" not in said and "Ilias Orlen" in text_of(path) and "Varanen" not in text_of(path)
