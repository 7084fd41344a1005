"""Invented pages made of the parts, only for the tests: what the pictures of the interface guide show."""

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines

PAGES = Path(__file__).parent / "pages"
NAMES = (
    "today",
    "cases",
    "packet",
    "plan",
    "plan-held",
    "review",
    "refused",
    "parts",
    "interruption",
    "progress",
    "missing",
)
ANA = SimpleNamespace(is_authenticated=True, get_full_name="Ana")


class ImpreciseDate(forms.MultiWidget):
    """Stands in for the widget of casework: the same five boxes."""

    template_name = "django/forms/widgets/imprecise_date.html"
    use_fieldset = True

    def __init__(self) -> None:
        text = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        calendars = forms.Select(choices=[("gregorian", "Gregorian"), ("jalali", "Persian")])
        super().__init__(
            {"day": text, "month": text, "year": text, "about": forms.CheckboxInput(), "calendar": calendars}
        )

    def decompress(self, value: Any) -> list[Any]:
        return [None] * 5


class DateField(forms.Field):
    widget = ImpreciseDate

    def clean(self, value: Any) -> Any:
        raise forms.ValidationError("Year: write four digits, for example 2025")


class ArrestForm(forms.Form):
    """One of each kind of question, some with faults."""

    arrested = DateField(label="When was the arrest?", help_text="Leave day or month empty if it is not known.")
    place = forms.CharField(label="Where?", required=False, help_text="As the witness said it.")
    warrant = forms.ChoiceField(
        label="Was a warrant shown?",
        widget=forms.RadioSelect,
        choices=[("y", "Yes"), ("n", "No"), ("u", "Unknown: we asked, nobody knows"), ("r", "Refused to say")],
    )
    organs = forms.MultipleChoiceField(
        label="Who took part?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("Police", [("p", "Traffic police"), ("c", "Criminal police")]), ("Army", [("a", "Border guard")])],
    )
    told = forms.BooleanField(label="The family was told", help_text="By a person they trust.", required=False)
    story = forms.CharField(label="What happened", widget=forms.Textarea({"class": "words"}))
    paper = forms.FileField(label="Court record", required=False)


class DecisionForm(forms.Form):
    note = forms.CharField(
        label="Note to the author",
        required=False,
        widget=forms.Textarea,
        help_text="Needed when you send back. Name the place and what to change.",
    )
    own = forms.BooleanField(label="I did not write or edit this, and have no interest of my own in the case.")


class CodenameForm(forms.Form):
    codename = forms.CharField(label="Write the codename to go on")


def rows(*values: tuple[Any, ...], keys: str) -> list[dict[str, Any]]:
    return [dict(zip(keys.split(), value, strict=False)) for value in values]


def bar(*, hold: bool = False) -> SimpleNamespace:
    tabs = [
        (name, f"#{name}", name == "Packet")
        for name in ("Packet", "Timeline", "Plan", "Safety", "Materials", "Activity")
    ]
    ordered = SimpleNamespace(
        kind="until-lifted",
        by="Leila",
        at=dt.datetime(2026, 11, 20, 9, 12, tzinfo=dt.UTC),
        reason="His brother was summoned this morning.",
    )
    return SimpleNamespace(
        codename="Heron",
        reference="K7QF-29MD",
        status_label="Convicted, appeal pending",
        status_on=dt.date(2026, 11, 2),
        held_words="about 616 days",
        risk_level="RL_HIGH" if hold else "RL_MED",
        risk_label="",
        risk_until=dt.date(2026, 12, 31),
        risk_is_late=False,
        posture_label="Reactive",
        lead_name="Ana",
        hold=ordered if hold else None,
        tabs=tabs,
        hold_url="#hold",
        may_hold=True,
    )


def plan(*, hold: bool = False) -> dict[str, Any]:
    weeks = rows(
        *[
            (f"Week {n}", f"{2 + 7 * (n - 1)}–{8 + 7 * (n - 1)} Nov" if n < 4 else f"{n} Dec", n == 3)
            for n in range(1, 9)
        ],
        keys="title days is_now",
    )
    card = {"url": "#card", "title": "Ministry desk: first talk", "who": "Tomas, Mon 9", "gate": "disclosure"}
    states = {
        1: [{**card, "state": "done"}, {**card, "title": "Trusted third channel", "state": "done"}],
        2: [{**card, "title": "Embassy meeting", "state": "late", "words": "1 day late"}],
        3: [{**card, "title": "Check back with ministry"}],
        5: [{**card, "title": "Second round, asks narrowed"}],
    }
    policy = {
        2: [{**card, "title": "Committee briefing", "state": "today"}],
        4: [{**card, "title": "Sanctions option paper", "gate": ""}],
    }
    public = {
        3: [{**card, "title": "Go / no-go", "gate": "full", "state": "paused" if hold else ""}],
        4: [{**card, "title": "First public statement", "gate": "full", "state": "paused" if hold else ""}],
    }
    lanes = [
        (
            "Private diplomacy",
            "Doctor’s visit agreed",
            [("Prepare", 1), ("First approaches", 2, True), ("Follow up", 2), ("Second round", 3)],
            states,
        ),
        (
            "Policy advocacy",
            "Two reviews, one question put",
            [("Map and appeal", 2), ("Brief the committee", 2, True), ("Observe the hearing", 2), ("Update bodies", 2)],
            policy,
        ),
        (
            "Public accountability",
            "One statement by officials",
            [
                ("Closed: opens only on a signed “go”", 4, False, True),
                ("First statement", 2),
                ("Supporters and media", 2),
            ],
            public,
        ),
    ]
    return {
        "weeks": weeks,
        "tracks": [
            {
                "name": name,
                "note": note,
                "is_paused": hold and name.startswith("Public"),
                "stages": rows(*stages, keys="title span is_current is_closed"),
                "weeks": [{"week": week, "cards": cards.get(i, [])} for i, week in enumerate(weeks)],
            }
            for name, note, stages, cards in lanes
        ],
    }


def data(name: str) -> dict[str, Any]:
    """The invented rows of one page."""
    return dict(json.loads((PAGES / f"{name}.json").read_text()))


def review(*, refused: bool = False) -> dict[str, Any]:
    shown = data("review")
    return {
        **shown,
        "refused": shown["refused"] if refused else [],
        "stop_on": dt.date(2026, 12, 15),
        "decision": DecisionForm(),
    }


def parts() -> dict[str, Any]:
    form = ArrestForm(
        {
            "arrested_day": "14",
            "arrested_month": "3",
            "arrested_year": "25",
            "arrested_about": "on",
            "arrested_calendar": "gregorian",
        }
    )
    return {
        "form": form,
        "nobody": None,
        "typed": "First line\nsecond <b>line</b>\n\nفقرة ثانية",
        "figures": rows(
            ("11", "people free or with lighter conditions", "of 212"),
            ("58 %", "officials who answered"),
            ("7", "harms logged"),
            keys="number words base",
        ),
    }


def context_of(name: str) -> dict[str, Any]:
    """What one sample page shows."""
    held = {"bar": bar(hold=True), "plan": plan(hold=True)}
    rest = {
        "rest": rows(("Risk assessment in date", "#r", "Rui, by 31 Dec"), keys="label url when"),
        "blockers": rows(
            ("Embassy meeting", "#r", "late by 1 day; the check back with the ministry waits for it"),
            keys="label url note",
        ),
    }
    stop = {
        "title": "Stop for a moment",
        "lead": "You are about to publish the supporters’ page for Heron. Once it is out, it cannot be called back.",
        "facts": ["The family was told on 19 November, by Leila.", "The name is not in the text."],
        "form": CodenameForm(),
        "act_label": "Publish revision 4",
        "back_url": "#b",
    }
    making = {
        "title": "Making 40 briefings",
        "sentence": "26 are done, 14 to go.",
        "done": 26,
        "total": 40,
        "stop_url": "#stop",
    }
    makers: dict[str, Any] = {
        "today": lambda: {"now": dt.datetime(2026, 11, 20, 14, 10, tzinfo=dt.UTC), **data("today")},
        "cases": lambda: data("cases"),
        "packet": lambda: {"bar": bar(), **data("packet")},
        "plan": lambda: {"bar": bar(), "plan": plan(), **rest},
        "plan-held": lambda: {**held, **rest},
        "review": review,
        "refused": lambda: review(refused=True),
        "parts": parts,
        "interruption": lambda: stop,
        "progress": lambda: making,
        "missing": dict,
    }
    return {"user": ANA, "waiting_reviews": 2, "is_administrator": True, **makers[name]()}


@login_not_required
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One sample page; ?theme= stands for the person's own choice of colours."""
    context = context_of(name)
    if theme := request.GET.get("theme"):
        context["frame"] = {"is_practice": True, "theme": theme, "source_url": "https://source.example/"}
    shipped = {"interruption": "interruption.html", "progress": "progress.html", "missing": "404.html"}
    if name in shipped:
        return render(request, shipped[name], context)
    source = PAGES / {"plan-held": "plan.html", "refused": "review.html"}.get(name, f"{name}.html")
    return HttpResponse(engines["django"].from_string(source.read_text()).render(context, request))
