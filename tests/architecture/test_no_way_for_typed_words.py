"""What somebody typed is never run, unpacked or made a template, and no draw of luck or weak hash guards anything."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.machine import ROOT

APPS = (
    "config",
    "web",
    "notes",
    "advocacy",
    "materials",
    "papers",
    "safety",
    "exchange",
    "packet",
    "claims",
    "consents",
    "casework",
    "directory",
    "work",
    "accounts",
    "audit",
    "sealing",
)
FILES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MAKES_OBJECTS = {"pickle", "marshal", "shelve", "yaml", "jsonpickle", "dill"}
READS_XML = {"xml", "lxml", "defusedxml"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
HASHES = {"sha256", "sha512", "blake2b"}
OTHER_CIPHERS = {"Crypto", "Cryptodome", "nacl", "pyaes", "rsa", "ecdsa", "OpenSSL", "jwt", "jose", "bcrypt", "passlib"}
MAKES_SQL = {"materials/facts_used.py", "sealing/triggers/sql.py"}  # of the gate's own clauses, which nobody types
OF_THE_LIBRARY = {"cryptography.exceptions", "cryptography.fernet", "cryptography.hazmat.primitives.ciphers.aead"}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the words of what is called, such as `os.system`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imported(path: Path) -> set[str]:
    """The first words of what a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def places(is_wrong: object) -> list[str]:
    """Where a call is of the wrong kind."""
    assert callable(is_wrong)
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        for name, node in calls(path)
        if is_wrong(name, node)
    ]


def test_no_text_is_run_as_code_or_by_a_shell() -> None:
    def runs(name: str, node: ast.Call) -> bool:
        is_shell = any(word.arg == "shell" for word in node.keywords)
        return name in RUNS_TEXT or name.startswith(("os.system", "os.popen", "subprocess.getoutput")) or is_shell

    assert places(runs) == []


@pytest.mark.parametrize("kind", [MAKES_OBJECTS, READS_XML, {"random"}], ids=["objects", "xml", "luck"])
def test_nothing_is_imported_that_makes_objects_reads_entities_or_draws_by_luck(kind: set[str]) -> None:
    assert [str(path.relative_to(ROOT)) for path in FILES if imported(path) & kind] == []


def test_no_template_and_no_pattern_of_words_is_made_while_the_site_runs() -> None:
    def makes(name: str, node: ast.Call) -> bool:
        is_template = name.endswith(("from_string", "engines")) or name == "Template"
        is_pattern = name.endswith(".format_map") or (
            name.endswith("format_html") and not isinstance(node.args[0], ast.Constant)
        )
        return is_template or is_pattern

    kept = [
        place for place in places(makes) if not place.startswith("safety/pages/rows.py")
    ]  # `typed` is given sentences
    assert kept == []


def test_pages_escape_everything_and_one_module_makes_markup() -> None:
    loud = re.compile(r"\|\s*safe\b|safeseq|autoescape\s+off")
    assert [path.name for path in TEMPLATES if loud.search(path.read_text(encoding="utf-8"))] == []
    makers = {path for path in FILES if "mark_safe" in path.read_text(encoding="utf-8")}
    assert makers == {ROOT / "web" / "templatetags" / "display.py"}


def test_every_hash_of_ours_is_strong() -> None:
    used = {name for path in FILES for name, _node in calls(path) if re.fullmatch(r"hashlib\.\w+", name)}
    assert used and used <= {f"hashlib.{name}" for name in HASHES}
    assert not any(re.search(r"\bmd5\b|\bsha1\b", path.read_text(encoding="utf-8"), re.I) for path in FILES)


def test_every_cipher_is_of_the_library_that_others_look_after() -> None:
    assert [str(path.relative_to(ROOT)) for path in FILES if imported(path) & OTHER_CIPHERS] == []
    used = {
        str(node.module)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("cryptography")
    }
    assert used == OF_THE_LIBRARY


def test_no_words_of_a_person_are_put_into_sql() -> None:
    """Values go beside the SQL. What is put together into it are names of ours, below the views and forms."""
    asking = {"raw", "extra", "RawSQL"}

    def is_raw(name: str, node: ast.Call) -> bool:
        return name.rpartition(".")[2] in asking

    assert places(is_raw) == []

    def is_made(name: str, node: ast.Call) -> bool:
        return name.endswith("cursor.execute") and not (
            isinstance(node.args[0], ast.Constant | ast.Name | ast.Attribute) or len(node.args) > 1
        )

    assert {place.partition(":")[0] for place in places(is_made)} <= MAKES_SQL
    above = [path for path in FILES if {"views", "forms", "pages"} & set(path.relative_to(ROOT).parts)]
    assert [str(path) for path in above if "cursor" in path.read_text(encoding="utf-8")] == []


DECODES = {
    "unquote",
    "unquote_to_bytes",
    "unquote_plus",
    "parse_qs",
    "parse_qsl",
    "unescape",
    "b64decode",
    "urlsafe_b64decode",
}
DECODED_HERE = {
    "config/environment.py": "an address that a server's settings hold",
    "directory/models/logo.py": "a picture that we drew and encoded ourselves",
    "papers/pdf/fetcher.py": "the path of a file of our own, which is looked at after that",
    "sealing/matching/reading.py": "a copy of a text, to look for names in it; the text itself stays as it was typed",
    "safety/leaks/people.py": "as in reading.py",
    "sealing/folding.py": "a copy of a word, to compare it",
    "work/messages.py": "a message of the queue, before anything judges it",
}


def test_what_somebody_sent_is_decoded_once_and_not_by_us() -> None:
    """Django decodes a request, before a form looks at it. What is decoded elsewhere is never what a form has judged."""
    found = places(lambda name, _call: name.rpartition(".")[2] in DECODES)
    assert {place.partition(":")[0] for place in found} == set(DECODED_HERE)


def test_every_form_names_the_fields_it_takes() -> None:
    loose = re.compile(r"fields\s*=\s*[\"']__all__|^\s+exclude\s*=", re.MULTILINE)
    assert [str(path.relative_to(ROOT)) for path in FILES if loose.search(path.read_text(encoding="utf-8"))] == []
