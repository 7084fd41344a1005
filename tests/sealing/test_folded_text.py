"""A disguised name meets itself; different names stay different."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing import folding, tags
from sealing.letters import lookalikes

SAME = {
    "case": ("ANA PETROVA", "ana petrova"),
    "accents": ("Ána Pétrová", "ana petrova"),
    "decomposed accents": (unicodedata.normalize("NFD", "Ána Pétrová"), "ana petrova"),
    "letters without decomposition": ("Łukasz Ørsted Đorđe Æ", "lukasz orsted dorde ae"),
    "german sharp s": ("Weiß", "weiss"),
    "turkish i": ("Isıl İpek", "isil ipek"),
    "full width": ("Ａｎａ Ｐｅｔｒｏｖａ", "ana petrova"),
    "mathematical letters": ("𝐀𝓃𝕒 𝖯𝚎𝗍𝗋𝗈𝗏𝖺", "ana petrova"),
    "circled and squared": ("Ⓐⓝⓐ 🅿🅴🆃🆁🅾🆅🅰", "ana petrova"),
    "zero width": ("A\u200bn\u200ca P\u2060et\ufeffrova", "ana petrova"),
    "soft hyphens": ("Pet\xadro\xadva", "petrova"),
    "bidi controls": ("\u202ePetrova\u202c", "petrova"),
    "blank letters": ("Pet\u3164rova", "petrova"),
    "stacked marks": ("P\u0336e\u0336t\u0336r\u0336o\u0336v\u0336a", "petrova"),
    "cyrillic homoglyphs": ("Аnа Реtrоvа", "ana petrova"),
    "greek homoglyphs": ("Αna Ρetrοva", "ana petrova"),
    "greek capitals in a latin word": ("ΝINA", "nina"),
    "lisu and cherokee capitals": ("ꓮꓠꓮ ᏢᎬᎢᏒᎪ", "ana petra"),
    "small capitals": ("ᴘᴇᴛʀᴏᴠᴀ", "petrova"),
    "html entities": ("&#65;na &#x50;etrova &eacute;", "ana petrova e"),
    "entities of entities": ("&amp;#80;etrova", "petrova"),
    "non-breaking spaces": ("Ana&nbsp;\u2009Petrova", "ana petrova"),
    "arabic kashida": ("محـــمد", "محمد"),
    "arabic tashkeel": ("مُحَمَّد", "محمد"),
    "arabic alef forms": ("أحمد إبراهيم آدم ٱلله", "احمد ابراهيم ادم الله"),
    "persian yeh and kaf": ("علی کریمی", "علي كريمي"),
    "arabic teh marbuta and alef maksura": ("فاطمة موسى", "فاطمه موسي"),
    "arabic hamza seats": ("رؤوف شائق", "رووف شايق"),
    "arabic presentation forms": ("ﻣﺤﻤﺪ", "محمد"),
    "urdu heh": ("ہدایت", "هدايت"),
    "hebrew points and finals": ("שָׁלוֹם", "שלומ"),
    "digits": ("٠١٢ ۳۴۵ ६७ ８９", "012 345 67 89"),
    "signs of transliteration": ("Saʿīd Qurʾān", "said quran"),
    "hangul in pieces": (unicodedata.normalize("NFD", "김철수"), unicodedata.normalize("NFKC", "김철수")),
}


@pytest.mark.parametrize("disguise", SAME)
def test_a_disguise_folds_to_the_plain_word(disguise: str) -> None:
    written, plain = SAME[disguise]
    assert folding.fold(written) == folding.fold(plain)
    assert [t for t, _s, _e in folding.tokens(written)] == [t for t, _s, _e in folding.tokens(plain)]
    if plain.isascii():
        assert folding.fold(written) == plain


@pytest.mark.parametrize(
    "written",
    ["P e t r o v a", "Pet-rova", "Pet-\nrova", "P.e.t.r.o.v.a", "Pet_rova", "P*e*t*r*o*v*a", "Pe\u200bt r/o\u00b7va",
     "Ｐ ｅ ｔ ｒ ｏ ｖ ａ", "Рet\u2010rova", "P&shy;etrova", "Pet&#45;rova", "«Pet»(rova)", "Pet\u2063-\u2063rova"],
)  # fmt: skip
def test_nothing_between_letters_hides_a_word(written: str) -> None:
    assert folding.squash(written) == "petrova"


def test_different_names_stay_different() -> None:
    names = [
        "Ana",
        "Anna",
        "Petrova",
        "Petrov",
        "محمد",
        "محمود",
        "أحمد",
        "حمد",
        "김철수",
        "김영희",
        "张伟",
        "王伟",
        "Иван",
        "Ирина",
    ]
    assert len({folding.fold(name) for name in names}) == len(names)


def test_tokens_know_where_they_stood() -> None:
    text = "Dear Аna\u200b Petrova-Lin, tel. +34 ٦٠٠; 张伟."
    found = [(token, text[start:end]) for token, start, end in folding.tokens(text)]
    assert found == [
        ("dear", "Dear"),
        ("ana", "Аna\u200b"),
        ("petrova", "Petrova"),
        ("lin", "Lin"),
        ("tel", "tel"),
        ("34", "34"),
        ("600", "٦٠٠"),
        ("张", "张"),
        ("伟", "伟"),
    ]
    joined, places = folding.squash_with_places(text)
    assert joined == folding.squash(text)
    at = joined.index("petrova")
    assert text[places[at][0] : places[at + 6][1]] == "Petrova"


def test_disguises_are_told_and_honest_writing_is_not() -> None:
    assert [kind for kind, _s, _e in folding.disguises("Реtrova said Pet\u200brova")] == [
        "mixed-script",
        "hidden-character",
    ]
    for honest in ("Петрова", "می\u200cخواهم", "Café naïve", "co\xadoperate", "Νίκος and Νίκη", "क्\u200dष"):
        assert folding.disguises(honest) == [], honest


def test_the_table_of_lookalikes_is_settled() -> None:
    folded = lookalikes.table()
    for plain in folded.values():
        assert all(ord(letter) not in folded for letter in plain if letter not in "'-\""), plain


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_and_places_stay_inside(text: str) -> None:
    once = folding.fold(text)
    if "&" not in once:
        assert folding.fold(once) == once
    for token, start, end in folding.tokens(text):
        assert token
        assert 0 <= start < end <= len(text)
    joined, places = folding.squash_with_places(text)
    assert len(joined) == len(places)


@given(st.text(alphabet=st.characters(categories=["L", "Nd", "Zs"]), max_size=40))
def test_squash_and_tokens_agree(text: str) -> None:
    assert folding.squash_with_places(text)[0].replace(" ", "") == folding.squash(text)


def test_tags_show_equality_and_nothing_else() -> None:
    assert tags.tag("name", "Ana  PETROVA") == tags.tag("name", "Аna Petrova")
    assert tags.tag("name", "Ana") != tags.tag("email", "Ana")
    assert len(tags.tag("name", "Ana")) == tags.TAG_BYTES == 12
    whole, ana, petrova = tags.name_tags("Ana M. Petrova")
    assert whole == tags.tag("name", "Ana M Petrova")
    assert {ana, petrova} == {tags.tag("name", "ana"), tags.tag("name", "petrova")}
    assert tags.name_tags("张伟") == [tags.tag("name", "张伟")]
    assert tags.name_tags("  ") == []


def test_folding_is_quick_enough_for_every_draft() -> None:
    draft = "The Петров family asked — as in 2019 — for news of Ána Pétrová and محمّد in the prison of Kestrel. " * 120
    folding.tokens(draft)
    started = time.perf_counter()
    folding.fold(draft)
    folding.tokens(draft)
    assert time.perf_counter() - started < 0.25
