"""What people do with a case on its way to a briefing: each function is one stretch, and leaves its walkers on its last page."""

from pypdf import PdfReader

from tests.browser.walker import Walker

TO_THE_DESK = {"recipient": {"label": "Human rights desk, Ministry of Foreign Affairs of Orlen · By hand"}}
WORST = "His brother is summoned. The brother is hit first. Ana stops it by a hold."
CALM = {f"RQ{number:02}": "no" for number in range(1, 13) if number != 11} | {
    "RQ01": "yes",
    "RQ08": "yes",
    "RQ11_family": "yes",
    "RQ11_lawyer": "yes",
    "RQ11_partners": "yes",
    "RQ11_embassy": "not_applying",
    "RQ11_embassy_because": "stateless",
    "RQ12": "yes",
}


def open_a_case(ana: Walker) -> str:
    """Open a case with names in two scripts, after one refused try; return its address."""
    ana.follow("Cases").follow("Open a case").press("Open the case").sees("Choose the State that holds the person.")
    assert ana.status == 422
    ana.fill({"country": "XPR", "public_label": "A newspaper editor", "status": "DS_SENTENCED"})
    ana.fill({"names-0-value": "Ilias Varanen", "names-0-script": "Latn"}).press("Add another name")
    ana.fill({"names-1-value": "إلياس فارانن", "names-1-script": "Arab", "names-1-kind": "legal"}).press(
        "Open the case"
    )
    assert ana.path.startswith("/cases/"), ana.text
    ana.found.codename = ana.page.locator("h1 bdi").first.inner_text()
    ana.sees(ana.found.codename, "What is missing")
    return ana.path


def fill_the_packet(ana: Walker, case: str) -> None:
    """Detention with two places, charge, timeline, source, claims with grades, rights, demand, ask, contact."""
    ana.go(f"{case}detentions/add/").date("started", day="14", month="3", year="2025", about=True)
    ana.fill({"authority": "Prison service", "acknowledged": "ACK_Y_LOC"}).press("Save the detention")
    for place, month in (("Remand prison, Westmark", "3"), ("Colony no. 4, Lower Tarn", "9")):
        ana.go(f"{case}places/add/").fill({"place": place}).date("since", month=month, year="2025")
        ana.press("Save the place")
    ana.go(f"{case}charges/add/").fill({"law": "Penal Code, art. 214 (2)", "court": "Westmark District Court"})
    ana.press("Save the charge")
    ana.go(f"{case}timeline/add/").fill({"e0-event": "Arrested at his office."}).press("Add the event")
    ana.sees("second look").fill({"e0-on": "about 14 March 2025"}).press("Add the event")
    ana.sees("Saved: The new event.", "Arrested at his office.", "about 14 March 2025")
    unfolded(ana.go(f"{case}sources/add/")).fill({"s0-title": "Judgment of 2 June 2025", "s0-kind": "S_COURTDOC"})
    ana.fill({"s0-reliability": "A", "s0-reliability_reason": "A certified copy", "s0-secrecy": "AT_RECORD"})
    ana.press("Save all rows").sees("Write by which words it may be named outside")
    ana.fill({"s0-attribution": "the judgment"}).press("Save all rows").sees("Saved: a new source.")
    claim(
        ana,
        case,
        "A court sentenced him to four years in prison on 2 June 2025; his sister Salme was there.",
        "VS_DOC",
        "1",
        ["CI_BIO"],
    )
    claim(ana, case, "The court did not hear the accountant.", "VS_SINGLE", "2", ["CI_DOCS"], use="law")
    claim(ana, case, "The authorities say that the case is about tax alone.", "VS_DOC", "1", [], use="authorities")
    ana.go(f"{case}claims/")
    assert ana.page.locator('[name="c2-text"]').input_value() == "The court did not hear the accountant."
    ana.go(f"{case}rights/add/").fill({"right": "R_FAIRTRIAL"}).press("Save the right")
    ana.go(f"{case}demands/add/").fill({"text": "Let an independent doctor see him", "aim": "doctor"}).press(
        "Save the demand"
    )
    ana.go(f"{case}asks/add/").fill({"demand": {"index": 1}, "to": "The Minister of Foreign Affairs"})
    ana.fill({"text": "Ask in writing that an independent doctor may see him."}).press("Save the ask")
    ana.back().press("Save the ask").sees("was saved a short while ago")
    assert ana.status == 409
    ana.go(f"{case}contacts/add/").fill({"kind": "family", "name": "Salme Varanen", "phone": "+999 555 010 331"})
    ana.fill({"relation": "sister"}).press("Save the contact").go(f"{case}contacts/").sees("Salme Varanen")
    ana.go(f"{case}change/").fill({"authorities_say": "The authorities say that the case is about tax alone."})
    ana.fill({"why_now": "The appeal is heard this month."}).press("Save the case")
    ana.go(f"{case}identity/").sees("Ilias Varanen", "إلياس فارانن")
    ana.go(case).sees("Colony no. 4, Lower Tarn", ana.found.codename)


def claim(
    ana: Walker,
    case: str,
    text: str,
    status: str,
    credibility: str,
    items: list[str],
    *,
    use: str = "fact",
    ruler: Walker | None = None,
) -> None:
    """Write a claim in the empty row of the table with its source and what it discloses; where others may, they rule."""
    unfolded(ana.go(f"{case}claims/add/")).fill({"n1-text": text, "n1-use": use, "n1-add": "s1"})
    ana.fill({"n1-items": items} if items else {"n1-discloses_nothing": True}).fill({"n1-credibility": credibility})
    if ruler is None:
        ana.fill({"n1-status": status})
    ana.press("Save all rows").sees("Saved: claim")
    if ruler is not None:
        row = ana.sees(f"You wrote it. {ruler.name.capitalize()} rules.").page.locator("tr[id^=c]").last
        box = f"{row.get_attribute('id')}-status"
        ruler.go(f"{case}claims/").fill({box: status}).press("Save all rows").sees("Saved: claim")


def unfolded(person: Walker) -> Walker:
    """Open every fold of the page."""
    person.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return person


def give_access(ana: Walker, stranger: Walker, case: str) -> None:
    """Put the colleagues on the case; who is not on it finds nothing, as if there were no such case."""
    for name, role in (("Rui", "reviewer"), ("Leila", "liaison"), ("Tomas", "legal"), ("Sam", "reader")):
        ana.go(f"{case}access/add/").fill({"user": {"label": name}, "role": role}).press("Put on the case")
    ana.go(f"{case}access/").sees("Rui", "Reviewer", "Leila", "Tomas", "Sam")
    assert stranger.go(case).status == 200
    ana.go(f"{case}access/").follow("Take off Sam, Reader").prove().press("Take off the case")
    hidden = stranger.go(case)
    assert hidden.status == 404
    text = hidden.text
    assert stranger.go("/cases/XX-0000/").status == 404
    assert stranger.text == text


def record_consent(leila: Walker, case: str, *, audiences: list[str]) -> None:
    """Write down what the person said, through the lawyer, and that no wish is known."""
    leila.go(f"{case}consent/add/").press("See what changes").sees("second look")
    items = ("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS")
    leila.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    leila.fill(
        {
            "giver": "CG_SELF_LAWYER",
            "status": "CS_GIVEN",
            "package": "items",
            "method": "CM_LAWYER",
            "proof": "Letter in the safe",
        }
    )
    leila.fill({"giver_name": "He, through his lawyer", "language": "His own", "explained": "All of it, twice."})
    leila.fill({"grants": [f"{item}:{audience}" for item in items for audience in audiences]})
    leila.press("See what changes").sees("nothing ends", "Begins")
    leila.press("Save the answer").sees("The answer was recorded.")
    leila.go(f"{case}consent/wish/").fill({"wants": "none_known", "told_by": "The lawyer, who saw him alone."})
    leila.press("Record the wish")


def assess(ana: Walker, rui: Walker, case: str) -> None:
    """Write a rapid assessment, after a refused one; another person signs it with the second factor shown again."""
    ana.go(f"{case}safety/").go(f"{case}safety/assess/").press("Save the assessment").sees("second look")
    ana.fill(
        {"danger_now": "some", "RQ12_note": "Ana stops it.", "worst_case": WORST, "not_acting": "He is forgotten."}
    )
    ana.fill(CALM).press("Save the assessment").sees("a worst case in words alone rates nothing")
    ana.fill({"worst_harm": "HC_FAMILY"}).press("Save the assessment").sees("Choose one to five for harm 1.")
    ana.fill({"harm-0-likelihood": "2", "harm-0-impact": "2"})
    ana.press("Save the assessment").sees("The assessment is written.")
    address = ana.path
    ana.go(f"{address}sign/").prove()
    ana.sees("not given the right to sign risk assessments")
    rui.go(f"{address}sign/").prove().press("Sign the assessment").sees("second look")
    rui.fill({"is_free": True}).press("Sign the assessment").go(f"{case}safety/").sees("Low")


def briefing(ana: Walker, rui: Walker, case: str) -> str:
    """Compose, edit, send to review; the reviewer sends it back, then signs; it leaves as a numbered copy. Returns the copy."""
    ana.go(f"{case}materials/").go(f"{case}materials/new/").press("Compose the draft")
    assert ana.status == 422
    ana.fill({"kind": "MIN_BRIEF", "audience": "AU_OWNGOV"}).press("Compose the draft").sees("The draft was composed")
    material = ana.path
    ana.go(f"{material}dispatch/").fill(TO_THE_DESK).press("Make the copies").sees("No copy was made")
    assert ana.status == 409
    reviewed(ana, rui, material)
    rui.go(material.replace("/materials/", "/review/")).fill({"note": "Say which court."}).press("Send back")
    ana.go(material).sees("Say which court.")
    reviewed(ana, rui, material)
    sign(rui, material)
    ana.go(material).follow("Make numbered copies").press("Make the copies")
    assert ana.status == 422
    ana.fill(TO_THE_DESK).press("Make the copies")
    ana.sees("Download the copy")
    return ana.path


def read_the_pdf(ana: Walker) -> str:
    """Download the sheet of the copy that is shown and return its words."""
    with ana.page.expect_download() as download:
        ana.page.get_by_role("link", name="Download the copy", exact=True).click()
    return " ".join(page.extract_text() for page in PdfReader(download.value.path()).pages)


def reviewed(ana: Walker, rui: Walker, material: str) -> None:
    """Edit the words, say that nothing further is disclosed, send it to review; the reviewer finds it on the desk."""
    ana.go(f"{material}edit/").fill({"is_nothing_further": True}).press("Save the words").sees("The words were saved.")
    ana.press("Send it to review").sees("waits for a second person")
    rui.go("/review/").sees(rui.found.codename).go(material.replace("/materials/", "/review/"))
    rui.sees("Claims", "Consent", "Leak scan", "Your decision")


def sign(rui: Walker, material: str, *, answers: dict[str, str] | None = None) -> None:
    """Sign a revision: first without saying that one is free to judge it, then whole."""
    desk = material.replace("/materials/", "/review/")
    rui.go(f"{desk}sign/").press(rui.button("Sign revision"))
    assert rui.status == 422, rui.text
    rui.fill({**(answers or {}), "is_free": True}).press(rui.button("Sign revision"))
    assert rui.status == 409, rui.text
    rui.sees("nobody has ruled on").go(desk)
    while rui.page.get_by_role("link", name="Pass with a reason").count():
        rui.follow("Pass with a reason").fill({"reason": "She told the court her name herself."})
        rui.press("Pass it with this reason").go(desk)
    rui.go(f"{desk}sign/").fill({**(answers or {}), "is_free": True}).press(rui.button("Sign revision"))
    rui.sees("You signed revision")
