"""Whatever a file holds, it ends in cases or in faults with their place: nothing is dropped in silence, nothing breaks."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.actions.people import add_name, change_name
from casework.models import Case, Name
from exchange import amparo
from exchange.bringing_in import bring_in
from exchange.faults import Fault, FileRefused, shown
from exchange.writing import Writer
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
WHOLE = json.loads((Path(__file__).parent / "historical_cases.json").read_text(encoding="utf-8"))
CASE = {"codename": "Bracken", "country": "XPR", "status": "DS_RELEASED"}
LEGAL = {"kind": "legal", "script": "Latn"}


def a_case_told(**fields: Any) -> dict[str, Any]:
    return {"cases": [{**CASE, **fields}]}


def faults_of(told: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(FileRefused) as refused:
        amparo.read(told)
    return [(fault.case, fault.field, fault.reason) for fault in refused.value.faults]


def refused_file(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str], *options: str, who: str = "ana") -> str:
    """Bring a file in both ways, as a trial and in earnest; return what the command said, the same both times."""
    a_person(who)
    path = tmp_path / "told.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    said = []
    for more in (["--dry-run"], []):
        with pytest.raises(CommandError) as refused:
            call_command("import_cases", str(path), "--as", who, *more, *options)
        assert refused.value.returncode == 1
        answer = capsys.readouterr()
        said.append(answer.err + answer.out)
    assert said[0] == said[1] and not Case.objects.exists()
    said[0].encode()
    return said[0]


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ('"names":[{"kind":"legal","script":"Latn","value":"A\\ud83d B"}]', "names[0].value", r"A\ud83d B"),
        ('"occupation":"\\udc00"', "occupation", r"\udc00"),
        ('"demands":["Re\\u0000lease"]', "demands[0]", r"Re\u0000lease"),
        ('"rights":["R_\\ud800"]', "rights[0]", "take it out"),
        ('"claims":[{"text":"x","sources":["\\u0000"]}]', "claims[0].sources[0]", "take it out"),
        ('"claims":[{"text":"x","credibility":' + "9" * 5000 + "}]", "claims[0].credibility", "from 1 to 6"),
        ('"claims":[{"text":"x","credibility":1e999}]', "claims[0].credibility", "from 1 to 6"),
        ('"claims":[{"text":"x","credibility":NaN}]', "claims[0].credibility", "from 1 to 6"),
        ('"occupation":' + "9" * 5000, "occupation", "must be text"),
        ('"sources":[{"id":"s1","title":"x","type":"S_WITNESS","general":1}]', "sources[0].general", "true or false"),
        ('"born":"1950","born":"1960"', "born", "stands twice here"),
        ('"detentions":[{"start":"1950","charges":[{"law":"a","law":"a"}]}]', "detentions[0].charges[0].law", "twice"),
        ('"persons":[]', "persons", "not known"),
        ('"sho\\ud800e":4', r"sho\ud800e", "not known"),
    ],
)
def test_what_cannot_be_kept_is_a_fault_at_its_place_and_nothing_is_written(
    fields: str, place: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f'{{"cases":[{{"codename":"Bracken","country":"XPR","status":"DS_RELEASED",{fields}}}]}}'
    said = refused_file(tmp_path, text, capsys)
    assert f"Bracken: {place}: " in said and words in said
    answer = json.loads(refused_file(tmp_path, text, capsys, "--json").splitlines()[-1])
    assert place in {fault["field"] for fault in answer["faults"]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"cases":[],"persons":[{"name":"lost"}]}', "persons: this field is not known"),
        ('{"cases":[],"cases":[{"codename":"Bracken"}]}', "cases: stands twice here"),
        ('{"about":["invented"],"cases":[]}', "about: must be text"),
        ('{"about":"invented"}', "cases: is missing"),
        ('{"cases":{"codename":"Bracken"}}', "cases: must be a list"),
        ('"cases"', "must hold a list of cases"),
        ("7" * 5000, "must hold a list of cases"),
        ("null", "must hold a list of cases"),
        ('{"cases":[\n{"codename":}]}', "line 2 at letter 13"),
        ("[" * 100_000, "nested too deeply"),
        ('{"cases":[{"codename":"\ud800"}]}', "not in UTF-8, seen at byte 24"),
    ],
)
def test_what_stands_around_the_cases_is_read_as_strictly(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in refused_file(tmp_path, text, capsys)


def test_a_list_of_texts_is_checked_like_a_text_that_stands_alone() -> None:
    long = "x" * 20_001
    told = a_case_told(demands=["Release", long, 4, " ", "\x00"], occupation=long)
    places = {field: reason for _case, field, reason in faults_of(told)}
    assert set(places) == {"demands[1]", "demands[2]", "demands[3]", "demands[4]", "occupation"}
    assert places["demands[1]"] == places["occupation"] and "20001 letters" in places["occupation"]


def test_a_name_has_one_limit_in_the_file_the_form_and_every_action(client: Any) -> None:
    told = a_case_told(names=[{**LEGAL, "value": "W" * 201}, {**LEGAL, "value": "W" * 200}])
    assert [(field, "200" in reason) for _case, field, reason in faults_of(told)] == [("names[0].value", True)]
    bring_in(actor=a_person("ana"), cases=amparo.read(a_case_told(names=[{**LEGAL, "value": "W" * 200}])))
    case, row = Case.objects.get(), Name.objects.get()
    signed_in(client, a_person("ana"))
    line = {"value": row.value, "script": "Latn", "kind": "legal", "pk": str(row.pk), "version": str(row.version)}
    typed = {f"names-0-{name}": value for name, value in line.items()}
    count = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "version": str(case.persons.get().version)}
    for value, status in ((row.value, 302), ("W" * 201, 422)):
        answer = client.post(f"/cases/{case.reference}/identity/change/", {**typed, **count, "names-0-value": value})
        assert answer.status_code == status, value
    for write in (
        lambda: add_name(actor=case.lead, case=case, kind="legal", script="Latn", value="W" * 201),
        lambda: change_name(actor=case.lead, row=row, version=row.version, values={"value": "W" * 201}),
    ):
        with pytest.raises(Exception, match="longer than 200 letters"):
            write()


def test_more_names_than_the_form_shows_are_a_fault_and_a_name_comes_in_as_the_form_keeps_it() -> None:
    many = [{**LEGAL, "value": f"Name {number}"} for number in range(41)]
    assert [field for _case, field, _reason in faults_of(a_case_told(names=many))] == ["names"]
    assert faults_of(a_case_told(names=[{**LEGAL, "value": "\u202b\u202c"}]))[0][1] == "names[0].value"
    told = a_case_told(names=[{**LEGAL, "value": " \u2068Vedran\n \u202bOskolov\u202c\u2069"}])
    assert amparo.read(told)[0].names[0].value == "Vedran Oskolov"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"detentions": [{"start": "1990", "end": "1989"}]}, "detentions[0].end"),
        ({"detentions": [{"start": "1990", "places": [{"place": "x", "from": "1995", "to": "1991"}]}]}, "detentions[0].places[0].to"),
        ({"sources": [{"id": "s", "title": "x", "type": "S_WITNESS", "secrecy": "AT_RECORD"}]}, "sources[0].attribution"),
    ],
)  # fmt: skip
def test_what_the_form_would_refuse_to_save_again_does_not_come_in(fields: dict[str, Any], place: str) -> None:
    assert place in {field for _case, field, _reason in faults_of(a_case_told(**fields))}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"born": "1918?"}, {"born": "1918~"}),
        ({"activity": "Müller was held"}, {"activity": "Muller was held"}),
        ({"activity": "He was held."}, {"activity": "He was held"}),
        ({"activity": "HELD"}, {"activity": "held"}),
        ({"demands": ["Release"]}, {"demands": ["Re\u200clease"]}),
        ({"activity": "e\u0301"}, {"activity": "é"}),
    ],
)
def test_a_mended_file_is_told_from_the_one_that_was_brought_in(first: dict[str, Any], second: dict[str, Any]) -> None:
    ana = a_person("ana")
    kinds = [bring_in(actor=ana, cases=amparo.read(a_case_told(**told)))[0].kind for told in (first, first, second)]
    assert kinds == ["brought-in", "already-here", "differs"]


@pytest.mark.parametrize(("one", "other"), [("Otter-1", "Otter 1"), ("Plover1", "Plover-1")])
def test_two_codenames_of_a_file_are_two_cases_or_a_fault_that_names_them(one: str, other: str) -> None:
    told = [{**CASE, "codename": name} for name in (one, other)]
    try:
        outcomes = bring_in(actor=a_person("ana"), cases=amparo.read(told))
    except FileRefused as refused:
        assert {one, other} & {fault.case for fault in refused.faults} and not Case.objects.exists()
    else:
        assert {row.kind for row in outcomes} == {"brought-in"} and Case.objects.count() == 2


def test_the_order_of_fields_and_the_white_space_of_a_file_are_no_other_telling(tmp_path: Path) -> None:
    row = {**CASE, "born": "1918", "names": [{**LEGAL, "value": "Ilias"}]}
    path = tmp_path / "a.json"
    path.write_text(json.dumps([dict(reversed(row.items()))], indent=3))
    assert amparo.read_file(str(path))[0].tag == amparo.read([copy.deepcopy(row)])[0].tag


def test_a_value_of_the_file_is_quoted_short_and_without_what_a_screen_would_obey() -> None:
    assert shown("a\x1b[31m\u202eb\ud800\n") == r"a\u001b[31m\u202eb\ud800\u000a"
    assert shown("سید علی‌نقی") == "سید علی‌نقی" and len(shown("x" * 900)) == 81
    assert str(Fault("Br\x1back", "na\x07me", "is missing")) == r"Br\u001back: na\u0007me: is missing"


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=12)
    | st.sampled_from(["DS_DIED", "XPR", "1956-08", "Latn", "legal", "S_WITNESS", "R_TORTURE", "1990/1980", "-9999", "Y-170000002"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places_in(one, (*path, key)))]


PLACES = places_in(WHOLE)


def spoiled(changes: list[tuple[tuple[Any, ...], Any]]) -> Any:
    """Return the historical file with other values in some of its places; a place that is gone by then is passed over."""
    given = copy.deepcopy(WHOLE)
    for path, value in changes:
        if not path:
            return value
        spot: Any = given
        try:
            for key in path[:-1]:
                spot = spot[key]
            spot[path[-1]] = value
        except (LookupError, TypeError):
            continue
    return given


some = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@some
@given(ANYTHING)
def test_any_value_of_json_is_cases_or_faults(value: Any) -> None:
    try:
        amparo.read(value)
        amparo.read([value])
    except FileRefused as refused:
        assert refused.faults and str(refused).encode()


@some
@given(st.lists(st.tuples(st.sampled_from(PLACES), ANYTHING), min_size=1, max_size=4))
def test_any_value_in_any_place_of_a_true_file_is_cases_or_faults(changes: list[Any]) -> None:
    try:
        cases = amparo.read(spoiled(changes))
    except FileRefused as refused:
        assert refused.faults and str(refused).encode()
    else:
        assert all(case.tag and case.codename for case in cases)


@settings(some, max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(PLACES), ANYTHING), min_size=1, max_size=2), st.binary(max_size=40))
def test_any_bytes_and_any_spoiled_file_go_through_the_command_without_breaking(
    tmp_path_factory: Any, changes: list[Any], raw: bytes
) -> None:
    a_person("ana")
    folder = tmp_path_factory.mktemp("files")
    (folder / "raw.json").write_bytes(raw)
    (folder / "spoiled.json").write_text(json.dumps(spoiled(changes)), encoding="ascii")
    for name in ("raw", "spoiled"):
        try:
            call_command("import_cases", str(folder / f"{name}.json"), "--as", "ana", "--dry-run")
        except CommandError as refused:
            assert refused.returncode == 1
        assert not Case.objects.exists()


def test_what_only_the_database_refuses_is_a_fault_of_its_case_and_takes_everything_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(writer: Writer) -> None:
        if writer.told.codename == "Teasel":
            raise IntegrityError

    monkeypatch.setattr(Writer, "_asks", refuse)
    told = [*amparo.read(a_case_told()), *amparo.read(a_case_told(codename="Teasel"))]
    with pytest.raises(FileRefused) as refused:
        bring_in(actor=a_person("ana"), cases=told)
    assert [fault.case for fault in refused.value.faults] == ["Teasel"] and not Case.objects.exists()
