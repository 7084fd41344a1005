"""The pages of a packet in a real Chromium, refused forms included, as the people who meet them see them."""

from typing import Any

import pytest
from django.urls import reverse

from casework.models import Ask, Case, Charge, Demand, Name, PacketAnswer, Place, TimelineEvent
from tests.browser.taken import faults_of_pages
from tests.factories import a_case, a_claim, a_consent, a_contact, a_detention, a_prisoner, a_source, on_case, put_on
from tests.people import a_person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(600)]
OTHERS = (
    ("Tamarisk", "XPR", "DS_UNKNOWN"),
    ("Quince", "ZAF", "DS_PRETRIAL"),
    ("Marram", "XPR", "DS_SENTENCED"),
    ("Alder", "ZAF", "DS_TRIAL"),
    ("Lantern", "XPR", "DS_PRETRIAL"),
    ("Juniper", "XPR", "DS_HOUSE"),
)


def a_full_case() -> Case:
    """A case such as the picture of the packet shows."""
    case = a_case(codename="Heron", status="DS_APPEAL", public_label="A newspaper editor from Verenia")
    for username, role in (("leila", "liaison"), ("tomas", "legal"), ("rui", "reviewer"), ("dara", "reader")):
        on_case(case, username, role)
    person = a_prisoner(
        case, "Jan Novak", ("Cyrl", "Ян Новак"), ("Arab", "يان نوفاك"), born="1970", occupation="editor"
    )
    Name.objects.create(case=case, person=person, kind="nickname", value="Honza")
    held = a_detention(
        case,
        started="2025-03-14~",
        authority="Prison service of Verenia",
        acknowledged="ACK_Y_LOC",
        counsel="CA_PRIVATE",
        taken_by="Officers of the Interior Ministry",
    )
    for place, since, until in (
        ("Police station, Westmark", "2025-03-14~", "2025-03"),
        ("Remand prison, Westmark", "2025-03", "2026-06"),
        ("Colony no. 4, Lower Tarn", "2026-06", ""),
    ):
        Place.objects.create(case=case, detention=held, place=place, since=since, until=until)
    Charge.objects.create(
        case=case,
        detention=held,
        law="Penal Code, art. 214 (2): false tax return",
        court="Westmark District Court",
        charged_on="2025-05",
        verdict="convicted",
        sentence="4 years",
        judge="A. Judge",
        case_number="12/2025",
    )
    asked = PacketAnswer.Answer.UNKNOWN
    PacketAnswer.objects.create(case=case, field="arr_law", answer=asked, asked="asked 9 November, family and lawyer")
    evidence(case)
    a_contact(case, "Eva Stern", relation="sister", phone="+420 123 456 789")
    a_consent(case, ("CI_NAME", "CI_BIO", "CI_LOCATION"), ("AU_DIPLO", "AU_OWNGOV"))
    return case


def evidence(case: Case) -> None:
    """Claims in different states, events with all the doubt there is, a demand with its ask."""
    court, witness = a_source(case, "Judgment"), a_source(case, "A witness", kind="S_WITNESS", reliability="B")
    a_claim(case, "He was arrested about 14 March 2025 at the newspaper's office.", sources=[court, witness])
    a_claim(case, "No warrant was shown at the arrest.", sources=[witness], status="VS_SINGLE", credibility=3)
    a_claim(case, "He was without insulin for two weeks.", sources=[witness], status="VS_CONFLICT", credibility=2)
    for on, words, is_expected in (
        ("2025-03-14~", "Arrested at the newspaper's office.", False),
        ("2025-03-14/2025-03-19", "Questioned without a lawyer.", False),
        ("2025-03", "Moved to the remand prison.", False),
        ("2026-06-02", "Sentenced to four years; lawyer appeals the same week.", False),
        ("2026-11-26", "Appeal hearing.", True),
    ):
        TimelineEvent.objects.create(case=case, on=on, event=words, is_expected=is_expected)
    demand = Demand.objects.create(case=case, text="Let an independent doctor see him before 15 December 2026.")
    Ask.objects.create(case=case, demand=demand, to="Ministry of Justice", text="Order the visit.", by="2026-11-24")


def visits() -> list[tuple[str, str, Any, Any]]:
    """Who opens which page, or sends what to it: a name, an address, a person, and what is sent."""
    case = a_full_case()
    for codename, country, status in OTHERS:
        a_case(codename=codename, country=country, status=status)
    empty = a_case(codename="Wren")
    ana, rui, dara, sam = case.lead, a_person("rui"), a_person("dara"), a_person("sam")
    contact, held = case.contacts.get(), case.detentions.get()
    waiting = put_on(case, ana, "communications", by=ana)

    def page(name: str, *args: Any, of: Case = case) -> str:
        return reverse(f"casework:{name}", args=[of.reference, *args])

    nameless = {"country": "", "names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0"}
    return [
        ("cases", reverse("casework:cases") + "?country=XPR&country=ZAF", ana, None),
        ("cases-none", reverse("casework:cases"), sam, None),
        ("open", reverse("casework:open_case"), ana, None),
        ("open-refused", reverse("casework:open_case"), ana, nameless),
        ("packet", page("case"), ana, None),
        ("packet-as-reader", page("case"), dara, None),
        ("packet-empty", page("case", of=empty), ana, None),
        ("cover", page("change_case"), ana, None),
        ("identity", page("identity"), ana, None),
        ("change-identity", page("change_identity"), ana, None),
        ("contacts", page("contacts"), ana, None),
        ("contact", page("contact", contact.pk), ana, None),
        ("detention-refused", page("add_detention"), ana, {"started_0": "14", "started_1": "3", "started_2": "25"}),
        ("detention-far-year", page("add_detention"), ana, {"started_0": "۱۵", "started_1": "3", "started_2": "1404"}),
        (
            "event-two-readings",
            page("case"),
            ana,
            {"e0-version": "0..", "e0-on": "about the moon", "e0-event": "Told by phone."},
        ),
        ("consent-two-readings", page("add_consent"), a_person("leila"), {"until_on": "05/01/2027"}),
        ("detention-conflict", page("change_detention", held.pk), ana, {"version": "0", "warrant": "no"}),
        (
            "detention-over",
            page("change_detention", held.pk),
            ana,
            {"version": "1", "started_2": "2025", "ended_2": "2026"},
        ),
        ("fate", page("fate"), ana, None),
        ("fate-refused", page("fate"), ana, {"status": "", "on_0": "40", "told": "His sister"}),
        ("concerned", page("concerned"), ana, None),
        ("concerned-as-reader", page("concerned"), dara, None),
        ("answer", page("case"), ana, {"a-arr_warrant-opened": "", "a-arr_warrant-how": "unknown"}),
        ("access", page("access"), rui, None),
        ("access-add", page("add_member"), ana, {}),
        ("access-second", page("second_member", waiting.pk), rui, None),
        ("activity", page("activity"), ana, None),
        ("not-allowed", page("change_case"), dara, None),
        ("missing", page("case"), sam, None),
        ("help", reverse("web:help"), ana, None),
    ]


def pages_of(client: Any) -> dict[str, str]:
    """Return the HTML of every page by name."""
    taken = {}
    for name, address, user, sent in visits():
        signed_in(client, user, fresh=True)
        answer = client.get(address) if sent is None else client.post(address, sent)
        assert answer.status_code in {200, 403, 404, 409, 422}, (name, answer.status_code)
        taken[name] = answer.content.decode()
    return taken


def test_every_page_is_clean_and_never_scrolls_sideways(client: Any) -> None:
    assert faults_of_pages(pages_of(client)) == []
