"""Of any answers at all: no level under the bound of their effects, and no unknown that lowers one."""

import datetime as dt
from typing import Any

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import vocabulary
from safety import questions, rating
from safety.assessing.answers import Answers
from safety.assessing.bounds import bounds, broken_bound, ends_by, least_likelihood

HARMS = tuple(vocabulary.terms("harm_category"))
UNKNOWN = {"text": "His lawyer has not seen him since March.", "is_unknown": True}
KNOWN = {"text": "The prison of the ministry.", "is_unknown": False}
rapid_answers = st.fixed_dictionaries({q.code: st.sampled_from(list(questions.Answer)) for q in questions.rapid()})
full_answers = st.dictionaries(
    st.sampled_from([q.code for q in questions.full()]), st.sampled_from([KNOWN, UNKNOWN]), max_size=8
)
figures = st.integers(1, 5)
reasons = st.sampled_from(["", "That was another agency."])


def as_kept(rapid: dict[str, str], full: dict[str, Any]) -> Answers:
    return Answers.of({"rapid": {code: {"answer": said, "note": ""} for code, said in rapid.items()}, "full": full})


@given(rapid=rapid_answers, full=full_answers, likelihood=figures, impact=figures, reason=reasons)
@settings(max_examples=300, deadline=None)
def test_no_answers_give_a_level_below_the_bound_of_their_effects(
    rapid: Any, full: Any, likelihood: int, impact: int, reason: str
) -> None:
    answers = as_kept(rapid, full)
    for harm in answers.harms:
        if broken_bound(answers, harm, likelihood, reason=reason):
            continue
        least = least_likelihood(answers, harm, has_reason=bool(reason))
        level = rating.rate([rating.RatedHarm(harm, likelihood, impact, likelihood, impact, False)]).level
        assert likelihood >= least
        assert rating.LEVELS.index(level) >= rating.LEVELS.index(rating.level_of(least, impact))
    punished = rapid["RQ04"] != questions.Answer.NO
    if punished:
        assert all(broken_bound(answers, harm, 2, reason="") for harm in ("HC_CUSTODY", "HC_FAMILY"))
    for question in answers.unknown:
        assert all(broken_bound(answers, harm, 2, reason="Because.") for harm in question.harms)


@given(rapid=rapid_answers, full=full_answers, code=st.sampled_from([q.code for q in questions.full()]))
@settings(max_examples=300, deadline=None)
def test_unknown_never_lowers_a_bound_and_never_names_fewer_harms(rapid: Any, full: Any, code: str) -> None:
    known, unknown = as_kept(rapid, full | {code: KNOWN}), as_kept(rapid, full | {code: UNKNOWN})
    assert set(known.harms) <= set(unknown.harms)
    for harm in HARMS:
        for has_reason in (True, False):
            before = least_likelihood(known, harm, has_reason=has_reason)
            assert least_likelihood(unknown, harm, has_reason=has_reason) >= before
    for rapid_code in rapid:
        not_known = as_kept(rapid | {rapid_code: questions.Answer.NOT_KNOWN}, full)
        given_so = as_kept(rapid, full)
        assert set(given_so.harms) <= set(not_known.harms)
        assert set(bounds(given_so)) <= set(bounds(not_known))
        assert set(given_so.opened) <= set(not_known.opened)


@given(rapid=rapid_answers, day=st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_a_named_date_only_shortens(rapid: Any, day: dt.date) -> None:
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    answers = as_kept(rapid, {q.code: KNOWN for q in questions.full()})
    dated = Answers(rapid, {}, answers.told, {"RQ03": day.isoformat()}, {}, "", has_rated_not_acting=False)
    assert ends_by(answers, at) is None
    end = ends_by(dated, at)
    assert (end is None) == (rapid["RQ03"] == questions.Answer.NO)
    assert end is None or timezone.localtime(end).date() == day + dt.timedelta(days=1)
