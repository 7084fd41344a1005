"""What must be true of the two sheets and of what was vendored."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ON_PAPER = {"print.css", "sheet.css"}  # a sheet of paper has a left and a right
SHEETS = tuple(sorted({path.name for path in (ROOT / "static").glob("*.css")} - ON_PAPER))
PAIRS = [
    ("ink", "page", 7),
    ("ink", "surface", 7),
    ("muted", "page", 4.5),
    ("muted", "sunk", 4.5),
    ("link", "surface", 4.5),
    ("act-ink", "act", 4.5),
    ("act-ink", "act-over", 4.5),
    ("stop", "stop-bg", 4.5),
    ("care", "care-bg", 4.5),
    ("ok", "ok-bg", 4.5),
    ("note", "note-bg", 4.5),
    ("hold-ink", "hold", 7),
    ("paper-ink", "marker", 4.5),
    ("paper-ink", "paper", 7),
    ("focus", "page", 7),
    ("edge", "surface", 3),
    ("stop-edge", "surface", 3),
    ("care-edge", "surface", 3),
    ("ok-edge", "surface", 3),
    ("note-edge", "surface", 3),
]


def sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (ROOT / "static" / name).read_text(), flags=re.S)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheets_know_no_left_and_no_right(name: str) -> None:
    physical = r"(?<![\w-])(left|right|(margin|padding|border)-(left|right|top|bottom)|top|bottom)\s*:|text-align:\s*(left|right)|float:\s*(left|right)|(?<![\w-])(min-|max-)?(width|height)\s*:"
    without_queries = re.sub(r"@media[^{]*\{", "{", sheet(name))
    assert re.findall(physical, without_queries) == []


def test_the_sheets_stay_small_and_quiet() -> None:
    text = sheet("app.css")
    assert len(re.sub(r"\s*([{};:,>])\s*", r"\1", text).encode()) <= 32_000
    assert "!important" not in text
    assert not re.search(r"(?<![\w-])(transition|animation):(?!\s*none)", text)
    assert "http" not in text and "data:" not in text and "@font-face" not in text


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_pair_of_colours_has_its_contrast_in_light_and_dark(text: str, ground: str, least: float) -> None:
    pairs = dict(re.findall(r"--([\w-]+): light-dark\(([^)]+)\)", sheet("app.css")))
    fallbacks = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", sheet("app.css").split("@supports")[0]))
    for mode in (0, 1):
        one, other = (pairs[name].split(",")[mode].strip() for name in (text, ground))
        assert contrast(one, other) >= least, (mode, one, other)
    assert (fallbacks[text], fallbacks[ground]) == tuple(pairs[name].split(",")[0].strip() for name in (text, ground))


@pytest.mark.parametrize("folder", ["static/vendor", "tests/vendor"])
def test_what_was_vendored_is_unchanged(folder: str) -> None:
    listed = tomllib.loads((ROOT / folder / "VENDORED.toml").read_text())["file"]
    assert listed
    for entry in listed:
        path = ROOT / entry["path"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
        assert (ROOT / entry["licence_file"]).exists()


def test_no_template_styles_or_scripts_inline() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", text), path
        assert len(text.splitlines()) <= 250, path


def test_every_part_is_described_and_every_described_part_exists() -> None:
    guide = (ROOT / "docs" / "interface.md").read_text()
    described = set(re.findall(r"^\| `(\w+)` \|", guide, re.M))
    inner = {"top", "foot", "nav", "messages", "identity_bar", "fault_list", "scripts", "kept_before", "keeps_typed"}
    assert {path.stem for path in (ROOT / "templates" / "parts").glob("*.html")} - inner == described & {
        path.stem for path in (ROOT / "templates" / "parts").glob("*.html")
    }
