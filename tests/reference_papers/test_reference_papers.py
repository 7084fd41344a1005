"""Papers that were read as their readers would read them: composed anew, they say the same words.

To change them on purpose, after a change of the composer or of a packet:
`AMPARO_TEST_REWRITE=1 .venv/bin/python -m pytest tests/reference_papers -n0`, then read the difference (`git diff`).
"""

import datetime as dt
import difflib
import os

import pytest

from casework.models import Claim, Source
from directory.dates import earliest
from papers.composing.sections import find
from tests.reference_papers.papers import NAMES, ReferencePaper, beside, brought_in, every_paper, written

pytestmark = pytest.mark.django_db
PAPERS = list(every_paper())
each_paper = pytest.mark.parametrize("paper", PAPERS, ids=str)


@each_paper
def test_a_paper_composed_anew_says_what_was_read_and_found_good(paper: ReferencePaper) -> None:
    now = written(paper, brought_in(paper.name)).plain
    if os.environ.get("AMPARO_TEST_REWRITE"):
        paper.file.write_text(now, encoding="utf-8")
        pytest.skip("written anew: read the difference")
    before = paper.file.read_text(encoding="utf-8")
    told = difflib.unified_diff(before.splitlines(), now.splitlines(), "as read", "as composed now", lineterm="")
    assert before == now, "\n".join(["The words changed. Where that is meant, see the head of this file.", *told])


@each_paper
def test_a_paper_is_whole_and_reads_back_without_a_fault(paper: ReferencePaper) -> None:
    now = written(paper, brought_in(paper.name))
    empty = [row["heading"] for row in now.body if not row["text"].strip() and _is_required(row["code"])]
    assert not empty and not now.faults()


def _is_required(code: str) -> bool:
    known = find(code)
    return bool(known and known.is_required)


@pytest.mark.parametrize("name", NAMES)
def test_no_source_is_younger_than_the_papers_and_no_fact_is_either(name: str) -> None:
    case, day = brought_in(name), beside(name)["today"]
    rows = [*Source.objects.filter(case=case), *Claim.objects.filter(case=case)]
    young = [row for row in rows if (earliest(row.on) or dt.date.min) > day]
    assert rows and not young
