"""Custody and dates: what the dates of all spells say, what they leave open, how long, and how a date is read and told."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from casework import custody as rules
from casework.custody import Custody, custody_of, disagree, held_by_dates
from casework.models import Case, Detention, Place
from directory import dates
from directory.dates import calendars, far_years, told
from directory.dates.durations import Duration, duration_words, how_long
from papers.composing import words as paper
from tests.factories import a_case, a_detention

TODAY = dt.date(2026, 11, 28)
Told = tuple[str | None, str | None]


def world() -> SimpleNamespace:
    """Return a case without a spell of detention."""
    return SimpleNamespace(case=a_case(codename="Heron"))


def spells(*told_of: Told) -> list[Detention]:
    """Return spells that are stored nowhere, the first written down first."""
    begun = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return [
        Detention(started=started, ended=ended, created_at=begun + dt.timedelta(days=number))
        for number, (started, ended) in enumerate(told_of)
    ]


def answer(status: str, *told_of: Told, on: dt.date = TODAY) -> Custody:
    """Return the custody that a status and these spells tell of."""
    case = Case(status=status, status_on=on)
    return custody_of(case, spells=spells(*told_of), places=(), today=on)


def by_dates(*told_of: Told, on: dt.date = TODAY) -> bool | None:
    """Return what the dates alone tell."""
    return held_by_dates(spells(*told_of), on)


def who_is_held_is_told_by_a_spell_that_goes_on(world: Any) -> None:
    assert by_dates(("2025-03-14", None)) is True and by_dates(("2025-03-14", "2026-01-01")) is False
    assert by_dates(("1989-01-16", None), ("1979-05-29", "1983-02-07")) is True
    assert by_dates() is None, "no spell says nothing"


def what_is_to_come_has_not_begun_and_not_ended(world: Any) -> None:
    assert by_dates(("2026-11-29", None)) is None and by_dates(("2026-11-28", None)) is True
    assert by_dates(("2025-03-14", "2026-11-29")) is True and by_dates(("2025-03-14", "2026-11-28")) is False
    assert answer("DS_SENTENCED", ("2025-03-14", "2029-03-14")).until == ""


def an_end_that_may_have_come_leaves_it_open(world: Any) -> None:
    for ended in ("2025/2027", "2025/..", "../2027", "when the guards changed"):
        assert by_dates(("2024", ended)) is None, ended
    assert by_dates(("2024", "2026")) is False and by_dates(("2024", "2025/2026-10")) is False


def a_spell_that_may_have_gone_on_before_another_ended_leaves_it_open(world: Any) -> None:
    assert by_dates(("1979-05-29", None), ("1989-01-16", "1990-05-17")) is None
    assert by_dates(("1983", None), ("1979-05-29", "1983-02-07")) is True, "it may have begun after"
    assert by_dates((None, None), ("1979-05-29", "1983-02-07")) is None
    assert by_dates(("1990-05-17", None), ("1989-01-16", "1990-05-17")) is True, "the day on which it ended will do"


def where_status_and_dates_say_two_things_nobody_knows(world: Any) -> None:
    for status in ("DS_RELEASED", "DS_DIED", "DS_BAIL", "DS_DEPORTED", "DS_ESCAPED", "DS_EXECUTED"):
        assert answer(status, ("2025-03-14", None)).is_held is None, status
    for status in ("DS_SENTENCED", "DS_POLICE", "DS_ADMIN", "DS_HOUSE"):
        assert answer(status, ("2025-03-14", "2026-01-01")).is_held is None, status
        assert answer(status, ("2025-03-14", None)).is_held is True, status
    assert answer("DS_UNKNOWN", ("2025-03-14", None)).is_held is True
    assert answer("DS_RELEASED", ("2025-03-14", "2026-01-01")).is_held is False


def without_spells_the_status_speaks(world: Any) -> None:
    said = {code: answer(code).is_held for code in ("DS_SENTENCED", "DS_RELEASED", "DS_DIED", "DS_UNKNOWN")}
    assert said == {"DS_SENTENCED": True, "DS_RELEASED": False, "DS_DIED": False, "DS_UNKNOWN": None}
    assert answer("DS_DIED").is_dead and answer("DS_EXECUTED").is_dead and not answer("DS_RELEASED").is_dead


def a_furlough_interrupts_a_spell_and_ends_none(world: Any) -> None:
    row = answer("DS_FURLOUGH", ("2025-03-14", None))
    assert row.is_held is False and not disagree("DS_FURLOUGH", spells(("2025-03-14", None)), today=TODAY)
    assert disagree("DS_RELEASED", spells(("2025-03-14", None)), today=TODAY)


def the_latest_spell_that_goes_on_counts(world: Any) -> None:
    def counts(*told_of: Told) -> str | None:
        row = rules.spell_that_counts(spells(*told_of), today=TODAY)
        return row.started if row else None

    assert counts(("2025", None), ("2019", None), ("2026-05", "2026-06")) == "2025"
    assert counts(("2019", "2020"), ("2024", "2025")) == "2024"
    assert counts(("2019", None), ("2027", None)) == "2019" and counts(("2027", None)) is None
    same = rules.spell_that_counts(rows := spells(("2025", None), ("2025", None)), today=TODAY)
    assert same is rows[1], "of two alike the one that was written down later"


def since_until_and_how_long_are_told_of_what_is_known(world: Any) -> None:
    row = answer("DS_SENTENCED", ("2025-03-14", None))
    assert (row.since, row.until, row.lasted) == ("2025-03-14", "", Duration(624)) and row.words == "624 days"
    row = answer("DS_RELEASED", ("1977-08-18", "1977-09-12"))
    assert (row.since, row.until, row.lasted) == ("1977-08-18", "1977-09-12", Duration(25))
    assert row.words == "No, until 12 September 1977"
    row = answer("DS_RELEASED", ("2025-03-14", None))
    assert (row.since, row.until, row.lasted, row.words) == ("", "", None, "Unknown")
    assert answer("DS_RELEASED").words == "No" and answer("DS_SENTENCED").words == "Yes, since when is unknown"


def place_and_authority_are_told_of_who_is_held_alone(world: Any) -> None:
    case = world.case
    spell = a_detention(case, started="2025-03-14", authority="Prison service", term_ends="2029-03-14")
    Place.objects.create(case=case, detention=spell, place="Remand prison", since="2025-03-14", until="2025-06")
    Place.objects.create(case=case, detention=spell, place="Colony no. 4", since="2025-06", until="2029-01-01")
    row = custody_of(case, today=TODAY)
    assert (row.place, row.place_since, row.authority) == ("Colony no. 4", "2025-06", "Prison service")
    assert row.term_ends == "2029-03-14"
    Place.objects.filter(place__isnull=False).update(removed_at=timezone.now())
    assert custody_of(case, today=TODAY).place == ""
    spell.ended = "2026-01-01"
    spell.save()
    row = custody_of(case, today=TODAY)
    assert (row.place, row.authority, row.term_ends, row.is_held) == ("", "", "", False)


def a_place_that_was_left_is_no_place(world: Any) -> None:
    spell = a_detention(world.case, started="2025-03-14")
    Place.objects.create(case=world.case, detention=spell, place="Remand prison", since="2025-03-14", until="2025-06")
    assert custody_of(world.case, today=TODAY).place == ""


def the_place_of_another_spell_is_not_told(world: Any) -> None:
    old = a_detention(world.case, started="2019", ended="2020")
    a_detention(world.case, started="2025-03-14")
    Place.objects.create(case=world.case, detention=old, place="Remand prison", since="2026-01-01")
    assert custody_of(world.case, today=TODAY).place == ""
    place = Place.objects.get()
    found = custody_of(world.case, places=[place], today=TODAY)
    assert found.place == "", "also where the places of all spells are handed in"


def a_removed_spell_says_nothing(world: Any) -> None:
    a_detention(world.case, started="1989-01-16", removed_at=timezone.now())
    a_detention(world.case, started="1979-05-29", ended="1983-02-07")
    assert custody_of(world.case, today=TODAY).is_held is False
    assert rules.custodies_of([world.case], today=TODAY)[world.case.pk].is_held is False


# How long.


def lasted(started: str | None, ended: str | None = None) -> str:
    """Return for how long, in words."""
    return duration_words(how_long(started, ended, today=TODAY))


def days_are_exact_from_two_exact_days_alone(world: Any) -> None:
    assert lasted("2025-03-14") == "624 days" and lasted("2025-03-14~") == "about 624 days"
    assert lasted("2025-03-14", "2025-03-15") == "1 day" and lasted("2025-03-14", "2025-03-20~") == "about 6 days"
    assert lasted("2025-03-14", "2025-03") == "about 2 days"
    assert lasted(None) == lasted("2026-11-29") == lasted("2025-03-14", "nobody knows") == ""


def what_is_open_by_more_than_a_season_is_told_in_years(world: Any) -> None:
    assert lasted("2025") == "about 1 year" and lasted("2010") == "about 16 years"
    assert lasted("2026") == "less than a year"
    assert lasted("2026-03-01/2026-06-01") == "about 226 days" and lasted("2024-03-01/2024-06-02").endswith("years")
    assert lasted("2024-09/2026-11-27") == "about 1 year", "never none where it may be over one"


# Reading and telling dates.


def a_date_has_a_first_and_a_last_day(world: Any) -> None:
    told_of = {
        text: (str(dates.earliest(text)), str(dates.latest(text)))
        for text in ("2024-02", "2025-12", "2025", "2025-03-14", "2025/..", "../2025", "2001-24", "19XX-07", "nonsense")
    }
    assert told_of == {
        "2024-02": ("2024-02-01", "2024-02-29"),
        "2025-12": ("2025-12-01", "2025-12-31"),
        "2025": ("2025-01-01", "2025-12-31"),
        "2025-03-14": ("2025-03-14", "2025-03-14"),
        "2025/..": ("2025-01-01", "None"),
        "../2025": ("None", "2025-12-31"),
        "2001-24": ("2001-12-01", "2002-02-28"),
        "19XX-07": ("1900-07-01", "1999-07-31"),
        "nonsense": ("None", "None"),
    }


def a_month_comes_after_its_days_and_no_date_last(world: Any) -> None:
    order = ["2025-03-14", "2025-03-30", "2025-03", "2025-04-01", "2025", "2026-01-01", "2025/..", "", None]
    assert sorted(reversed(order[:-2]), key=dates.sort_key) == [
        *order[:3],
        "2025-04-01",
        "2025",
        "2025/..",
        "2026-01-01",
    ]
    assert dates.sort_key("") == dates.sort_key(None) == (dt.date.max, dt.date.max)
    assert dates.sort_key("../2025") == (dt.date(2025, 12, 31), dt.date(2025, 12, 31))


def precision_is_what_was_told(world: Any) -> None:
    told_of = ("2025-03-14", "2025-03-14~", "2025-03-14?", "2025-03", "2025", "2025/2026", "", "[2024,2025]")
    found = [dates.precision(text) for text in told_of]
    assert found == ["exact", "about", "about", "month", "month", "between", "", "between"]
    exact = [text for text in told_of if dates.is_exact(text)]
    assert exact == ["2025-03-14"]


def doubt_is_never_lost_in_words(world: Any) -> None:
    words = {text: dates.in_words(text) for text in ("2025-03-14~", "2025-03?", "2025%", "2025-03-14/2025-03-19", None)}
    assert words == {
        "2025-03-14~": "about 14 March 2025",
        "2025-03?": "perhaps March 2025",
        "2025%": "perhaps about 2025",
        "2025-03-14/2025-03-19": "between 14 and 19 March 2025",
        None: "Unknown",
    }
    assert dates.in_words("2025-03-14~/2025-03-19") == "between about 14 March 2025 and 19 March 2025"
    assert dates.in_words("[..1962]") == "1962 or earlier" and dates.in_words("{1962,1963}") == "1962 and 1963"
    assert paper.date("[..1962]", "en").endswith("or earlier") and paper.date("[1962..]", "en").endswith("or later")
    assert dates.in_words("1962/") == "from 1962, end not known" and dates.in_words("1962/..") == "from 1962 on"
    assert dates.in_words("2025-03", is_long=True) == "March 2025, day not known"


def what_is_no_date_is_refused(world: Any) -> None:
    for text in ("2025-02-30", "2025-13", "2026/2025", "../..", "/", "XXXX", "0000"):
        assert not dates.is_date(text), text
    assert dates.is_date("") and dates.is_date("2024-02-29") and dates.is_date("2025/2025")
    assert dates.between("2025", "2025") == "2025" and dates.between("2025", "2026") == "2025/2026"
    assert dates.compose(2025, 3, 4, is_about=True) == "2025-03-04~" and dates.compose(2025) == "2025"


def a_lunar_date_is_about_and_a_month_is_a_span(world: Any) -> None:
    def made(calendar: str, text: str) -> str:
        return str(told.convert(calendar, text))

    assert made("hijri", "1446-09-14") == "2025-03-14~" and made("solar", "1403-12-24") == "2025-03-14"
    assert made("solar", "1357-6") == "1978-08-23/1978-09-22" and made("buddhist", "2568-03") == "2025-03"
    assert made("buddhist", "2568") == "2025" and made("solar", "1357-6-5~") == "1978-08-27~"
    assert str(calendars.day_of("buddhist", 2483, 4, 1)) == "1940-04-01"
    assert str(calendars.day_of("buddhist", 2482, 3, 31)) == "1940-03-31", "January to March came last in the old year"
    assert str(calendars.day_of("ethiopian", 2017, 7, 5)) == "2025-03-14"
    assert str(calendars.day_of("bikram", 2081, 12, 1)) == "2025-03-14"
    assert told.shown(told.convert("solar", "1357-6")).endswith("(told as 1357-6, Solar Hijri (Persian, Afghan))")
    assert told.with_about("2025-03/2025-04?") == "2025-03~/2025-04%"


def a_lunar_month_has_a_thirtieth_day_where_it_was_sighted(world: Any) -> None:
    first = calendars.day_of("hijri", 1446, 9, 1)
    assert calendars.day_of("hijri", 1446, 9, 30) == first + dt.timedelta(days=29)
    for day in (0, 31):
        try:
            calendars.day_of("hijri", 1446, 9, day)
        except ValueError:
            continue
        raise AssertionError(f"a lunar month has no day {day}")


def a_year_that_is_far_is_asked_about(world: Any) -> None:
    today = dt.date(2026, 11, 28)
    far = {year: far_years.is_far("gregorian", year, today=today) for year in (1905, 1906, 2026, 2051, 2052)}
    assert far == {1905: True, 1906: False, 2026: False, 2051: False, 2052: True}
    assert "Solar Hijri (Persian, Afghan): 2025" in far_years.question("gregorian", 1404, today=today)
    assert far_years.question("gregorian", 2025, today=today) == ""
    assert calendars.of_country("IRN") == ["solar"] and calendars.of_country("SAU") == ["hijri"]
    assert calendars.of_country("XPR") == []
