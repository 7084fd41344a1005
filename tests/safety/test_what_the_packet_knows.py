"""What the packet knows stands beside each question, by right; it proposes, and a person answers."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.models import Claim, TimelineEvent, Wish
from safety import actions
from safety.assessing.facts import Printed, Revision, facts_of
from safety.models import LeakFinding, LeakScan
from tests.factories import a_case, a_claim, a_consent, a_detention, a_prisoner, a_source, on_case
from tests.people import a_person, signed_in
from tests.safety.answers import PROOF, an_assessment, as_kept, as_typed, calm_answers


@pytest.fixture
def case(db: Any) -> Any:
    case = a_case()
    on_case(case, "sam", "reader")
    return case


def assess(case: Any) -> str:
    return reverse("safety:assess", args=[case.reference])


def test_beside_each_question_stands_what_the_packet_knows_and_nothing_else(client: Any, case: Any) -> None:
    soon = timezone.localdate() + dt.timedelta(days=5)
    TimelineEvent.objects.create(case=case, on=soon.isoformat(), event="Appeal hearing.", is_expected=True)
    a_consent(case)
    a_claim(case, sources=[a_source(case, reliability="A")])
    Wish.objects.create(case=case, wants="silence", number=1, told_by="His lawyer.")
    a_detention(case, contact_allowed="CT_NONE", charge="Penal Code art. 214")
    a_prisoner(case, "Ilias Varanen", health="Diabetes.")
    page = signed_in(client, case.lead).get(assess(case))
    rows = {row.question.code: row for row in page.context["form"].rapid_rows()}
    assert {code: row.known.proposes for code, row in rows.items() if row.known.proposes} == {
        "RQ02": "yes",
        "RQ03": "yes",
        "RQ05": "yes",
        "RQ08": "yes",
    }
    words = page.content.decode()
    for said in ("Appeal hearing.", "Silence or delay", "Contact allowed: None", "Health: Diabetes.", "art. 214"):
        assert said in words, said
    assert rows["RQ10"].known.lines == () and "Nothing recorded" in words
    assert words.count("The packet knows") == 11 and not rows["RQ06"].known.is_read, (
        "nothing is said of what is not read"
    )
    assert not any(row.given for row in rows.values()), "nothing is ticked from the packet"
    assert rows["RQ03"].on.value() == soon


def test_an_empty_packet_says_that_nothing_is_recorded(case: Any) -> None:
    facts = facts_of(case, case.lead)
    said = {code for code, known in facts.known.items() if known.lines}
    assert said == {"RQ12"} and not any(known.proposes for known in facts.known.values())


@pytest.mark.parametrize(
    ("status", "proposes"), [("DS_INCOMM", "yes"), ("DS_UNACK", "yes"), ("DS_DEATHROW", "yes"), ("DS_APPEAL", "")]
)
def test_a_status_of_nobody_reaches_them_suggests_a_yes(case: Any, status: str, proposes: str) -> None:
    case.status = status
    case.save(update_fields=["status"])
    a_detention(case, acknowledged="ACK_SILENT")
    known = facts_of(case, case.lead).known["RQ05"]
    assert known.proposes == proposes and any(line.startswith("Status: ") for line in known.lines) is bool(proposes)
    assert "Whether the authorities say that they hold the person: No answer from authorities." in known.lines


def test_facts_are_told_by_right(case: Any) -> None:
    a_prisoner(case, "Ilias Varanen", health="Diabetes.", nationality="Orlen")
    everything = " ".join(line for known in facts_of(case, case.lead).known.values() for line in known.lines)
    reader = " ".join(line for known in facts_of(case, a_person("sam")).known.values() for line in known.lines)
    assert "Diabetes" in everything and "Orlen" in everything
    assert "Diabetes" not in reader and "Orlen" not in reader
    assert facts_of(case, a_person("tomas")).known == {}


def test_a_calm_answer_against_the_packet_needs_a_note(client: Any, case: Any) -> None:
    Wish.objects.create(case=case, wants="silence", number=1, told_by="His lawyer.")
    page = signed_in(client, case.lead).post(assess(case), as_typed())
    assert page.status_code == 422 and set(page.context["form"].errors) == {"RQ02_note"}
    with pytest.raises(ValidationError, match="The packet says otherwise"):
        an_assessment(case, case.lead)
    assert (
        client.post(assess(case), as_typed(RQ02_note="He changed his mind; the wish is out of date.")).status_code
        == 302
    )


def test_the_check_of_a_revision_is_held_to_the_packet_and_to_its_scan(case: Any) -> None:
    rui, material = on_case(case, "rui", "reviewer"), uuid.uuid4()
    scan = LeakScan.objects.create(material_id=material, revision=2, material_mac=b"0" * 32, verdict="findings")
    found = {"field": "casework.source.identity", "part": "body", "start": 0, "end": 4}
    LeakFinding.objects.create(material_id=material, scan=scan, case_id=case.pk, **found)
    assert facts_of(case, rui, revision=Revision(material, 2)).known["RQ06"].proposes == "yes"
    assert facts_of(case, rui, revision=Revision(material, 1)).known["RQ06"].lines == ()
    assert "RQ06" not in facts_of(case, rui).known, "a case is not scanned"
    assert facts_of(a_case(lead=case.lead), case.lead, revision=Revision(material, 2)).known["RQ06"].proposes == ""
    rapid = as_kept(calm_answers())
    about = {"actor": rui, "case": case, "material_id": material, "danger_now": "none", "answers": rapid}
    assert actions.write_revision_check(**about, revision=2).level == "RL_LOW", "the gate asks why of each finding"
    Wish.objects.create(case=case, wants="silence", number=1, told_by="His lawyer.")
    with pytest.raises(ValidationError, match="The packet says otherwise"):
        actions.write_revision_check(**about, revision=2)
    rapid["RQ02"]["note"] = "He took it back yesterday."
    assert actions.write_revision_check(**about, revision=2).level == "RL_LOW"


def test_the_check_is_told_of_consent_for_its_own_audience(case: Any) -> None:
    a_consent(case, items=["CI_NAME"], audiences=["AU_DIPLO"])
    open_to = facts_of(case, case.lead, revision=Revision(uuid.uuid4(), 1, "AU_DIPLO", "full")).known["RQ01"]
    closed_to = facts_of(case, case.lead, revision=Revision(uuid.uuid4(), 1, "AU_PUBLIC", "full")).known["RQ01"]
    assert open_to.lines == ("Open to Named diplomats: Name.",) and open_to.proposes == ""
    assert closed_to.lines == ("There is no live consent for this audience.",) and closed_to.proposes == "no"


def test_a_hearing_that_was_told_of_and_not_yet_answered_speaks_against_a_no(case: Any) -> None:
    event = actions.note_risk_event(actor=case.lead, case=case, code="TR_HEARING")
    assert facts_of(case, case.lead).known["RQ03"].proposes == "yes"
    row = an_assessment(case, case.lead, notes={"RQ03": "It was put off to next year."})
    actions.sign_assessment(actor=on_case(case, "rui", "reviewer"), assessment=row, proof=PROOF)
    event.refresh_from_db()
    assert event.answered_at and facts_of(case, case.lead).known["RQ03"].proposes == ""


def test_beside_the_check_of_a_revision_stand_its_own_claims_and_items(case: Any) -> None:
    strong = a_claim(case, sources=[a_source(case, reliability="A")], credibility=1)
    single = a_claim(case, sources=[a_source(case, reliability="C")], credibility=1)
    rows = {row.pk: row for row in Claim.objects.filter(case=case).with_evidence()}

    def known(*claims: tuple[Any, bool], items: tuple[str, ...] = ()) -> dict[str, Any]:
        printed = Printed(tuple((rows[one.pk], named) for one, named in claims), frozenset(items))
        return dict(facts_of(case, case.lead, revision=Revision(uuid.uuid4(), 1, printed=printed)).known)

    assert known((strong, False), (single, True))["RQ08"].proposes == "yes"
    assert known((strong, False), (single, False))["RQ08"].proposes == "", "printed as fact, the source is too weak"
    assert known()["RQ08"].lines == ("This revision prints no claim of the case.",)
    assert "Health" in known(items=("CI_HEALTH",))["RQ09"].lines[0]
    assert "RQ08" not in facts_of(case, case.lead, revision=Revision(uuid.uuid4(), 1)).known
