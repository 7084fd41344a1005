"""Every field of a claim, a source and a citation is declared, and shown, changed and exchanged as declared."""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case, Citation, Claim, ClaimItem, Source
from casework.models.evidence_fields import CITATION, CLAIM, OF_EACH_ROW, SOURCE, Declared
from exchange import amparo
from exchange.bringing_in import bring_in
from exchange.faults import FileRefused
from exchange.listing import as_json, listed
from tests.factories import a_case
from tests.people import a_person, signed_in

EXCHANGE = Path(__file__).parents[2] / "docs" / "exchange.md"
DECLARED: dict[type[Model], Mapping[str, Declared]] = {Claim: CLAIM, Source: SOURCE, Citation: CITATION}
IN_FILE = [(model, name) for model in (Claim, Source) for name in DECLARED[model] if name not in OF_EACH_ROW]

# What a made-up row holds where a text with the field's name would be no value of it, and the words a page has for it.
HOLDS: dict[tuple[type[Model], str], tuple[Any, str]] = {
    (Claim, "number"): (47, "Claim 47"),
    (Claim, "on"): ("1987-05", "May 1987"),
    (Claim, "use"): ("law", "Legal position"),
    (Claim, "status"): ("VS_CORROB", "Corroborated"),
    (Claim, "credibility"): (2, "2: "),
    (Claim, "items"): (["CI_TORTURE"], "orture"),
    (Claim, "discloses_nothing"): (False, "orture"),
    (Claim, "citations"): (None, "Title of the source"),
    (Claim, "verified_by"): (None, "Dara"),
    (Claim, "verified_at"): (None, "Ruled on"),
    (Source, "kind"): ("S_COURTDOC", "ourt"),
    (Source, "title"): ("Title of the source", "Title of the source"),
    (Source, "on"): ("1988-06", "June 1988"),
    (Source, "reliability"): ("B", "B: usually reliable"),
    (Source, "secrecy"): ("AT_DEEP", "eep background"),
    (Source, "formless_in"): ("TIBETAN", 'value="TIBETAN" selected'),
    (Source, "link"): ("https://example.org/report", "https://example.org/report"),
    (Source, "seen_on"): ("1988-07", "July 1988"),
    (Source, "is_general"): (True, "general public record"),
    (Source, "citations"): (None, "Claim 47"),
    (Citation, "claim"): (None, "Claim 47"),
    (Citation, "source"): (None, "Title of the source"),
    (Citation, "kind"): ("contradicts", "contradicts"),
}
FORMS: dict[str, set[type[Model]]] = {"claims": {Claim, Source, Citation}, "source_identity": {Source}}
BOXES = {Claim: "c47-{}", Source: "s1-{}", Citation: "c47-{}_1"}  # as they are called in the table
CALLED = {(Citation, "source"): "c47-add"}


def box_of(model: type[Model], name: str, place: str) -> str:
    """Return what the box for a field is called on a page with a form."""
    return CALLED.get((model, name), BOXES[model].format(name)) if place == "claims" else name


def own_fields(model: type[Model]) -> dict[str, Declared]:
    """Return the declarations of what this kind of row alone has."""
    return {name: told for name, told in DECLARED[model].items() if name not in OF_EACH_ROW}


def canary(model: type[Model], name: str) -> tuple[Any, str]:
    """Return what the field of a made-up row holds, and the words by which a page shows it."""
    own = f"Canary {name} of a {model.__name__.lower()}"  # another row on the same page may have a field of this name
    return HOLDS.get((model, name), (own, own))


def columns(model: type[Model], **other: Any) -> dict[str, Any]:
    """Return a canary for every declared column that no other value is given for."""
    own = {field.name for field in model._meta.concrete_fields} - set(OF_EACH_ROW) - set(other)
    return {name: value for name in own if (value := canary(model, name)[0]) is not None} | other


def rows_with_canaries(case: Case) -> dict[type[Model], Any]:
    """Make a source, a claim that was ruled on, and a citation, with a canary in every field."""
    source = Source.objects.create(case=case, **columns(Source))
    ruled = {"verified_by": a_person("dara"), "verified_at": timezone.now()}
    claim = Claim.objects.create(case=case, **columns(Claim, **ruled))
    ClaimItem.objects.bulk_create(ClaimItem(claim=claim, item=item) for item in canary(Claim, "items")[0])
    cited = Citation.objects.create(case=case, **columns(Citation, claim=claim, source=source))
    return {Claim: claim, Source: source, Citation: cited}


def plain_rows(case: Case) -> dict[type[Model], Any]:
    """Make the same rows with nothing in them, by which a page shows what it says anyway."""
    source = Source.objects.create(case=case, title="Nameless", kind="S_WITNESS")
    return {Source: source, Claim: Claim.objects.create(case=case, number=1, text="Nothing.")}


def words_at(client: Client, place: str, case: Case, rows: Mapping[type[Model], Any]) -> str:
    """Return a page without its tags; of the table of claims with every row open."""
    keys = [] if place == "claims" else [rows[Source if "source" in place else Claim].pk]
    query = {"rows": "open"} if place == "claims" else {}
    answer = client.get(reverse(f"casework:{place}", args=[case.reference, *keys]), query)
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2]
    return html.unescape(re.sub(r"\s+", " ", main))


@pytest.fixture
def ana(client: Client, db: None) -> Client:
    return signed_in(client, a_person("ana"))


@pytest.mark.parametrize("model", DECLARED)
def test_every_field_is_declared_and_nothing_else_is(model: type[Model]) -> None:
    related = [field for field in model._meta.related_objects if field.related_model._meta.app_label == "casework"]
    names = {field.name for field in model._meta.concrete_fields} | {field.name for field in related}
    assert names == set(DECLARED[model]), "say in casework/models/evidence_fields.py what becomes of it"


@pytest.mark.parametrize("model", DECLARED)
def test_every_declaration_answers_page_form_and_file_once(model: type[Model]) -> None:
    assert [name for name, told in DECLARED[model].items() if not told.is_whole] == []


@pytest.mark.parametrize("model", DECLARED)
def test_the_page_shows_each_field_where_it_is_declared(ana: Client, model: type[Model]) -> None:
    full, bare = a_case(codename="Alder"), a_case(codename="Sorrel")
    rows, plain = rows_with_canaries(full), plain_rows(bare)
    shown = {name: told.page for name, told in DECLARED[model].items() if told.page}
    pages = {place: words_at(ana, place, full, rows) for place in set(shown.values())}
    bare_pages = {place: words_at(ana, place, bare, plain) for place in set(shown.values())}
    assert [name for name, place in shown.items() if canary(model, name)[1] not in pages[place]] == []
    said_anyway = [name for name, place in shown.items() if canary(model, name)[1] in bare_pages[place]]
    assert said_anyway == [], "these words stand on the page of any row, so they show nothing"


@pytest.mark.parametrize("model", DECLARED)
def test_the_form_asks_for_each_field_where_it_is_declared_and_for_no_other(ana: Client, model: type[Model]) -> None:
    case = a_case()
    rows = rows_with_canaries(case)
    pages = {place: words_at(ana, place, case, rows) for place, of in FORMS.items() if model in of}
    wrong = []
    for name, told in own_fields(model).items():
        asking = {place for place, page in pages.items() if f'name="{box_of(model, name, place)}"' in page}
        if told.form not in asking if told.form else asking:
            wrong.append((name, told.form, asking))
    assert wrong == []


def a_file(model: type[Model], **fields: Any) -> dict[str, Any]:
    """Return a file of one case with one source under one claim, and these fields more in the row of this model."""
    source = {"id": "s1", "title": "Canary title", "type": "S_WITNESS"}
    claim = {"text": "Canary text", "sources": ["s1"]}
    (claim if model is Claim else source).update(fields)
    case = {"codename": "Alder", "country": "XPR", "status": "DS_PRETRIAL"}
    return {"cases": [{**case, "sources": [source], "claims": [claim]}]}


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), IN_FILE)
def test_the_file_brings_in_the_field_as_it_is_declared(model: type[Model], name: str) -> None:
    told, value = DECLARED[model][name], canary(model, name)[0]
    if told.no_exchange:
        with pytest.raises(FileRefused) as refused:
            amparo.read(a_file(model, **{name: "Canary"}))
        assert any(fault.field.endswith(f".{name}") for fault in refused.value.faults)
        return
    given = {told.exchange: value} if name != "citations" else {}
    bring_in(actor=a_person("ana"), cases=amparo.read(a_file(model, **given)))
    stored = getattr(model._default_manager.get(), name)
    if name == "items":
        stored = [row.item for row in stored.all()]
    elif name == "citations":
        stored, value = [(row.claim.text, row.source.title) for row in stored.all()], [("Canary text", "Canary title")]
    assert stored == value


@pytest.mark.django_db
def test_the_file_tells_what_supports_a_claim_and_what_speaks_against_it() -> None:
    names: dict[str, Any] = {CITATION["source"].exchange: [], CITATION["kind"].exchange: ["s1"]}
    bring_in(actor=a_person("ana"), cases=amparo.read(a_file(Claim, **names)))
    assert Citation.objects.get().kind == "contradicts"


@pytest.mark.parametrize("model", DECLARED)
def test_the_document_of_the_exchange_names_what_the_file_holds(model: type[Model]) -> None:
    lines = EXCHANGE.read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith("| `sources`" if model is Source else "| `claims`"))
    told = own_fields(model)
    beside = {
        one.exchange for other in (Claim, Citation) if model in (Claim, Citation) for one in DECLARED[other].values()
    }
    assert [name for name, one in told.items() if one.exchange and f"`{one.exchange}`" not in row] == []
    assert [name for name, one in told.items() if one.no_exchange and name not in beside and f"`{name}`" in row] == []


def test_the_list_that_goes_out_holds_no_word_of_a_claim(ana: Client) -> None:
    rows_with_canaries(a_case(codename="Alder"))
    written = "".join(as_json(listed(a_person("ana"))))
    assert "Alder" in written
    assert "Canary" not in written and "Title of the source" not in written
