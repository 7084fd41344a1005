"""What becomes of each field of a packet when it goes out and comes in again: its place in the file, or why it has none.

A test walks every model of `casework` and is red for a field that stands in neither; another fills each field that is
carried, sends the packet round, and compares.
"""

from collections.abc import Mapping

from casework.models.evidence_fields import CITATION, CLAIM, OF_EACH_ROW, SOURCE, Declared

SAID_HERE = "somebody here says so: a file cannot say it for them"
ROW = {name: told.no_exchange for name, told in OF_EACH_ROW.items()} | {
    "facts_mac": "made anew from the words, to compare them with what a text used",
    "words_macs": "made anew from the words, to compare them with what was translated",
}


def _declared(model: str, place: str, fields: Mapping[str, Declared]) -> dict[str, str]:
    own = {name: told for name, told in fields.items() if name not in OF_EACH_ROW and told.exchange}
    return {f"{model}.{name}": f"{place}.{told.exchange}" for name, told in own.items()}


def _each(model: str, place: str, /, **fields: str) -> dict[str, str]:
    return {f"{model}.{name}": f"{place}.{told}".lstrip(".") for name, told in fields.items()}


CARRIED: Mapping[str, str] = {
    **_each("case", "", codename="codename", country="country", status="status", status_on="status_on"),
    **_each("case", "", language="language", public_label="public_label", summary="summary", activity="activity"),
    **_each("case", "", authorities_say="authorities_say", why_now="why_now"),
    **_each("person", "", born="born", gender="gender", spoken_of="spoken_of", nationality="nationality"),
    **_each("person", "", occupation="occupation", residence="residence", document_number="document_number"),
    **_each("person", "", health="health", note="note"),
    **_each("name", "names", person="", kind="kind", script="script", value="value"),
    **_each("detention", "detentions", started="start", ended="end", term_ends="term_ends", ending="release"),
    **_each("detention", "detentions", authority="authority", legal_basis="legal_basis", taken_by="taken_by"),
    **_each("detention", "detentions", circumstances="circumstances", warrant="warrant", acknowledged="acknowledged"),
    **_each("detention", "detentions", basis_kind="basis_kind", counsel="counsel", contact_allowed="contact_allowed"),
    **_each("detention", "detentions", taken_at="taken_at", arrest_claim="arrest_claim"),
    **_each("place", "detentions.places", detention="", since="from", until="to", place="place", claim="claim"),
    **_each("charge", "detentions.charges", detention="", charged_on="date", law="law", court="court", judge="judge"),
    **_each("charge", "detentions.charges", case_number="case_number", verdict="verdict", sentence="sentence"),
    **_each("charge", "detentions.charges", tried_on="trial", trial_place="trial_place", sentenced_on="sentenced"),
    **_each("charge", "detentions.charges", charge_claim="charge_claim", trial_claim="trial_claim"),
    **_each("charge", "detentions.charges", sentence_claim="sentence_claim"),
    **_each("timelineevent", "timeline", on="date", event="event", is_expected="expected", claim="claim"),
    **_each("rightimplicated", "", right="rights", fact="rights_shown_by"),
    **_declared("source", "sources", SOURCE),
    **_declared("claim", "claims", CLAIM),
    **_declared("citation", "claims", CITATION),
    **_each("claimitem", "claims", claim="", item="discloses"),
    **_each("demand", "demands", text="text", aim="aim", is_lead="leads", rank=""),
    **_each("ask", "asks", demand="demand", to="to", text="text", by="by", audience="audience"),
    **_each("packetanswer", "answers", field="question", answer="answer", asked="asked"),
    **_each("translation", "translations", what="field", row_id="", language="language", text="words", original="of"),
    **_each("translation", "translations", translated_elsewhere="by"),
}
"""Each field that goes round, with its place in the file; one that the order or the nesting tells ends in nothing."""

LEFT: Mapping[str, str] = {
    "case.reference": "drawn here at random; another office draws its own",
    "case.group": "which cases stand or fall together is said of cases that are here",
    "case.year_detained": "worked out from the detentions",
    "case.lead": "whoever brings the case in leads it",
    "case.opened_by": "whoever brings the case in opens it",
    "case.opened_at": "the moment at which it came in",
    "case.import_tag": "made anew from the file, to know it again",
    "case.protected_revision": "counts what is protected here",
    "person.formless_in": SAID_HERE,  # it lets the leak scan pass over a script
    "claim.number": CLAIM["number"].no_exchange,
    "claim.discloses_nothing": CLAIM["discloses_nothing"].no_exchange,
    "claim.verified_by": CLAIM["verified_by"].no_exchange,
    "claim.verified_at": CLAIM["verified_at"].no_exchange,
    "source.identity": SOURCE["identity"].no_exchange,
    "source.formless_in": SOURCE["formless_in"].no_exchange,
    "claimitem.id": ROW["id"],
    "demand.said_for": SAID_HERE,
    "translation.original_mac": "made anew from the original",
    "translation.translated_by": "no account here: who translated stands under “by”, and who brings it in answers for it",
    "translation.translated_at": "the moment at which it came in",
    "translation.signed_by": "a reader of the language signs it here; “state” tells how far it was elsewhere",
    "translation.signed_at": "a reader of the language signs it here; “state” tells how far it was elsewhere",
}
"""Each field that stays, with the reason."""

LEFT_WHOLE: Mapping[str, str] = {
    "casegroup": "which cases stand or fall together is said of cases that are here",
    "casekey": "the key stays with the case; in another office the case gets its own",
    "caseuserobjectpermission": "rights are given to people here",
    "keycanary": "shows that the master key is right",
    "keymark": "shows that the keys are right",
    "membership": "rights are given to people here",
    "nametag": "made anew from the names",
    "searchwords": "what people look for is no part of a packet",
    "possibletwin": "looked for anew among the cases that are here",
    "twinruling": SAID_HERE,
    "contact": "people around the person are somebody else: they are asked, and written down, by whoever knows them",
    "consent": "nothing imported is a consent: somebody here asks, and writes down who answered",
    "consentgrant": "nothing imported is a consent: somebody here asks, and writes down who answered",
    "wish": SAID_HERE,
    "familytold": "of a text of this office",
    "nostatement": SAID_HERE,
}
"""Each kind of row that stays as a whole, with the reason."""
