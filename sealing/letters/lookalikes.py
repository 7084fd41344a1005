"""Letters that look like others, or are one letter in several forms: our own compact table, by script.

The rules of this table:
- Letters are those after NFKC, casefold and removal of marks, so it needs neither capitals nor accents.
- Latin, Cyrillic, Greek and other letters fold to the plain Latin letter they look like, in every word: a word
  written wholly in lookalikes must meet the same word in Latin, and a Cyrillic name meets itself either way.
- Where capital and small letter look like different Latin letters (Greek nu: N and v) the small one decides.
  GREEK_CAPITALS puts that right inside words that also hold Latin letters.
- Arabic, Persian, Urdu and Kurdish letters fold to the plain Arabic one, since writers mix their keyboards.
"""

LATIN = {
    "a": "ɑɐᴀⱥ", "b": "ƀɓʙ", "c": "ƈᴄꞓ", "d": "đðɖɗᴅ", "e": "ɛᴇɘə", "f": "ƒꜰ", "g": "ɡɢɠǥ", "h": "ħɦʜ", "i": "ıɩɪɨ",
    "j": "ɉᴊ", "k": "ƙᴋꝁ", "l": "łƚʟɫ", "m": "ɱᴍ", "n": "ŋɳɲɴƞ", "o": "øɵᴏɔ", "p": "ƥᴘ", "q": "ʠ", "r": "ɍʀɾ",
    "s": "ʂꜱſ", "t": "ŧƭᴛ", "u": "ʉᴜʊ", "v": "ʋᴠ", "w": "ᴡ", "y": "ƴʏ", "z": "ƶʐᴢȥ",
    "ae": "æ", "oe": "œ", "th": "þ",
}  # fmt: skip
CYRILLIC = {
    "a": "а", "b": "вьъ", "c": "сҫ", "d": "ԁ", "e": "еєэ", "f": "ғ", "h": "нһңҥ", "i": "іӏ", "j": "ј", "k": "кқҝҡ",
    "m": "м", "n": "пи", "o": "оө", "p": "р", "q": "ԛ", "r": "г", "s": "ѕ", "t": "т", "u": "џ", "v": "ѵ", "w": "ԝшщ",
    "x": "хҳ", "y": "уүұ", "z": "з",
}  # fmt: skip
GREEK = {
    "a": "α", "b": "β", "c": "ϲ", "d": "δ", "e": "εϵ", "f": "ϝ", "i": "ι", "j": "ϳ", "k": "κ", "n": "ηπ",
    "o": "οσς", "p": "ρ", "t": "τ", "u": "μυ", "v": "ν", "w": "ω", "x": "χ", "y": "γ", "z": "ζ",
}  # fmt: skip
OTHERS = {
    "a": "ꓮᎪ", "b": "ꓐᏴ", "c": "ꓚᏟ", "d": "ꓓᎠ", "e": "ꓰᎬ", "f": "ꓝ", "g": "ꓖᏀցց", "h": "ꓧᎻհ", "i": "ꓲᎥ", "j": "ꓙᎫյ",
    "k": "ꓗᏦ", "l": "ꓡᏞ", "m": "ꓟᎷ", "n": "ꓠոռ", "o": "ꓳօסᴑ", "p": "ꓑᏢ", "q": "զԛ", "r": "ꓣᏒ", "s": "ꓢᏚ", "t": "ꓔᎢ",
    "u": "ꓴսᑌ", "v": "ꓦᏙ", "w": "ꓪᎳա", "x": "ꓫ", "y": "ꓬᎩ", "z": "ꓜᏃ",
}  # fmt: skip
ARABIC = {
    "ا": "ٱٲٳٵ",
    "ب": "ٻڀ",
    "ت": "ٺټٹ",
    "د": "ډڈڊڎڌ",
    "ر": "ڕڑړڒ",
    "س": "ښ",
    "ك": "کڪګڭڬ",
    "ل": "ڵڷ",
    "ن": "ںڼڻ",
    "ه": "ەہھةۃۀ",
    "و": "ۆۇۈۋۅۄۊ",
    "ي": "ىیېۍێےٸۑ",
}
HEBREW = {"כ": "ך", "מ": "ם", "נ": "ן", "פ": "ף", "צ": "ץ"}

# Written, but no letter of the word: kashida, hamza on the line, and the marks of transliterations.
SILENT = "ـءʼʻʽʾʿˈʹʺ"

# Dashes and quotation marks of every kind, so that folded text holds one of each.
PUNCTUATION = {"-": "‐‑‒–—―−⁃־", "'": "‘’‛′`´", '"': "“”‟″«»„"}

GREEK_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")

# At a glance, in many typefaces, each row is one sign. For names of people and sign-in names alone: a scan that took 1
# for l would find names in figures.
AT_A_GLANCE = str.maketrans({"I": "l", "1": "l", "|": "l", "\u0406": "l", "\u04c0": "l", "\u0399": "l", "0": "o"})
PAIRS_AT_A_GLANCE = (("rn", "m"), ("vv", "w"))

FRAMED_LETTERS = (0x1F130, 0x1F150, 0x1F170)  # squared, dark circled and dark squared A; the others follow


def table() -> dict[int, str]:
    """Return the whole table in the form that str.translate takes."""
    folded = {ord(letter): "" for letter in SILENT}
    for script in (OTHERS, GREEK, CYRILLIC, LATIN, ARABIC, HEBREW, PUNCTUATION):
        for plain, letters in script.items():
            folded.update((ord(letter), plain) for letter in letters)
    for first in FRAMED_LETTERS:
        folded.update({first + n: chr(ord("a") + n) for n in range(26)})
    return folded
