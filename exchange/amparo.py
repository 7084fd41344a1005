"""The profile `amparo`: one JSON file, `{"about": ..., "cases": [...]}`. docs/exchange.md names every field."""

import json
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.custody import disagree, held_by_dates, is_to_come
from casework.models import Case, Name, PacketAnswer, Person
from casework.packet_progress import questions
from directory.countries import is_known_country
from directory.dates import is_exact
from directory.vocabulary import terms
from exchange.faults import Fault, FileRefused, shown
from exchange.json_file import load
from exchange.parts.asks import ask, demands
from exchange.parts.detention import charge, detention, event
from exchange.parts.evidence import check_names, claim, source
from exchange.parts.words import translations
from exchange.proposals import no_status
from exchange.reading import Reader
from exchange.records import AnswerTold, CaseTold, DetentionTold, NameTold
from sealing import tags
from sealing.letters.hidden import without_hidden
from sealing.letters.languages import OF_PAPERS

PRINTED = ("public_label", "why_now", "authorities_say", "occupation", "nationality")
"""Words about the case and the person that papers print; they have translations."""
KEPT = ("activity", "summary", "gender", "residence", "document_number", "health", "note")
"""Words about them that stay in the packet."""
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
    told.language = language = told.code("language", OF_PAPERS, default="en")
    sources = tuple(source(inner) for inner in told.objects("sources"))
    claims = tuple(claim(inner, {one.name for one in sources}) for inner in told.objects("claims"))
    detentions = tuple(detention(inner, len(claims)) for inner in told.objects("detentions"))
    demanded, rights = demands(told), told.codes("rights", terms("right"))
    printed: dict[str, Any] = {field: told.text(field) for field in PRINTED}
    kept: dict[str, Any] = {field: told.text(field) for field in KEPT}
    case = CaseTold(
        codename=" ".join(told.text("codename", is_needed=True, most=LONGEST_CODENAME).split()),
        country=_country(told),
        status=_status(told, detentions),
        status_on=_status_on(told),
        born=told.date("born"),
        spoken_of=told.code("spoken_of", Person.SpokenOf.values, may_lack=True),
        **printed,
        **kept,
        language=language,
        names=tuple(_name(inner) for inner in told.objects("names", most=Name.MOST)),
        detentions=detentions,
        charges=tuple(charge(inner, len(claims)) for inner in told.objects("charges")),
        timeline=tuple(event(inner, len(claims)) for inner in told.objects("timeline")),
        rights=rights,
        facts=told.pairs("rights_shown_by", "right", "fact", rights),
        sources=sources,
        claims=claims,
        demands=demanded,
        asks=tuple(ask(inner, demanded) for inner in told.objects("asks")),
        answers=tuple(_answer(inner) for inner in told.objects("answers")),
        translations=translations(told, **printed),
    )
    check_names(told, sources)
    told.close()
    return case if len(faults) > before else replace(case, tag=fingerprint(row))


def fingerprint(row: Any) -> bytes:
    """Return the keyed tag of a case as the file tells it: equal for the same fields and letters, and telling nothing else.

    Nothing is folded: a hedge, an accent or a hyphen that was mended makes another file of it.
    """
    said = json.dumps(row, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return tags.exact_tag(TAG_PURPOSE, said.encode("ascii"))


def _country(told: Reader) -> str:
    code = told.text("country", is_needed=True, most=3)
    if code and not is_known_country(code):
        words = _("“%(value)s” is not the code of a State or territory of today, or of a former one (docs/exchange.md)")
        told.fault("country", words % {"value": shown(code)})
    return code


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


def _answer(told: Reader) -> AnswerTold:
    """Return why a question has no fact; who was asked is needed for all but what is not needed, as in the form."""
    answer, asked = told.code("answer", PacketAnswer.Answer.values), told.text("asked")
    if answer in {PacketAnswer.Answer.UNKNOWN, PacketAnswer.Answer.REFUSED} and not asked:
        told.fault("asked", _("is missing; write who was asked, and when"))
    return AnswerTold(told.code("question", questions()), answer, asked)


def _name(told: Reader) -> NameTold:
    """Return a name as the form keeps it: in one line, without the marks that set a direction, no longer than there."""
    given = told.text("value", is_needed=True, most=Name.LONGEST)
    value = " ".join(without_hidden(given).split())
    if given and not value:
        told.fault("value", _("holds no letter"))
    return NameTold(told.code("kind", Name.Kind.values), told.code("script", Name.Script.values), value)
