"""Dates and numbers in each language of the papers: the forms that they take, and that they are found again in a text."""

import ast
import datetime as dt
from pathlib import Path

import pytest

from directory.dates.durations import Duration
from papers import composing as composing_package
from papers.composing import words
from papers.composing.word_table import HOLE, OF_A_NUMBER, WordForms, counted, form_of
from papers.pdf.fonts import letters_without_font

TABLE = words.fixed_words()
COUNTED = sorted(key for key, row in TABLE.items() if OF_A_NUMBER in row["ru"])
each_language = pytest.mark.parametrize("language", words.NAMES)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# --- dates --------------------------------------------------------------------------------------------------------------

# EDTF text: as it stands by itself, behind "since", behind "until", and where "on" or "in" belongs.
DATES = {
    ("fr", "2025-03-01"): ("1er mars 2025", "depuis le 1er mars 2025", "jusqu’au 1er mars 2025", "le 1er mars 2025"),
    ("fr", "2025-08-14"): ("14 août 2025", "depuis le 14 août 2025", "jusqu’au 14 août 2025", "le 14 août 2025"),
    ("fr", "2025-04"): ("avril 2025", "depuis avril 2025", "jusqu’en avril 2025", "en avril 2025"),
    ("fr", "2025"): ("2025", "depuis 2025", "jusqu’en 2025", "en 2025"),
    ("fr", "2025-03~"): (
        "mars 2025 environ",
        "depuis mars 2025 environ",
        "jusqu’en mars 2025 environ",
        "en mars 2025 environ",
    ),
    ("es", "2025-03-01"): (
        "1 de marzo de 2025",
        "desde el 1 de marzo de 2025",
        "hasta el 1 de marzo de 2025",
        "el 1 de marzo de 2025",
    ),
    ("es", "2025-09"): (
        "septiembre de 2025",
        "desde septiembre de 2025",
        "hasta septiembre de 2025",
        "en septiembre de 2025",
    ),
    ("es", "2025"): ("2025", "desde 2025", "hasta 2025", "en 2025"),
    ("ru", "2025-03-01"): ("1 марта 2025 г.", "с 1 марта 2025 г.", "по 1 марта 2025 г.", "1 марта 2025 г."),
    ("ru", "2025-03-02"): ("2 марта 2025 г.", "со 2 марта 2025 г.", "по 2 марта 2025 г.", "2 марта 2025 г."),
    ("ru", "2025-03-20"): ("20 марта 2025 г.", "с 20 марта 2025 г.", "по 20 марта 2025 г.", "20 марта 2025 г."),
    ("ru", "2025-05"): ("май 2025 г.", "с мая 2025 г.", "по май 2025 г.", "в мае 2025 г."),
    ("ru", "2025"): ("2025 г.", "с 2025 г.", "по 2025 г.", "в 2025 г."),
    ("ar", "2025-03-01"): ("1 مارس 2025", "منذ 1 مارس 2025", "حتى 1 مارس 2025", "في 1 مارس 2025"),
    ("ar", "2025-03~"): ("نحو مارس 2025", "منذ نحو مارس 2025", "حتى نحو مارس 2025", "في نحو مارس 2025"),
    ("en", "2025-03-14"): ("14 March 2025", "since 14 March 2025", "until 14 March 2025", "on 14 March 2025"),
    ("en", "2025-03~"): ("about March 2025", "since about March 2025", "until about March 2025", "in about March 2025"),
}
WHOLE_DATES = {
    ("fr", "2025-03?"): "mars 2025 (à confirmer)",
    ("fr", "2025-03-14/2025-03-19"): "14–19 mars 2025",
    ("fr", "2025-03-30/2025-04-01"): "entre le 30 mars 2025 et le 1er avril 2025",
    ("fr", "198X"): "entre 1980 et 1989",
    ("fr", "198X-03-01"): "1er mars d’une année comprise entre 1980 et 1989",
    ("fr", "[2024,2025-08]"): "2024 ou août 2025",
    ("fr", "{2024,2025}"): "2024 et 2025",
    ("fr", "{2024..2026}"): "toute la période depuis 2024 jusqu’en 2026",
    ("fr", "[..2024]"): "2024 ou avant",
    ("fr", "2024/.."): "depuis 2024",
    ("fr", "../2024-05-01"): "jusqu’au 1er mai 2024",
    ("fr", "2024/"): "depuis 2024, fin inconnue",
    ("fr", "/2024"): "jusqu’en 2024, début inconnu",
    ("es", "2025-03-14/2025-03-19"): "14–19 de marzo de 2025",
    ("es", "2025-03/2025-05"): "entre marzo de 2025 y mayo de 2025",
    ("es", "[2025-09,2025-10]"): "septiembre de 2025 u octubre de 2025",
    ("es", "[2025-03-07,2025-03-08]"): "7 de marzo de 2025 u 8 de marzo de 2025",
    ("es", "[2025-03-17,2025-03-18]"): "17 de marzo de 2025 o 18 de marzo de 2025",
    ("es", "2025-03-14~"): "14 de marzo de 2025 aproximadamente",
    ("es", "2024/.."): "desde 2024 en adelante",
    ("es", "198X-03"): "marzo de un año entre 1980 y 1989",
    ("ru", "2025-03-14/2025-03-19"): "14–19 марта 2025 г.",
    ("ru", "2025-03/2025-05"): "не ранее марта 2025 г. и не позднее мая 2025 г.",
    ("ru", "2025-03~"): "март 2025 г. (приблизительно)",
    ("ru", "[2025-03,2025-04-02]"): "март 2025 г. или 2 апреля 2025 г.",
    ("ru", "{2024..2026}"): "весь период с 2024 г. по 2026 г.",
    ("ru", "[2024..]"): "2024 г. или позднее",
    ("ru", "2024/.."): "начиная с 2024 г.",
    ("ru", "198X-03-14"): "14 марта одного из годов с 1980 по 1989",
    ("ar", "2025-03-14/2025-03-19"): "14–19 مارس 2025",
    ("ar", "2025-03/2025-05"): "بين مارس 2025 ومايو 2025",
    ("ar", "2025-03?"): "مارس 2025 (غير مؤكد)",
    ("ar", "198X"): "بين 1980 و1989",
    ("ar", "{2024,2025}"): "2024 و2025",
}


@pytest.mark.parametrize(("language", "text"), DATES)
def test_a_date_takes_the_form_that_its_language_asks_for(language: str, text: str) -> None:
    said = words.date(text, language)
    assert isinstance(said, WordForms)
    forms = (said, *(said.form(role) for role in ("since", "until", "at")))
    assert tuple(map(plain, forms)) == DATES[language, text]


@pytest.mark.parametrize(("language", "text"), WHOLE_DATES)
def test_an_imprecise_date_reads_as_a_native_would_write_it(language: str, text: str) -> None:
    assert plain(words.date(text, language)) == WHOLE_DATES[language, text]


@each_language
@pytest.mark.parametrize("text", sorted({text for _language, text in [*DATES, *WHOLE_DATES]}))
def test_a_date_is_read_back_as_a_date_in_each_of_its_forms(language: str, text: str) -> None:
    said = words.date(text, language)
    assert isinstance(said, WordForms)
    assert all(words.is_date_words(one, language) for one in (said, *said.forms.values()))
    assert not letters_without_font(said)


@each_language
def test_words_beside_a_date_are_no_date(language: str) -> None:
    assert not words.is_date_words("In 2025 the court said", language)
    assert not words.is_date_words(words.say("table.what", language), language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "En détention depuis une date comprise entre le 14 mars 2025 et le 2 avril 2025 : 7 jours au 9 avril 2025."),
        ("es", "En detención desde una fecha entre el 14 de marzo de 2025 y el 2 de abril de 2025: 7 días al 9 de abril de 2025."),
        ("ru", "Под стражей с даты не ранее 14 марта 2025 г. и не позднее 2 апреля 2025 г.: 7 дней на 9 апреля 2025 г."),
    ],
)  # fmt: skip
def test_a_sentence_holds_a_span_and_ends_with_one_full_stop(language: str, said: str) -> None:
    today = words.day(dt.date(2025, 4, 9), language)
    days = words.held_for(Duration(7), language)
    found = words.say(
        "held.since", language, date=words.date("2025-03-14/2025-04-02", language), days=days, today=today
    )
    assert plain(found) == said


# --- numbers ------------------------------------------------------------------------------------------------------------

DAYS = {
    "en": {0: "0 days", 1: "1 day", 2: "2 days", 21: "21 days"},
    "fr": {0: "0 jour", 1: "1 jour", 2: "2 jours", 616: "616 jours"},
    "es": {0: "0 días", 1: "1 día", 2: "2 días", 616: "616 días"},
    "ru": {1: "1 день", 2: "2 дня", 5: "5 дней", 11: "11 дней", 21: "21 день", 22: "22 дня", 112: "112 дней", 616: "616 дней"},
    "ar": {1: "يوم واحد", 2: "يومان", 3: "3 أيام", 10: "10 أيام", 11: "11 يوماً", 100: "100 يوم", 616: "616 يوماً"},
}  # fmt: skip
YEARS = {
    "fr": {1: "environ 1 an", 2: "environ 2 ans"},
    "es": {1: "alrededor de 1 año", 2: "alrededor de 2 años"},
    "ru": {1: "около 1 года", 2: "около 2 лет", 5: "около 5 лет", 21: "около 21 года"},
    "ar": {1: "نحو سنة واحدة", 2: "نحو سنتين", 3: "نحو 3 سنوات", 11: "نحو 11 سنة"},
}


@pytest.mark.parametrize(("language", "n"), [(language, n) for language, row in DAYS.items() for n in row])
def test_days_go_with_their_number(language: str, n: int) -> None:
    assert words.held_for(Duration(n), language) == DAYS[language][n]


@pytest.mark.parametrize(("language", "n"), [(language, n) for language, row in YEARS.items() for n in row])
def test_years_go_with_their_number(language: str, n: int) -> None:
    assert words.held_for(Duration(n, is_in_years=True, is_about=True), language) == YEARS[language][n]


def test_an_age_goes_with_its_number() -> None:
    ages = [counted("who.age", "ru", n) for n in (31, 42, 47)]
    assert ages == ["Возраст: 31 год.", "Возраст: 42 года.", "Возраст: 47 лет."]
    assert plain(counted("who.age", "fr", 47)) == "Âge : 47 ans."


@each_language
@pytest.mark.parametrize("key", COUNTED)
def test_a_counted_row_has_a_form_for_every_number_that_the_language_tells_apart(key: str, language: str) -> None:
    forms = TABLE[key][language].split(OF_A_NUMBER)
    asked = {form_of(n, language) for n in (*range(1000), 1_000_000)}
    assert len(forms) == 1 or max(asked) < len(forms) <= max(asked) + 2  # Russian has one more, for fractions
    assert all(form.strip() for form in forms) and HOLE.search(forms[-1])


def test_only_rows_that_are_counted_have_several_forms() -> None:
    found: set[str] = set()
    for path in Path(composing_package.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"counted", "_articles"}:
                parts = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
                found |= {str(part) for part in parts}
    several = {key for key, row in TABLE.items() if any(OF_A_NUMBER in row[language] for language in words.NAMES)}
    assert several <= found <= set(TABLE)
