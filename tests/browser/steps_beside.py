"""Ways beside the long one: a name ruled on, a high risk signed by two, a death told on paper, and the doors of the office."""

import datetime as dt
import subprocess

from django.utils import timezone

from tests.browser.steps_in_public import STOP_ON, calm_about
from tests.browser.steps_of_a_case import CALM, TO_THE_DESK, WORST, claim
from tests.browser.walker import Walker

AGAINST = "The packet says otherwise. Say why you answer so."
SECRET = "He is forgotten, and nobody asks."


def a_name_is_ruled_on(ana: Walker, rui: Walker, case: str) -> None:
    """A supporters' page names two others: one is taken out, one is ruled on with a reason, and the page is signed."""
    ana.go(f"{case}asks/add/").fill({"demand": {"index": 2}, "to": "The Minister of Justice", "audience": "AU_SUPPORT"})
    ana.fill({"text": "Let an independent doctor see him."}).press("Save the ask")
    ana.go(f"{case}safety/posture/").fill({"kind": "PO_PUBLIC", "reason": "Agreed with the lawyer and the family."})
    ana.press("Decide the posture").go(f"{case}materials/new/")
    ana.fill({"kind": "SUPPORTER", "audience": "AU_SUPPORT", "stop_on": STOP_ON}).press("Compose the draft")
    material = ana.path
    ana.follow("Edit the words")
    ana.fill({"text-SUPPORTER-3": "He shares a cell with Marwan Hadidi and Emil Sarkis.", "is_nothing_further": True})
    ana.press("Save the words").sees("Other people named", "Marwan Hadidi", "Emil Sarkis")
    ana.press("Send it to review")
    desk = material.replace("/materials/", "/review/")
    rui.go("/review/").follow("Open the review").sees("2 to answer", "neither the prisoner nor known as an addressee")
    assert rui.path == desk
    assert rui.page.locator("mark").all_inner_texts() == ["Marwan Hadidi", "Emil Sarkis"]
    rui.fill({"note": "Nobody asked Emil Sarkis. Leave his name out."}).press("Send back")
    ana.go(material).sees("Leave his name out.").follow("Edit the words")
    ana.fill({"text-SUPPORTER-3": "He shares a cell with Marwan Hadidi.", "is_nothing_further": True})
    ana.press("Save the words").press("Send it to review")
    rui.go(desk).sees("1 to answer").follow("Pass with a reason").press("Pass it with this reason")
    assert rui.status == 422
    rui.sees("Say why these words may stand.").fill({"reason": "His mother publishes it herself."})
    rui.press("Pass it with this reason").sees("Passed by Rui", "His mother publishes it herself.")
    rui.fill({**calm_about(rui, material), "is_free": True}).press(rui.button("Sign revision")).sees(
        "You signed revision 3"
    )


def a_high_risk(ana: Walker, tomas: Walker, rui: Walker, dara: Walker, case: str) -> None:
    """A draft that one begins and another finishes rates a high risk; who signs first answers before reading, and says why."""
    ana.go(f"{case}access/add/").fill({"user": {"label": "Tomas"}, "role": "researcher"}).press("Put on the case")
    ana.go(f"{case}safety/").follow("Write a new one").fill({"danger_now": "some", "RQ04": "yes"})
    ana.fill({"FQ02": "The Interior Ministry; yes."}).press("Keep as a draft").sees("Kept as a draft.")
    tomas.go(f"{case}safety/").sees("Next: a draft of an assessment waits.").follow("Go on with the draft")
    tomas.sees("A draft that Ana began", "Answered by Ana")
    tomas.press("Save the assessment").sees("Write what is known, or tick", "likelihood 3 at least", "for harm 2")
    assert tomas.status == 422
    tomas.fill({"FQ04": "His sister decides.", "FQ07": "A cell for twelve.", "FQ36": "Ana stops it.", "RQ04": "yes"})
    tomas.fill({"harm-0-likelihood": "3", "harm-0-impact": "4", "harm-0-mitigation": "", "harm-1-impact": "2"})
    tomas.fill({"worst_case": WORST, "not_acting": SECRET}).press("Save the assessment")
    tomas.sees("The assessment is written.", "High", "a part was answered by Ana", "A cell for twelve.")
    row = tomas.path
    rui.go(row).sees("Answer first, then read")
    rui.follow("Read and sign").press("Keep my answers and read the assessment")
    assert rui.status == 422
    rui.fill({**CALM, "RQ12_note": "Ana stops it."}).press("Keep my answers and read the assessment").sees(AGAINST)
    assert rui.status == 422 and SECRET not in rui.text and "Note to question 3 (optional)" not in rui.text
    rui.fill({"RQ03_note": "No day is set."}).press("Keep my answers and read the assessment").sees(SECRET)
    rui.sees("What Rui answered before reading this", "The author: Yes. The signer: No.").press("Sign the assessment")
    assert rui.status == 422
    rui.fill({"why_RQ04": "The summons was about a tax matter.", "is_free": True}).press("Sign the assessment")
    rui.sees("A director signs too before anything public.")
    dara.go(row).follow("Read and sign").sees("The summons was about a tax matter.").fill({"is_free": True})
    dara.press("Sign as director").sees("The assessment is signed.", "High")


def a_death(ana: Walker, rui: Walker, tomas: Walker, case: str) -> str:
    """He died: what was asked for him is taken out, the notice is written from the offer, and a copy is handed over."""
    day = timezone.localdate() - dt.timedelta(days=2)
    ana.go(case).follow("Record what happened to the person").press("Record it")
    assert ana.status == 422
    ana.fill({"status": "DS_DIED", "told": "His sister, by telephone."})
    ana.date("on", day=str(day.day), month=str(day.month), year=str(day.year)).press("Record it")
    ana.sees("Public work is paused", "Died in custody", "makes no sense while the person is recorded as")
    offer = ana.path
    ana.follow("Write: Notice after a death").fill({"kind": "DEATH_NOTICE", "audience": "AU_OWNGOV"})
    ana.press("Compose the draft").sees("Not done, for 2 reasons", "Release while the appeal is heard")
    ana.go(offer)
    for what in ("ask", "ask", "demand", "demand"):
        ana.press(f"Remove this {what}")
    ana.sees("No demand and no ask stands.").follow("Add a demand")
    ana.fill({"text": "An independent post-mortem", "aim": "post_mortem"}).press("Save the demand")
    ana.go(f"{case}asks/").follow("Add an ask")
    ana.fill({"demand": {"index": 1}, "to": "The Minister of Foreign Affairs", "audience": "AU_OWNGOV"})
    ana.fill({"text": "Ask that an independent doctor finds out why he died."}).press("Save the ask")
    claim(
        ana,
        case,
        "The prison service says that he died in the night.",
        "VS_DOC",
        "1",
        ["CI_BIO"],
        use="death",
        ruler=tomas,
    )
    ana.go(offer).follow("Write: Notice after a death").fill({"kind": "DEATH_NOTICE", "audience": "AU_OWNGOV"})
    ana.press("Compose the draft").sees("he died in the night", "Ask that an independent doctor")
    material = ana.path
    typed = {"text-DEATH_NOTICE-3": "Ask for his release.", "is_nothing_further": True}
    ana.follow("Edit the words").fill(typed).press("Save the words")
    ana.sees("nobody has said that what this text asks makes sense all the same")
    assert ana.page.get_by_role("button", name="Send it to review").count() == 0
    typed |= {"text-DEATH_NOTICE-3": "Ask that an independent doctor finds out why he died.", "asks_make_sense": True}
    ana.go(f"{material}edit/").fill(typed).press("Save the words").press("Send it to review")
    rui.go(material.replace("/materials/", "/review/")).sees("Read it for names and say so, then sign or send back.")
    rui.press("I read this language: I read it for names").follow("Sign revision 3").fill({"is_free": True})
    rui.press("Sign revision 3").sees("You signed revision 3")
    ana.go(material).follow("Make numbered copies")
    ana.fill(TO_THE_DESK).press("Make the copies")
    ana.sees("download the file and hand it over", "Number of the paper")
    return ana.path


def a_paper_is_found(ana: Walker, sam: Walker, number: str, copy: str) -> None:
    """Somebody brings a paper: whoever is on its case is led to its copy, anybody else learns nothing."""
    ana.go("/cases/").follow("See whose it is by its number").fill({"number": "a stamp"}).press("Look it up")
    assert ana.status == 422
    ana.fill({"number": number.lower()}).press("Look it up").sees("This paper is copy 1 of revision 3.")
    assert ana.path == copy
    sam.go("/papers/").fill({"number": number}).press("Look it up").sees("There is no such paper.")
    assert sam.status == 422


def words_of_the_pdf(ana: Walker) -> str:
    """Download the sheet of the copy that is shown, and return its words as pdftotext reads them."""
    with ana.page.expect_download() as download:
        ana.page.get_by_role("link", name="Download the copy", exact=True).click()
    told = subprocess.run(
        ["pdftotext", "-layout", str(download.value.path()), "-"], capture_output=True, check=True, timeout=60
    )
    return told.stdout.decode()


def the_office(admin: Walker, dara: Walker, ana: Walker, case: str) -> None:
    """A role is proposed and confirmed by a second person; a codename is drawn anew; the other sessions are ended."""
    admin.go("/office/people/").follow("Leila").fill({"role": "reviewer", "reason": "She signs from January."})
    admin.press("Give or propose this role").sees("Proposed.").go("/office/acts/").follow(
        "Give an office role (Reviewer): Leila"
    )
    admin.sees("You cannot confirm this").press("Confirm as second person").sees("You proposed this.")
    assert admin.status == 409
    dara.go("/account/").follow("Acts that wait for a second person")
    dara.follow("Give an office role (Reviewer): Leila").press("Confirm as second person").sees("Confirmed.")
    ana.go(case).follow("Change the case").press("Draw another codename").sees("The codename is now")
    assert ana.found.codename not in ana.page.locator("h1").first.inner_text()
    ana.go("/account/").follow("My sessions").sees("This one", "There is no other session to end.")
