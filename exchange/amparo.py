"""The profile `amparo`: one JSON file, `{"about": ..., "cases": [...]}`. docs/exchange.md names every field."""

import json
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.custody import disagree, held_by_dates, is_to_come
from casework.evidence.naming import NAMED_BY_ITS_WORDS, is_web_address
from casework.models import Case, Claim, Name, Source
from casework.models.aims import Aim
from directory.countries import is_known_country
from directory.dates import earliest, is_exact, latest
from directory.vocabulary import terms
from exchange.faults import Fault, FileRefused, shown
from exchange.json_file import load
from exchange.proposals import no_status
from exchange.reading import Reader
from exchange.records import (
    AskTold,
    CaseTold,
    ChargeTold,
    ClaimTold,
    DemandTold,
    DetentionTold,
    EventTold,
    NameTold,
    PlaceTold,
    SourceTold,
)
from sealing import tags
from sealing.letters.hidden import without_hidden

TAG_PURPOSE = "import"
LONGEST_CODENAME = Case._meta.get_field("codename").max_length or 0


def read_file(path: str) -> list[CaseTold]:
    """Return the cases of a file. Raises FileRefused with every fault of every case; OSError when it cannot be opened."""
    return read(load(path))


def read(given: Any) -> list[CaseTold]:
    """Return the cases of what a JSON file held. Raises FileRefused with every fault at once."""
    faults: list[Fault] = []
    rows = given if isinstance(given, list) else _cases_of(given, faults)
    found = [_case(row, place, faults) for place, row in enumerate(rows, 1)]
    seen: dict[str, int] = {}
    for place, case in enumerate(found, 1):
        first = seen.setdefault(case.codename.casefold(), place)
        if case.codename and first != place:
            words = _("stands twice in the file: as case %(first)d and as case %(second)d; give one another codename")
            faults.append(Fault(case.codename, "codename", words % {"first": first, "second": place}))
    if faults:
        raise FileRefused(faults)
    return found


def _cases_of(given: Any, faults: list[Fault]) -> list[Any]:
    """Return the list of cases of a whole file; what else stands in it is noted, not passed over."""
    if not isinstance(given, dict):
        raise FileRefused([Fault("", "", _("the file must hold a list of cases, or { } with the list under “cases”"))])
    told = Reader(given, "", "", faults)
    told.text("about")
    rows = told.list_of("cases")
    if given.get("cases") is None:
        told.fault("cases", _("is missing"))
    told.close()
    return rows


def _case(row: Any, place: int, faults: list[Fault]) -> CaseTold:
    name, before = row.get("codename") if isinstance(row, dict) else None, len(faults)
    told = Reader(row, name if isinstance(name, str) and name else _("case %(place)d") % {"place": place}, "", faults)
    detentions = tuple(_detention(inner) for inner in told.objects("detentions"))
    sources = tuple(_source(inner) for inner in told.objects("sources"))
    demands = _demands(told)
    country = told.text("country", is_needed=True, most=3)
    if country and not is_known_country(country):
        told.fault("country", _no_state(country))
    case = CaseTold(
        codename=" ".join(told.text("codename", is_needed=True, most=LONGEST_CODENAME).split()),
        country=country,
        status=_status(told, detentions),
        status_on=_status_on(told),
        born=told.date("born"),
        occupation=told.text("occupation"),
        activity=told.text("activity"),
        names=tuple(_name(inner) for inner in told.objects("names", most=Name.MOST)),
        detentions=detentions,
        timeline=tuple(_event(inner) for inner in told.objects("timeline")),
        rights=told.codes("rights", terms("right")),
        sources=sources,
        claims=tuple(_claim(inner, {source.name for source in sources}) for inner in told.objects("claims")),
        demands=demands,
        asks=tuple(_ask(inner, demands) for inner in told.objects("asks")),
    )
    _unlike(told, sources)
    told.close()
    return case if len(faults) > before else replace(case, tag=fingerprint(row))


def fingerprint(row: Any) -> bytes:
    """Return the keyed tag of a case as the file tells it: equal for the same fields and letters, and telling nothing else.

    Nothing is folded: a hedge, an accent or a hyphen that was mended makes another file of it.
    """
    said = json.dumps(row, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return tags.exact_tag(TAG_PURPOSE, said.encode("ascii"))


def _no_state(code: str) -> str:
    words = _("“%(value)s” is not the code of a State or territory of today, or of a former one (docs/exchange.md)")
    return words % {"value": shown(code)}


def _status(told: Reader, detentions: tuple[DetentionTold, ...]) -> str:
    """Return the status that the file names; one that is missing, or that the detentions contradict, is a fault."""
    today = timezone.localdate()
    status = told.text("status", most=60)
    if not status:
        told.fault("status", no_status(detentions, today=today))
    elif status not in terms("detention_status"):
        told.fault("status", _("“%(value)s” is not a known code") % {"value": shown(status)})
    elif disagree(status, detentions, today=today):
        held, free = (
            _("the detentions say that the person is held"),
            _("the detentions say that the person is not held"),
        )
        told.fault("status", held if held_by_dates(detentions, today) else free)
    return status


def _status_on(told: Reader) -> str:
    """Return the day as of which the status is told: one whole day that has come, or nothing for the day of the import."""
    day = told.date("status_on")
    if day and not is_exact(day):
        told.fault("status_on", _("must be one whole day, such as 1956-08-05; leave it out for the day of the import"))
    elif is_to_come(day):
        told.fault("status_on", _("this day is still to come"))
    return day


def _name(told: Reader) -> NameTold:
    """Return a name as the form keeps it: in one line, without the marks that set a direction, no longer than there."""
    given = told.text("value", is_needed=True, most=Name.LONGEST)
    value = " ".join(without_hidden(given).split())
    if given and not value:
        told.fault("value", _("holds no letter"))
    return NameTold(told.code("kind", Name.Kind.values), told.code("script", Name.Script.values), value)


def _detention(told: Reader) -> DetentionTold:
    to_come = _("this day is still to come; the end of a term belongs under %(field)s") % {"field": "term_ends"}
    started, ended = _past(told, "start", _("this day is still to come")), _past(told, "end", to_come)
    _in_order(told, "end", started, ended)
    return DetentionTold(
        started=started,
        ended=ended,
        term_ends=told.date("term_ends"),
        ending=told.text("release"),
        legal_basis=told.text("legal_basis"),
        authority=told.text("authority"),
        places=tuple(_place(inner) for inner in told.objects("places")),
        charges=tuple(_charge(inner) for inner in told.objects("charges")),
    )


def _place(told: Reader) -> PlaceTold:
    place = PlaceTold(told.date("from"), told.date("to"), told.text("place", is_needed=True))
    _in_order(told, "to", place.since, place.until)
    return place


def _in_order(told: Reader, field: str, begins: str, ends: str) -> None:
    """An end that lies before its beginning could not be saved in the form."""
    first, last = earliest(begins), latest(ends)
    if first and last and last < first:
        told.fault(field, _("lies before the first date; look at both again"))


def _past(told: Reader, field: str, to_come: str) -> str:
    """Return a date that is not still to come; one that is gives this fault."""
    day = told.date(field)
    if is_to_come(day):
        told.fault(field, to_come)
    return day


def _charge(told: Reader) -> ChargeTold:
    return ChargeTold(
        charged_on=told.date("date"),
        law=told.text("law", is_needed=True),
        court=told.text("court"),
        judge=told.text("judge"),
        case_number=told.text("case_number"),
        verdict=told.text("verdict"),
        sentence=told.text("sentence"),
        tried_on=told.date("trial"),
        trial_place=told.text("trial_place"),
        sentenced_on=told.date("sentenced"),
    )


def _event(told: Reader) -> EventTold:
    return EventTold(told.date("date", is_needed=True), told.text("calendar"), told.text("event", is_needed=True))


def _source(told: Reader) -> SourceTold:
    source = SourceTold(
        name=told.text("id", is_needed=True, most=40),
        title=told.text("title", is_needed=True),
        kind=told.code("type", terms("source_type")),
        reliability=told.code("reliability", Source.Reliability.values, default=Source.Reliability.F),
        on=told.date("date"),
        is_general=told.flag("general"),
        secrecy=told.code("secrecy", terms("attribution_rule"), default="AT_UNDECIDED"),
        attribution=told.text("attribution"),
        link=told.text("link", most=500),
        seen_on=told.date("seen"),
    )
    if source.link and not is_web_address(source.link):
        told.fault("link", _("is no whole address, such as https://example.org/report"))
    if source.secrecy in NAMED_BY_ITS_WORDS and not source.attribution:
        told.fault("attribution", _("is missing; write by which words it may be named outside, or leave secrecy out"))
    return source


def _unlike(told: Reader, sources: tuple[SourceTold, ...]) -> None:
    """Two sources of one name would be mixed up by the claims."""
    names = [source.name for source in sources if source.name]
    for name in sorted({name for name in names if names.count(name) > 1}):
        told.fault("sources", _("the id “%(name)s” stands twice; give one another") % {"name": shown(name)})


def _claim(told: Reader, known: set[str]) -> ClaimTold:
    supports, against = told.texts("sources"), told.texts("contradicted_by")
    for field, named in (("sources", supports), ("contradicted_by", against)):
        for name in named:
            if name not in known:
                told.fault(
                    field, _("names the source “%(name)s”, which the case does not have") % {"name": shown(name)}
                )
        if len(set(named)) != len(named):
            told.fault(field, _("names a source twice"))
    if set(supports) & set(against):
        told.fault("contradicted_by", _("names a source that supports the claim, too"))
    return ClaimTold(
        text=told.text("text", is_needed=True),
        status=told.code("status", Claim.Status.values, default=Claim.Status.NEW),
        credibility=told.number("credibility", 1, 6),
        sources=tuple(supports),
        against=tuple(against),
        on=told.date("date"),
        use=told.code("use", Claim.Use.values, default=Claim.Use.FACT),
        discloses=told.codes("discloses", terms("consent_item")),
    )


def _demands(told: Reader) -> tuple[DemandTold, ...]:
    """Return the demands: a sentence alone, or one with what it is about. One sentence is about one thing."""
    found = dict[str, DemandTold]()
    for one in told.texts_or_objects("demands"):
        demand = DemandTold(one, Aim.OWN) if isinstance(one, str) else _demand(one)
        if found.setdefault(demand.text, demand).aim != demand.aim:
            words = _("“%(value)s” stands twice, about different things; keep one")
            told.fault("demands", words % {"value": shown(demand.text)})
    return tuple(found.values())


def _demand(told: Reader) -> DemandTold:
    return DemandTold(told.text("text", is_needed=True), told.code("aim", Aim.values, default=Aim.OWN))


def _ask(told: Reader, demands: tuple[DemandTold, ...]) -> AskTold:
    ask = AskTold(
        told.text("to", is_needed=True), told.text("text", is_needed=True), told.text("demand", is_needed=True)
    )
    if ask.demand and ask.demand not in {demand.text for demand in demands}:
        told.fault("demand", _("“%(value)s” is not among the demands of the case") % {"value": shown(ask.demand)})
    return ask
