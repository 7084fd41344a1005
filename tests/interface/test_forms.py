"""What a drawn form says to eyes and to screen readers."""

import re
from pathlib import Path

from django import forms
from django.conf import settings
from django.template import engines

from tests.interface.samples import ArrestForm, CodenameForm

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def drawn(form: forms.BaseForm) -> str:
    return re.sub(r"\s+", " ", str(form))


def filled() -> ArrestForm:
    return ArrestForm({"arrested_day": "14", "arrested_year": "25", "place": "<b>Tarn</b>"})


def test_a_fault_stands_above_its_control_and_is_tied_to_it() -> None:
    html = drawn(CodenameForm({}))
    assert '<ul class="faults" id="id_codename_error">' in html
    assert html.index("id_codename_error") < html.index("<input")
    assert 'aria-invalid="true"' in html and 'aria-describedby="id_codename_error"' in html


def test_a_hint_is_tied_to_its_control_and_optional_is_said_in_words() -> None:
    html = drawn(ArrestForm())
    assert re.search(r'<label for="id_place"> ?Where\? <span class="optional">\(optional\)</span> ?</label>', html)
    assert re.search(r'name="place"[^>]* aria-describedby="id_place_helptext"', html)
    assert "What happened <span" not in html and "told</label> <span" not in html


def test_a_group_is_a_fieldset_with_a_legend_and_its_fault() -> None:
    html = drawn(filled())
    assert re.search(r'<fieldset aria-describedby="id_warrant_error"> ?<legend>Was a warrant shown\?</legend>', html)
    assert html.count("<fieldset") == html.count("</fieldset>") == 3


def test_an_imprecise_date_names_each_of_its_boxes() -> None:
    html = drawn(filled())
    for part, words in enumerate(["Day", "Month", "Year", "About", "Calendar"]):
        assert re.search(rf'<label for="id_arrested_{part}">{words}', html)
    assert 'name="arrested_day" value="14"' in html


def test_what_was_typed_stays_and_is_escaped() -> None:
    assert "&lt;b&gt;Tarn&lt;/b&gt;" in drawn(filled())


def test_the_summary_names_every_fault_with_a_link() -> None:
    template = engines["django"].from_string('{% include "parts/error_summary.html" %}')
    html = template.render({"form": filled()})
    assert "3 answers need a second look" in html
    assert re.findall(r'href="#(\w+)"', html) == ["id_arrested_0", "id_warrant_0", "id_story"]
    assert template.render({"form": ArrestForm()}).strip() == ""


def test_the_summary_of_a_set_of_forms_names_the_faults_of_all() -> None:
    formset = forms.formset_factory(CodenameForm, extra=2, min_num=2, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-codename": "Heron", "form-1-codename": ""}
    html = (
        engines["django"]
        .from_string('{% include "parts/error_summary.html" %}{{ formset }}')
        .render({"formset": formset(data)})
    )
    assert 'href="#id_form-1-codename"' in html and 'name="form-TOTAL_FORMS"' in html


def test_a_fault_of_the_whole_form_stands_once_above_it_and_is_no_answer() -> None:
    form = CodenameForm({"codename": "Heron"})
    form.add_error(None, "Both cannot be true.")
    html = engines["django"].from_string('{% include "parts/error_summary.html" %}|{{ form }}').render({"form": form})
    assert [part.count("Both cannot be true.") for part in html.split("|")] == [1, 0]
    assert "Not done, for one reason" in html and "needs a second look" not in html


def test_a_fault_of_a_hidden_answer_is_said_above_the_form() -> None:
    form = CodenameForm({"codename": "Heron"})
    form.fields["codename"].widget = forms.HiddenInput()
    form.add_error("codename", "This page was open too long.")
    html = engines["django"].from_string('{% include "parts/error_summary.html" %}|{{ form }}').render({"form": form})
    assert [part.count("This page was open too long.") for part in html.split("|")] == [1, 0]
    assert 'type="hidden"' in html


def test_every_page_that_draws_a_whole_form_says_its_faults_above_it() -> None:
    drawn = re.compile(r"\{\{ ?(form|formset) ?\}\}")
    partials = {"safety/_hold_body.html"}
    pages = [
        page for page in TEMPLATES.rglob("*.html") if "django" not in page.parts and drawn.search(page.read_text())
    ]
    silent = {str(page.relative_to(TEMPLATES)) for page in pages if "parts/error_summary.html" not in page.read_text()}
    assert len(pages) > 10 and silent == partials, silent ^ partials
