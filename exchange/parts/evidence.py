"""Sources, and the claims that rest on them."""

from django.utils.translation import gettext as _

from casework.evidence.naming import NAMED_BY_ITS_WORDS, is_web_address
from casework.models import Claim, Source
from directory.vocabulary import terms
from exchange.faults import shown
from exchange.parts.words import translations
from exchange.reading import Reader
from exchange.records import ClaimTold, SourceTold


def source(told: Reader) -> SourceTold:
    """Return a source; a link that is none, and a secrecy that asks for words without them, are faults."""
    attribution = told.text("attribution")
    made = SourceTold(
        name=told.text("id", is_needed=True, most=40),
        title=told.text("title", is_needed=True),
        kind=told.code("type", terms("source_type")),
        reliability=told.code("reliability", Source.Reliability.values, default=Source.Reliability.F),
        on=told.date("date"),
        is_general=told.flag("general"),
        secrecy=told.code("secrecy", terms("attribution_rule"), default="AT_UNDECIDED"),
        attribution=attribution,
        link=told.text("link", most=500),
        seen_on=told.date("seen"),
        translations=translations(told, attribution=attribution),
        reliability_reason=told.text("reliability_reason"),
    )
    if made.link and not is_web_address(made.link):
        told.fault("link", _("is no whole address, such as https://example.org/report"))
    if made.secrecy in NAMED_BY_ITS_WORDS and not attribution:
        told.fault("attribution", _("is missing; write by which words it may be named outside, or leave secrecy out"))
    return made


def check_names(told: Reader, sources: tuple[SourceTold, ...]) -> None:
    """Two sources of one name would be mixed up by the claims."""
    names = [source.name for source in sources if source.name]
    for name in sorted({name for name in names if names.count(name) > 1}):
        told.fault("sources", _("the id “%(name)s” stands twice; give one another") % {"name": shown(name)})


def claim(told: Reader, known: set[str]) -> ClaimTold:
    """Return a claim; a source that the case does not have, or that is named twice, is a fault."""
    text = told.text("text", is_needed=True)
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
        text=text,
        status=told.code("status", Claim.Status.values, default=Claim.Status.NEW),
        credibility=told.number("credibility", 1, 6),
        sources=tuple(supports),
        against=tuple(against),
        on=told.date("date"),
        use=told.code("use", Claim.Use.values, default=Claim.Use.FACT),
        discloses=told.codes("discloses", terms("consent_item")),
        places=told.pairs("places_in_sources", "source", "place", [*supports, *against]),
        translations=translations(told, text=text),
    )
