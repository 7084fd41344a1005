"""A supporters' page refused with every reason, mended, published, read by a stranger and stopped by a hold; plans; the alarm."""

import datetime as dt

from django.utils import timezone

from tests.browser.steps_of_a_case import CALM, record_consent, sign
from tests.browser.walker import Walker

STOP_ON = str(timezone.localdate() + dt.timedelta(days=14))
EIGHT = {
    "name": "Tavi Orlenko",
    "country": "XPR",
    "last_seen": "today, about 19:00",
    "place": "The bus station of Orlen",
    "taken_by": "Three men in plain clothes",
    "danger": "Nobody says where he is held; the first night is the most dangerous.",
    "ask": "Telephone the prison service tonight and ask where he is held.",
    "told": "His brother by telephone at 20:10; the lawyer was tried at 20:30 and did not answer.",
}
TICKS = ("is_silence_not_wished", "is_nobody_exposed", "is_passing_on_known", "is_stoppable")


def plan(ana: Walker, case: str) -> None:
    """Start six weeks from the template with what the facts prove, complete a step in words, find the others on Today."""
    ana.go(f"{case}plan/").sees("No plan runs yet").follow("Start a plan").press("Start the plan")
    assert ana.status == 422
    ana.fill({"template": "SIX_WEEK", "on": str(timezone.localdate() - dt.timedelta(days=3))}).press("Start the plan")
    ana.sees("The plan runs.", "Private diplomacy", "Case core")
    ana.follow("Case intake, conflict check and coordinator named")
    ana.sees("Packet at its minimum", "Done by Ana")
    ana.go(f"{case}plan/").follow("Mechanism map and deadlines fixed").press("Complete the step")
    assert ana.status == 422
    ana.fill({"evidence": "The deadlines of three bodies stand in our list."}).press("Complete the step").sees(
        "Done by Ana"
    )
    ana.go("/").sees(ana.found.codename, "Next seven days")


def supporters_page(ana: Walker, rui: Walker, leila: Walker, stranger: Walker, case: str) -> str:
    """Try to publish: every reason is shown; mend each; publish, and let a stranger read. Return the address."""
    ana.go(f"{case}materials/new/").fill({"kind": "SUPPORTER", "audience": "AU_SUPPORT"}).press("Compose the draft")
    ana.sees("needs a day after which nobody writes any more")
    ana.fill({"stop_on": STOP_ON}).press("Compose the draft")
    material = ana.path
    publish(ana, material)
    assert ana.status == 409
    ana.sees("Not published", "consent", "review", "public")
    record_consent(leila, case, audiences=["AU_SUPPORT"])
    ana.go(f"{case}safety/posture/").press("Decide the posture")
    ana.fill({"kind": "PO_PUBLIC", "reason": "Agreed with the lawyer and the family."}).press("Decide the posture")
    ana.go(f"{material}compose-again/").press("Replace the words")
    ana.go(f"{material}edit/").fill({"is_nothing_further": True}).press("Save the words")
    ana.press("Send it to review").sees("waits for a second person")
    sign_in_full(rui, material)
    publish(ana, material)
    ana.sees("It is public at")
    address = "/p/" + ana.text.split("/p/")[1].split()[0]
    stranger.go(address).sees("We ask")
    assert stranger.status == 200
    assert ana.found.codename not in stranger.text
    return address


def sign_in_full(rui: Walker, material: str) -> None:
    """Answer the twelve questions about the revision and sign it."""
    sign(rui, material, answers=calm_about(rui, material))


def calm_about(rui: Walker, material: str) -> dict[str, str]:
    """Open the page on which a revision is signed, and return twelve calm answers by the names of its boxes."""
    rui.go(material.replace("/materials/", "/review/") + "sign/")
    prefix = rui.page.locator('main [name$="-RQ01"]').first.get_attribute("name").removesuffix("RQ01")
    calm = {f"{prefix}{code}": answer for code, answer in CALM.items()}
    return {**calm, f"{prefix}danger_now": "some", f"{prefix}RQ12_note": "Ana stops it."}


def publish(ana: Walker, material: str) -> None:
    """Say who of the family was told, where it is asked, write the codename, and go on."""
    ana.go(f"{material}publish/")
    if ana.page.locator('main [name^="who-"]').count():
        who = ana.page.locator('main [name^="who-"]').get_attribute("name")
        ana.fill({who: "The sister, by telephone.", who.replace("who-", "on-"): str(timezone.localdate())})
    ana.fill({"codename": ana.found.codename}).press("Publish it")


def hold(leila: Walker, ana: Walker, stranger: Walker, case: str, address: str) -> None:
    """One click and a reason by anybody on the case: the page is gone for the stranger; the fallback plan is offered."""
    leila.go(case).follow("Hold public work").press("Hold public work")
    assert leila.status == 422
    leila.fill({"reason": "Her brother was summoned this morning."}).press("Hold public work").sees(
        "It counts at once."
    )
    stranger.go(address).sees("This page is not here")
    assert stranger.status == 410
    ana.go(f"{case}materials/").follow("Supporters' page").sees("Not shown now")
    ana.go(f"{case}hold/").sees("Leila", "Her brother was summoned this morning.").follow("Open the fallback plan")
    ana.follow("Start the fallback plan")
    ana.fill({"template": "FALLBACK", "on": str(timezone.localdate())}).press("Start the plan").sees("Fallback")


def alarm(ana: Walker, rui: Walker, recipient: str) -> None:
    """From Today to sent in three pages and eight filled fields; for the signer from the alarm to signed in two pages."""
    ana.go("/").follow("Urgent").press("Call the signers and show the notice")
    assert ana.status == 422
    ana.go("/").trail.clear()
    ana.follow("Urgent").fill(EIGHT | {"basis": "CG_NONE_BEST"}).fill(dict.fromkeys(TICKS, True))
    ana.page.get_by_label(recipient).check()
    assert filled(ana) <= 8
    ana.press("Call the signers and show the notice").sees("Signers", "Rui")
    notice = ana.path
    rui.go("/").trail.clear()
    rui.follow("A protective notice waits for your signature").sees(
        "asks you to sign a protective notice", "Four questions"
    )
    rui.press("Sign").sees("You signed the notice.")
    assert [path for path in rui.trail if path != notice] in (["/second-factor/", f"{notice}sign/"], [f"{notice}sign/"])
    ana.press(ana.button("Send now to")).sees("Hand over through the verified channel")
    assert ana.trail == ["/urgent/", notice, f"{notice}sent/"]


def filled(walker: Walker) -> int:
    """Count the boxes of the form that were typed into or chosen; ticks are not counted."""
    return int(
        walker.page.evaluate(
            """[...document.querySelectorAll('main form :is(input, textarea, select)')].filter(box =>
               !['hidden', 'checkbox', 'radio'].includes(box.type) && box.value &&
               !(box.tagName === 'SELECT' && box.selectedIndex === 0)).length"""
        )
    )
