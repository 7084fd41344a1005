"""What people read is written in their words: no name of the code stands in it, whatever was renamed."""

import re
from pathlib import Path

import pytest

CATALOGUES = sorted(Path("locale").glob("*/LC_MESSAGES/django.po"))
ENTRY = re.compile(r'^msgid(?:_plural)? ((?:".*"\n)+)', re.MULTILINE)
LINE = re.compile(r'"(.*)"')
PLACED = re.compile(r"%\([a-z_]+\)[a-z]|\{[a-z_]*\}|https?://\S+")
COMMANDS = re.compile(r"(\./run )?manage \w+|\bmake_first_people\b|\bcreate_invitation\b|--[a-z-]+")
OF_THE_CODE = re.compile(r"[a-z]_[a-z]|[a-z][A-Z]")


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[1])
def test_no_name_of_the_code_stands_in_what_people_read(catalogue: Path) -> None:
    entries = ENTRY.findall(catalogue.read_text(encoding="utf-8"))
    read = ["".join(LINE.findall(entry)).replace("\\n", " ") for entry in entries]
    assert len(read) > 500
    faulty = [words for words in read if OF_THE_CODE.search(PLACED.sub("", COMMANDS.sub("", words)))]
    assert not faulty
