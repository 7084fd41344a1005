"""Who is told that two cases may be about one person, what each of them reads, and who rules on it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.access import NotAllowed
from casework.actions import cases, people
from casework.models import Case, Name, PossibleTwin, TwinRuling
from safety.actions import rule_on_twin
from tests.factories import on_case
from tests.people import a_person, signed_in
from tests.safety.answers import PROOF
from work.models import Notice

pytestmark = pytest.mark.django_db
NEUTRAL = "A signer looks at this first."
NAME = "Ilias Varanen"


def opened(who: str, codename: str, name: str = NAME) -> Case:
    return cases.open_case(
        actor=a_person(who), codename=codename, country="XPR", names=[("legal", "Latn", name)] if name else []
    )


@pytest.fixture
def heron() -> Case:
    """The case that was there first: led by tomas, with rui to sign."""
    case = opened("tomas", "Heron")
    on_case(case, "rui", "reviewer")
    return case


@pytest.fixture
def quince(heron: Case) -> Case:
    """The case that ana opened for the same name, without knowing of the first."""
    return opened("ana", "Quince")


def the_pair() -> PossibleTwin:
    return PossibleTwin.objects.select_related("one", "other").get()


def ruled(who: str, verdict: str = "another", reason: str = "Born 20 years later.") -> TwinRuling:
    return rule_on_twin(actor=a_person(who), twin=the_pair(), verdict=verdict, reason=reason, proof=PROOF)


def counts() -> bool:
    return PossibleTwin.objects.counted().exists()


def page_of(client: Client, who: str, case: Case, name: str = "safety:twins") -> str:
    return str(signed_in(client, a_person(who)).get(reverse(name, args=[case.reference])).content.decode())


# --- who is told ---------------------------------------------------------------------------------


def test_the_signer_and_the_lead_of_the_first_case_are_told_and_whoever_asked_is_not(quince: Case, heron: Case) -> None:
    told = {row.user.username: row for row in Notice.objects.filter(kind="casework.twin.found")}
    assert set(told) == {"rui", "tomas"}
    assert all(row.case_id == heron.pk and row.by is None for row in told.values())


def test_whoever_sees_both_cases_is_told_who_it_was(heron: Case) -> None:
    on_case(heron, "dara", "director")
    case = opened("ana", "Quince", "")
    on_case(case, "dara", "director")
    people.add_name(actor=a_person("ana"), case=case, kind="legal", script="Latn", value=NAME)
    told = Notice.objects.get(user=a_person("dara"))
    assert told.by == a_person("ana")


def test_the_lead_of_the_later_case_is_not_told_whoever_wrote_the_name(client: Client, heron: Case) -> None:
    case = opened("ana", "Quince", "")
    sam = on_case(case, "sam", "researcher")
    people.add_name(actor=sam, case=case, kind="legal", script="Latn", value=NAME)
    told = set(Notice.objects.filter(kind="casework.twin.found").values_list("user__username", flat=True))
    assert told == {"rui", "tomas"}
    for who in ("ana", "sam"):
        assert "may be about the same person." not in page_of(client, who, case)


def test_the_notice_leads_to_a_page_that_names_no_case_which_the_reader_may_not_see(
    client: Client, quince: Case, heron: Case
) -> None:
    notices = signed_in(client, a_person("rui")).get(reverse("web:notices")).content.decode()
    assert "Another case may be about the same person" in notices
    assert reverse("safety:twins", args=[heron.reference]) in notices
    page = page_of(client, "rui", heron)
    assert "Another case, which you may not open, may be about the same person." in page
    assert "Quince" not in page and quince.reference not in page


def test_whoever_asked_finds_no_word_of_the_hidden_case_anywhere(client: Client, quince: Case, heron: Case) -> None:
    alone = opened("ana", "Alder", "Somebody Else")
    ana = signed_in(client, a_person("ana"))
    for name in ("casework:case", "safety:safety", "safety:twins", "casework:activity", "casework:identity"):
        pages = {}
        for case in (quince, alone):
            page = ana.get(reverse(name, args=[case.reference])).content.decode()
            assert "Heron" not in page and heron.reference not in page and "may be about the same person." not in page
            pages[case] = len(page.split())
    assert not Notice.objects.filter(user=a_person("ana")).exists()
    assert not Entry.objects.filter(case_id__in=[quince.pk, heron.pk], verb__contains="twin").exists()
    assert Entry.objects.filter(case_id=None, verb="casework.twin.found").exists()


@pytest.mark.parametrize("name", [NAME, "Somebody Else"])
def test_opening_a_case_is_answered_in_the_same_words_whatever_stands_behind_it(
    client: Client, heron: Case, name: str
) -> None:
    typed = {"country": "XPR", "status": "DS_UNKNOWN", "names-TOTAL_FORMS": "1"}
    typed |= {"names-INITIAL_FORMS": "0", "names-0-kind": "legal", "names-0-script": "Latn", "names-0-value": name}
    before = set(Case.objects.values_list("pk", flat=True))
    answer = signed_in(client, a_person("ana")).post(reverse("casework:open_case"), typed)
    if answer.status_code != 302:
        pytest.fail(answer.content.decode()[:4000])
    (made,) = Case.objects.exclude(pk__in=before)
    page = client.get(answer["Location"]).content.decode()
    assert f"The case {made} is open. You are its coordinator. {NEUTRAL}" in page
    assert "Heron" not in page and "One person, more than one case" not in page


def test_whoever_sees_the_other_case_reads_its_name_with_a_link(client: Client, heron: Case) -> None:
    on_case(heron, "ana", "reader")
    case = opened("ana", "Quince")
    for name in ("casework:case", "safety:safety", "safety:twins"):
        page = page_of(client, "ana", case, name)
        assert f"This person may also be in case Heron, {heron.reference}." in page
        assert reverse("casework:case", args=[heron.reference]) in page
        assert "Rule whether it is one person" not in page


# --- who rules -----------------------------------------------------------------------------------


def test_who_signs_on_both_cases_rules_alone_in_the_browser(client: Client, quince: Case, heron: Case) -> None:
    on_case(quince, "rui", "reviewer")
    rui = signed_in(client, a_person("rui"), fresh=True)
    where = reverse("safety:rule_on_twin", args=[quince.reference, the_pair().pk])
    assert where in page_of(client, "rui", quince)
    rui = signed_in(client, a_person("rui"), fresh=True)
    page = rui.get(where).content.decode()
    assert f"This person may also be in case Heron, {heron.reference}." in page and "you rule alone" in page
    empty = rui.post(where, {"verdict": "another", "reason": " "})
    assert empty.status_code == 422 and "Say why, in one sentence." in empty.content.decode() and counts()
    assert rui.post(where, {"verdict": "another", "reason": "Born 20 years later."}).status_code == 302
    assert not counts()
    page = page_of(client, "rui", heron)
    assert "Ruled to be another person." in page and "Born 20 years later." in page
    assert "One person, more than one case" not in page_of(client, "rui", heron, "casework:case")


def test_the_ruling_asks_for_a_fresh_second_factor_and_the_right_to_sign(
    client: Client, quince: Case, heron: Case
) -> None:
    on_case(quince, "rui", "reviewer")
    where = reverse("safety:rule_on_twin", args=[quince.reference, the_pair().pk])
    sent = {"verdict": "another", "reason": "Born 20 years later."}
    assert signed_in(client, a_person("rui")).post(where, sent).status_code == 302
    assert signed_in(client, a_person("ana"), fresh=True).post(where, sent).status_code == 403
    assert signed_in(client, a_person("sam"), fresh=True).post(where, sent).status_code == 404
    other = reverse("safety:rule_on_twin", args=[opened("ana", "Alder", "Somebody Else").reference, the_pair().pk])
    assert signed_in(client, a_person("rui"), fresh=True).get(other).status_code == 404
    assert counts() and not TwinRuling.objects.exists()


@pytest.mark.parametrize("who", ["ana", "tomas", "leila", "noor"])
def test_nobody_without_the_right_to_sign_rules(quince: Case, heron: Case, who: str) -> None:
    on_case(quince, "leila", "liaison")
    with pytest.raises(NotAllowed):
        ruled(who)


def test_whoever_opened_the_later_case_does_not_rule_on_it(heron: Case) -> None:
    case = opened("rui", "Quince")
    on_case(case, "rui", "reviewer")
    with pytest.raises(ValidationError, match="You opened the later of the two cases"):
        ruled("rui")
    on_case(case, "dara", "director")
    on_case(heron, "dara", "director")
    ruled("dara")
    assert not counts()


def test_a_signer_who_may_not_sign_yet_does_not_rule(quince: Case, heron: Case) -> None:
    a_person("vera", at=timezone.now())
    for case in (quince, heron):
        on_case(case, "vera", "reviewer")
    with pytest.raises(ValidationError):
        ruled("vera")
    assert counts()


def test_one_side_alone_does_not_rule_while_somebody_signs_on_both(quince: Case, heron: Case) -> None:
    on_case(quince, "rui", "reviewer")
    on_case(heron, "dara", "director")
    with pytest.raises(ValidationError, match="Somebody may sign on both cases"):
        ruled("dara")


def test_where_nobody_signs_on_both_two_people_rule_one_for_each_case(
    client: Client, quince: Case, heron: Case
) -> None:
    on_case(quince, "dara", "director")
    assert ruled("rui").is_for_both is False and counts()
    assert ruled("rui").is_for_both is False and counts()
    told = Notice.objects.filter(user=a_person("dara"), kind="safety.twin.ruled", case_id=quince.pk)
    assert told.exists() and told.first().by is None
    page = page_of(client, "dara", quince)
    assert "It counts once a second person rules so for the other case." in page and "Heron" not in page
    assert ruled("dara").case_id == quince.pk
    assert not counts()


def test_two_rulings_for_one_case_do_not_make_two_sides(quince: Case, heron: Case) -> None:
    on_case(heron, "dara", "director")
    ruled("rui")
    ruled("dara")
    assert counts()


def test_the_same_person_is_believed_at_once_stays_counted_and_is_said_on_both_cases(
    client: Client, quince: Case, heron: Case
) -> None:
    on_case(quince, "rui", "reviewer")
    ruled("rui", "same", "The same mother's name.")
    assert counts()
    for case, other in ((quince, heron), (heron, quince)):
        page = page_of(client, "rui", case, "casework:case")
        assert f"This person is also in case {other.codename}, {other.reference}." in page
        assert "Ruled to be the same person." in page
    lead = page_of(client, "tomas", heron, "casework:case")
    assert "Another case, which you may not open, is about the same person." in lead and "Quince" not in lead


def test_the_same_person_overrides_another_and_another_later_asks_the_question_anew(quince: Case, heron: Case) -> None:
    on_case(quince, "rui", "reviewer")
    ruled("rui", "another")
    ruled("rui", "same")
    assert counts() and the_pair().question == 1
    ruled("rui", "another")
    assert not counts() and the_pair().question == 2


@pytest.mark.parametrize("whose", ["Heron", "Quince"])
def test_a_changed_name_asks_again_and_tells_again(quince: Case, heron: Case, whose: str) -> None:
    on_case(quince, "rui", "reviewer")
    ruled("rui")
    before = Notice.objects.filter(kind="casework.twin.found", user=a_person("rui")).count()
    case = Case.objects.get(codename=whose)
    row = Name.objects.get(case=case)
    people.change_name(actor=case.lead, row=row, version=row.version, values={"value": "Ilias Jan Varanen"})
    assert counts()
    assert Notice.objects.filter(kind="casework.twin.found", user=a_person("rui")).count() == before + 1


def test_a_contact_or_a_cover_that_changes_asks_nothing_again(quince: Case, heron: Case) -> None:
    on_case(quince, "rui", "reviewer")
    ruled("rui")
    people.add_contact(actor=a_person("ana"), case=quince, values={"kind": "family", "name": "Mara Varanen"})
    quince.refresh_from_db()
    cases.change_case(actor=a_person("ana"), case=quince, version=quince.version, values={"summary": "A printer."})
    assert not counts()


# --- what the database keeps ---------------------------------------------------------------------


def refused(act: Any) -> str:
    try:
        with transaction.atomic():
            act()
    except DatabaseError as refusal:
        return str(refusal)
    return ""


def a_ruling(twin: PossibleTwin, **columns: Any) -> TwinRuling:
    known = {"twin": twin, "case": twin.one, "question": twin.question, "verdict": "another", "is_for_both": True}
    row = TwinRuling(**{**known, "ruled_by": a_person("rui"), **columns})
    row.reason = "Born 20 years later."
    return row


def test_the_database_keeps_pairs_and_rulings_as_they_are(quince: Case, heron: Case) -> None:
    twin, another = the_pair(), opened("ana", "Alder", "Somebody Else")
    a_ruling(twin).save(force_insert=True)
    rows, pairs = TwinRuling.objects.all(), PossibleTwin.objects.all()
    acts: dict[str, Any] = {
        "a_pair_of_cases_is_ruled_on_by_others: opened-the-later-case": lambda: a_ruling(
            twin, ruled_by=a_person("ana")
        ).save(),
        "a_pair_of_cases_is_ruled_on_by_others: not-of-the-pair": lambda: a_ruling(twin, case=another).save(),
        "a_pair_of_cases_is_ruled_on_by_others: not-the-question": lambda: a_ruling(twin, question=2).save(),
        "rulings_on_a_pair_are_append_only": lambda: rows.update(verdict="same"),
        "a_pair_of_cases_is_only_asked_about_anew": lambda: pairs.update(other=another),
        "a_pair_of_cases_is_never_forgotten": lambda: pairs._raw_delete("default"),
    }
    for name, act in acts.items():
        assert name in refused(act), name
    pairs.update(question=2)
    assert "a_pair_of_cases_is_only_asked_about_anew" in refused(lambda: pairs.update(question=1))


def test_whoever_opened_the_first_case_may_rule_where_they_sign(quince: Case, heron: Case) -> None:
    assert refused(lambda: a_ruling(the_pair(), ruled_by=heron.opened_by).save()) == ""


def test_the_reason_is_sealed_under_the_case_of_whoever_spoke(quince: Case, heron: Case) -> None:
    ruled("rui")
    raw = TwinRuling.objects.extra(select={"raw": "reason"}).get()
    assert raw.case_id == heron.pk and "Born" not in repr(raw.raw)
