"""Acts on the packet: cover, people, detention, evidence, timeline, rights and asks, and rows taken out."""

from typing import Any

from django.utils import timezone

from accounts.refusals import Refused
from casework.actions import fate as fates
from casework.actions.cases import prepare_case
from casework.models import (
    Ask,
    Case,
    Charge,
    Citation,
    Claim,
    Demand,
    Detention,
    Name,
    Place,
    RightImplicated,
    Source,
    TimelineEvent,
)
from claims.actions.rows import ClaimRow
from exchange import amparo
from packet.actions.answers import QuestionAnswer
from tests.factories import a_case, a_claim, a_source
from tests.security.acts.record import Act
from tests.security.acts.world import ActWorld

CHANGE = ("change_case",)
OPENS_NONE = "they open no cases"


def a_name(world: ActWorld) -> Name:
    """Return a name of the person."""
    return world.row(Name, "name")


def waiting_claims(world: ActWorld) -> list[Claim]:
    """Make a claim of everybody's own, on which nobody has ruled."""
    return [a_claim(world.case, created_by=who, status="VS_NEW", credibility=None) for who in world.people.values()]


def alone_with_a_claim(world: ActWorld) -> dict[str, Any]:
    """Return a case of which somebody with every right is the only one who may rule."""
    who = world.people["one with every right"]
    case = a_case(lead=who)
    a_claim(case, created_by=who, status="VS_NEW", credibility=None)
    return {"case": case}


def changed(row: Any, **values: Any) -> dict[str, Any]:
    """Return what changes a row as it stands."""
    return {"row": row, "version": row.version, "values": values}


def own_demand(world: ActWorld) -> Demand:
    """Return a demand in words of our own."""
    return Demand.objects.create(case=world.case, text="Let her sister in", aim="own", said_for="free")


def removed(world: ActWorld) -> Claim:
    """Return a claim that was taken out a moment ago."""
    row = world.row(Claim, "claim")
    row.removed_at, row.removed_by = timezone.now(), world.people["ana"]
    row.save(update_fields=["removed_at", "removed_by"])
    return row


def a_file(world: ActWorld) -> dict[str, Any]:
    """Return a file with a case that is not here yet."""
    return {"cases": amparo.read({"cases": [{"codename": "Teasel", "country": "XPR", "status": "DS_SENTENCED"}]})}


def new_cases(world: ActWorld) -> dict[str, Any]:
    """Return a case that is made ready and not stored."""
    return {"new": [prepare_case(actor=world.people["ana"], codename="Teasel", country="XPR")]}


def two_cases(world: ActWorld) -> list[Case]:
    """Return two cases: what is asked on each case is asked about two."""
    cases = [a_case(), a_case()]
    world.bring(*cases)
    return cases


def identity(world: ActWorld) -> dict[str, Any]:
    """Return what is typed on the page of who the person is."""
    lines = [{"kind": "alias", "script": "Latn", "value": "Minna"}]
    version = a_name(world).person.version
    return {"case": world.case, "version": version, "values": {"occupation": "weaver"}, "names": lines}


def verified(world: ActWorld) -> dict[str, Any]:
    """Return a ruling on a claim."""
    claim = world.row(Claim, "claim")
    return {"claim": claim, "version": claim.version, "status": "VS_DOC", "credibility": 2}


def rewritten(world: ActWorld) -> dict[str, Any]:
    """Return a claim in other words."""
    claim = world.row(Claim, "claim")
    return {"claim": claim, "version": claim.version, "values": {"text": "She was taken."}, "items": ["CI_BIO"]}


def fate(name: str, status: str) -> Act:
    """Return the row of something that happened to the person."""
    return Act(f"casework.actions.fate.{name}", lambda w: {"case": w.case, "status": status, "on": ""}, all_of=CHANGE)


COVER = (
    Act(
        "casework.actions.cases.open_case",
        lambda w: {"codename": "Teasel", "country": "XPR", "names": [("legal", "Latn", "Nobody Known")]},
        is_of_office=True,
        refusal=Refused,
        says=OPENS_NONE,
    ),
    Act(
        "casework.actions.cases.prepare_case",
        lambda w: {"codename": "Teasel", "country": "XPR", "names": [("legal", "Latn", "Nobody Known")]},
        is_of_office=True,
        refusal=Refused,
        says=OPENS_NONE,
    ),
    Act("casework.actions.cases.open_prepared", new_cases, is_of_office=True, refusal=Refused, says=OPENS_NONE),
    Act("casework.actions.cases.draw_codename", lambda w: {"case": w.case}, all_of=CHANGE),
    Act(
        "casework.actions.cases.change_case",
        lambda w: {"case": w.case, "version": w.case.version, "values": {"summary": "Other words"}},
        all_of=CHANGE,
    ),
    Act("exchange.bringing_in.bring_in", a_file, is_of_office=True, refusal=Refused, says=OPENS_NONE),
    Act(
        "exchange.listing.note_export",
        lambda w: {"name": "json"},
        is_of_office=True,
        refusal=Refused,
        says="works in this office",
    ),
)
FATES = (
    fate("released", "DS_RELEASED"),
    fate("bailed", "DS_BAIL"),
    fate("died", "DS_DIED"),
    fate("escaped_or_exiled", "DS_ESCAPED"),
    fate("rearrested", "DS_PRETRIAL"),
    Act(
        "casework.actions.fate.record_fate",
        lambda w: {"fate": fates.FATES["died"], "case": w.case, "status": "DS_DIED", "on": "", "told": ""},
        all_of=CHANGE,
        spoiled=lambda w: {"fate": fates.FATES["died"], "case": w.case, "status": "DS_BAIL", "on": "", "told": ""},
    ),
    Act(
        "casework.actions.fate.follow",
        lambda w: {"fate": fates.FATES["died"], "case": w.case, "on": "2026-01-02"},
        all_of=CHANGE,
    ),
    Act("casework.actions.fate.announce", lambda w: {"fate": fates.FATES["died"], "case": w.case}, all_of=CHANGE),
    Act(
        "casework.actions.fate.move_status",
        lambda w: {"case": w.case, "status": "DS_RELEASED", "on": ""},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.fate.tell_of_fate",
        lambda w: {"case": w.case, "status": "DS_DIED", "as_of": timezone.localdate(), "told": "A file says so."},
        all_of=("view_case",),
        spoiled=lambda w: {"case": w.case, "status": w.case.status, "as_of": timezone.localdate(), "told": "As it is."},
    ),
)
PEOPLE = (
    Act(
        "casework.actions.people.describe_person",
        lambda w: {"case": w.case, "version": a_name(w).person.version, "values": {"occupation": "weaver"}},
        all_of=CHANGE,
    ),
    Act("casework.actions.people.person_of", lambda w: {"case": w.case}, all_of=CHANGE),
    Act("casework.actions.people.save_identity", identity, all_of=CHANGE),
    Act(
        "casework.actions.people.add_name",
        lambda w: {"case": w.case, "kind": "alias", "script": "Latn", "value": "Minna"},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.people.change_name",
        lambda w: changed(a_name(w), value="Wilhelmine Sturdivant"),
        all_of=CHANGE,
    ),
    Act("casework.actions.twins.look_for_twins", lambda w: {"case": w.case}, all_of=CHANGE),
    Act(
        "casework.actions.twins.look_for_twins_of_each",
        lambda w: {"cases": [w.case], "names": [a_name(w)]},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.twins.look_for_twins_of_each",
        lambda w: {"cases": w.ready, "names": []},
        variant="of two cases",
        all_of=CHANGE,
        ready=two_cases,
        on_each=lambda w: w.ready,
    ),
)
DETENTION = (
    Act(
        "casework.actions.detention.add_detention",
        lambda w: {"case": w.case, "values": {"started": "2024-01-02", "ended": "2024-01-09"}},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.detention.change_detention",
        lambda w: changed(w.row(Detention, "detention"), taken_by="Two men"),
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.detention.add_place",
        lambda w: {"detention": w.row(Detention, "detention"), "values": {"place": "Colony no. 5"}},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.detention.change_place",
        lambda w: changed(w.row(Place, "place"), place="Colony no. 5"),
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.detention.add_charge",
        lambda w: {"case": w.case, "detention": None, "values": {"law": "Article 215"}},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.detention.change_charge",
        lambda w: changed(w.row(Charge, "charge"), law="Article 215"),
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.detention.record_answer",
        lambda w: {"case": w.case, "field": "arr_date", "answer": "unknown", "asked": "The family"},
        all_of=CHANGE,
    ),
)
EVIDENCE = (
    Act(
        "casework.actions.evidence.add_source",
        lambda w: {"case": w.case, "values": {"title": "A letter", "kind": "S_COURTDOC"}},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.evidence.change_source",
        lambda w: {
            "source": w.row(Source, "source"),
            "version": w.row(Source, "source").version,
            "values": {"title": "Two talks"},
        },
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.evidence.add_claim",
        lambda w: {"case": w.case, "values": {"text": "She was taken."}, "source": w.row(Source, "source")},
        all_of=CHANGE,
    ),
    Act("casework.actions.evidence.change_claim", rewritten, all_of=CHANGE),
    Act(
        "casework.actions.evidence.verify_claim",
        verified,
        all_of=CHANGE,
        spoiled=lambda w: verified(w) | {"credibility": None},
    ),
    Act(
        "claims.actions.rows.save_claim_row",
        lambda w: {"case": w.case, "row": ClaimRow({"text": "She was taken."}, [], source=w.row(Source, "source"))},
        all_of=CHANGE,
        spoiled=lambda w: {"case": w.case, "row": ClaimRow({"text": "She was taken."}, [], source=a_source(w.other))},
    ),
    Act(
        "claims.actions.rulings.ask_for_rulings",
        lambda w: {"case": w.case},
        all_of=CHANGE,
        ready=waiting_claims,
        never={"nobody else may rule": alone_with_a_claim},
    ),
    Act(
        "casework.actions.evidence.cite",
        lambda w: {"claim": w.row(Claim, "claim"), "values": {"source": w.row(Source, "source")}},
        all_of=CHANGE,
        spoiled=lambda w: {"claim": w.row(Claim, "claim"), "values": {"source": a_source(w.other)}},
    ),
    Act(
        "casework.actions.evidence.change_citation",
        lambda w: {
            "citation": w.row(Citation, "citation"),
            "version": w.row(Citation, "citation").version,
            "values": {"place": "page 3"},
        },
        all_of=CHANGE,
    ),
    Act(
        "packet.actions.answers.answer_question",
        lambda w: {"case": w.case, "told": QuestionAnswer("trial_interpreter", "unknown", "The family")},
        all_of=CHANGE,
    ),
)
ASKS = (
    Act(
        "casework.actions.asks.add_right",
        lambda w: {"case": w.case, "values": {"right": "R_FAIRTRIAL"}},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.asks.change_right",
        lambda w: changed(w.row(RightImplicated, "right"), fact="The judgment"),
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.asks.add_demand",
        lambda w: {"case": w.case, "values": {"text": "Let a lawyer see her", "aim": "own"}},
        all_of=CHANGE,
        spoiled=lambda w: {"case": w.case, "values": {"text": "Give the body to her family", "aim": "body"}},
    ),
    Act(
        "casework.actions.asks.change_demand",
        lambda w: changed(w.row(Demand, "demand"), text="Let a doctor see her today"),
        all_of=CHANGE,
        spoiled=lambda w: changed(w.row(Demand, "demand"), aim="body"),
    ),
    Act(
        "casework.actions.asks.still_makes_sense",
        lambda w: {"row": Demand.objects.get(pk=w.ready.pk)},
        ready=own_demand,
        all_of=CHANGE,
        spoiled=lambda w: {"row": w.row(Demand, "demand")},
    ),
    Act(
        "casework.actions.asks.add_ask",
        lambda w: {"case": w.case, "values": {"demand": w.row(Demand, "demand"), "to": "the court", "text": "Ask"}},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.asks.change_ask",
        lambda w: changed(w.row(Ask, "ask"), text="Let a doctor see her today"),
        all_of=CHANGE,
    ),
)
REMOVAL = (
    Act(
        "casework.actions.removal.remove",
        lambda w: {"row": w.row(TimelineEvent, "event")},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.removal.undo",
        lambda w: {"row": Claim.objects.get(pk=w.ready.pk)},
        ready=removed,
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.rows.write_new",
        lambda w: {"row": Source(case=w.case, title="A letter"), "verb": "casework.source.added"},
        all_of=CHANGE,
    ),
    Act(
        "casework.actions.rows.write_change",
        lambda w: changed(w.row(Source, "source"), title="Two talks") | {"verb": "casework.source.changed"},
        all_of=CHANGE,
    ),
)
ACTS = (*COVER, *FATES, *PEOPLE, *DETENTION, *EVIDENCE, *ASKS, *REMOVAL)
