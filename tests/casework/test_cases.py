"""The case list, search, opening a case and its cover: what is shown, and to whom nothing is."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.actions.cases import change_case, open_case
from casework.codenames import quiet_words
from casework.models import Case, CaseKey, Membership, SearchWords
from casework.search import retag
from tests.factories import a_case, a_detention, a_prisoner, on_case, put_on
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def lines(names=(), **fields):
    """The form of a new case as a browser sends it."""
    data = {"country": "XPR", "status": "DS_PRETRIAL", "status_on": "2026-11-02", **fields}
    data |= {"names-TOTAL_FORMS": str(max(len(names), 1)), "names-INITIAL_FORMS": "0"}
    for number, (script, value) in enumerate(names):
        data |= {f"names-{number}-value": value, f"names-{number}-script": script, f"names-{number}-kind": "legal"}
    return data


def search(client, words):
    """Search as the box does, and follow to the list."""
    return client.post(reverse("casework:search"), {"words": words}, follow=True)


def test_a_coordinator_opens_a_case_and_is_the_only_one_on_it(client):
    ana = a_person("ana")
    answer = signed_in(client, ana).post(
        reverse("casework:open_case"), lines([("Latn", "Jan Novak"), ("Cyrl", "Ян Новак")])
    )
    case = Case.objects.get()
    assert answer.status_code == 302 and answer.url == reverse("casework:case", args=[case.reference])
    assert (case.country, case.lead, case.opened_by) == ("XPR", ana, ana) and case.codename in quiet_words()
    assert CaseKey.objects.filter(case=case).count() == 1
    assert [row.value for row in case.names.order_by("created_at")] == ["Jan Novak", "Ян Новак"]
    membership = Membership.objects.get()
    assert (membership.user, membership.role, membership.is_opening) == (ana, "coordinator", True)
    assert Entry.objects.filter(verb="casework.case.opened", case_id=case.pk, actor_id=ana.pk).count() == 1
    assert not Case.objects.visible_to(a_person("sam")).exists()
    assert not Case.objects.visible_to(a_person("admin")).exists()


@pytest.mark.parametrize("names", [[("Latn", "Jan Novak")], [("Latn", "Heron Novak")]])
def test_a_codename_that_is_sent_along_is_passed_over(client, names):
    hidden = a_case(codename="Quince", lead=a_person("sam"))
    answer = signed_in(client, a_person("ana")).post(
        reverse("casework:open_case"), lines(names, codename="Quince"), follow=True
    )
    case = Case.objects.exclude(pk=hidden.pk).get()
    assert case.codename not in {"Quince", "Heron"}
    assert f"The case {case.codename} {case.reference} is open." in answer.content.decode()


def test_adding_a_line_for_a_name_keeps_everything_typed_and_opens_nothing(client):
    data = lines([("Latn", "Jan Novak")], public_label="an editor") | {"more": "1"}
    page = signed_in(client, a_person("ana")).post(reverse("casework:open_case"), data).content.decode()
    assert not Case.objects.exists()
    assert "Jan Novak" in page and "an editor" in page and 'name="names-1-value"' in page
    assert "second look" not in page


def test_an_outside_reviewer_opens_no_case(client):
    answer = signed_in(client, a_person("omar")).post(reverse("casework:open_case"), lines())
    assert not Case.objects.exists()
    assert "they open no cases" in answer.content.decode()


def test_the_list_shows_what_one_may_see_and_nothing_of_the_rest(client):
    a_case(codename="Heron", status="DS_APPEAL")
    a_case(codename="Quince", lead=a_person("sam"), country="ZAF")
    page = signed_in(client, a_person("ana")).get(reverse("casework:cases")).content.decode()
    assert "Heron" in page and "Convicted, appeal pending" in page
    assert "Quince" not in page and "South Africa" not in page and "1 of 1 cases." in page
    hidden = signed_in(client, a_person("tomas")).get(reverse("casework:cases")).content.decode()
    assert "Heron" not in hidden and "No case yet" in hidden
    assert "Apply filters" in page and "Apply filters" not in hidden


def test_filters_narrow_the_list_and_can_be_taken_off(client):
    a_case(codename="Heron", status="DS_APPEAL")
    a_case(codename="Alder", country="ZAF")
    signed_in(client, a_person("ana"))
    page = client.get(reverse("casework:cases"), {"country": "ZAF"}).content.decode()
    assert "Alder" in page and "Heron" not in page and "take this filter off" in page
    assert "Heron" in client.get(reverse("casework:cases"), {"status": "DS_APPEAL"}).content.decode()
    assert "Heron" in client.get(reverse("casework:cases"), {"country": "nonsense"}).content.decode()
    mine = client.get(reverse("casework:cases"), {"mine": "1", "country": "NOR"}).content.decode()
    assert "No case fits" in mine and "Apply filters" in mine


def test_the_list_is_paged_by_codename(client):
    for number in range(28):
        a_case(codename=f"Word {number:02}")
    signed_in(client, a_person("ana"))
    page = client.get(reverse("casework:cases"))
    assert "Word 24" in page.content.decode() and "Word 25" not in page.content.decode()
    last = Case.objects.get(codename="Word 24")
    rest = client.get(reverse("casework:cases"), {"after": str(last)}).content.decode()
    assert "Word 25" in rest and "Word 27" in rest and "Word 24<" not in rest


def test_no_case_is_left_out_where_the_page_ends_between_two_of_one_codename(client):
    for _number in range(28):
        a_case(codename="Heron")
    signed_in(client, a_person("ana"))
    page = client.get(reverse("casework:cases"))
    rest = client.get(reverse("casework:cases") + re.search(r'href="(\?after=[^"]+)"', page.content.decode())[1])
    shown = [{row.case.reference for row in answer.context["rows"]} for answer in (page, rest)]
    assert [len(one) for one in shown] == [25, 3] and not shown[0] & shown[1]


@pytest.mark.parametrize(
    "words",
    [
        "Novak",
        "jan novak",
        "NOVÁK",
        "Eva",
        "+420 123 456 789",
        "00420123456789",
        "eva@mail.example",
        "heron",
        "hero",
        "K7QF",
        "k7qf29md",
        "Practice Republic",
    ],
)
def test_a_case_is_found_by_name_part_telephone_mail_codename_and_reference(client, words):
    ana = a_person("ana")
    case = open_case(actor=ana, codename="Heron", country="XPR", names=[("legal", "Latn", "Jan Novák")])
    Case.objects.filter(pk=case.pk).update(reference="K7QF-29MD")
    contact(case, ana)
    a_case(codename="Quince", country="ZAF")
    found = search(signed_in(client, ana), words)
    page = found.content.decode()
    assert "Heron" in page and "Quince" not in page
    assert words not in found.redirect_chain[0][0] and "words=" in found.redirect_chain[0][0]


def contact(case, ana):
    from casework.actions.people import add_contact

    values = {"kind": "family", "name": "Eva Stern", "phone": "+420 123 456 789", "email": "eva@mail.example"}
    return add_contact(actor=ana, case=case, values=values)


def test_a_name_finds_nothing_for_who_may_not_open_the_identity(client):
    ana = a_person("ana")
    case = open_case(actor=ana, codename="Heron", country="XPR", names=[("legal", "Latn", "Jan Novak")])
    reader = on_case(case, "leila", "reader")
    assert "No case fits" in search(signed_in(client, reader), "Novak").content.decode()
    assert "Heron" in search(client, "Heron").content.decode()
    stranger = signed_in(client, a_person("sam"))
    for words in ("Novak", "Heron", case.reference):
        assert "Heron</bdi>" not in search(stranger, words).content.decode()


def test_words_of_a_search_are_sealed_last_an_hour_and_belong_to_one_person(client):
    ana = a_person("ana")
    a_case(codename="Heron")
    found = search(signed_in(client, ana), "Novak")
    row = SearchWords.objects.get()
    assert b"Novak" not in bytes(str(SearchWords.objects.values_list("words", flat=True).query), "utf-8")
    address = found.redirect_chain[0][0]
    assert "Search: Novak" in found.content.decode()
    other = signed_in(client, a_person("tomas")).get(address).content.decode()
    assert "Novak" not in other and "This search is over" in other
    SearchWords.objects.filter(pk=row.pk).update(made_at=timezone.now() - dt.timedelta(minutes=61))
    late = signed_in(client, ana).get(address).content.decode()
    assert "Novak" not in late and "This search is over" in late


def test_a_removed_name_finds_nothing_and_comes_back(client):
    from casework.actions.removal import remove, undo

    ana = a_person("ana")
    case = open_case(actor=ana, codename="Heron", country="XPR", names=[("legal", "Latn", "Jan Novak")])
    name = case.names.get()
    remove(actor=ana, row=name)
    assert "No case fits" in search(signed_in(client, ana), "Novak").content.decode()
    undo(actor=ana, row=name)
    assert "Heron</bdi>" in search(client, "Novak").content.decode()


def test_a_missing_case_and_a_hidden_one_give_the_same_page(client):
    case = a_case(codename="Heron")
    signed_in(client, a_person("sam"))
    hidden = client.get(reverse("casework:case", args=[case.reference]))
    missing = client.get(reverse("casework:case", args=["ZZZZ-9999"]))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert strip_tokens(hidden) == strip_tokens(missing)


def strip_tokens(answer):
    """The body without what differs at every request."""
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def test_the_cover_is_changed_and_the_second_editor_is_told(client):
    case = a_case(codename="Heron")
    signed_in(client, a_person("ana"))
    address = reverse("casework:change_case", args=[case.reference])
    typed = {
        "country": "XPR",
        "status": "DS_TRIAL",
        "status_on": "2026-11-02",
        "lead": case.lead_id,
    }
    first = client.post(address, typed | {"version": "1", "public_label": "an editor"})
    assert first.status_code == 302
    second = client.post(address, typed | {"version": "1", "public_label": "a printer"})
    page = second.content.decode()
    assert second.status_code == 409 and "an editor" in page and "a printer" in page
    assert Case.objects.get().public_label == "an editor"
    third = client.post(address, typed | {"version": "2", "public_label": "a printer"})
    assert third.status_code == 302 and Case.objects.get().public_label == "a printer"


def test_whoever_may_change_the_case_draws_another_codename_and_types_none(client):
    case = a_case(codename="Heron")
    a_prisoner(case, "Jan Novak")
    client = signed_in(client, a_person("ana"))
    cover = reverse("casework:change_case", args=[case.reference])
    page = client.get(cover).content.decode()
    assert 'name="codename"' not in page and "Draw another codename" in page
    with pytest.raises(ValidationError, match="drawn, not typed"):
        change_case(actor=case.lead, case=case, version=1, values={"codename": "Osprey"})
    answer = client.post(reverse("casework:draw_codename", args=[case.reference]), follow=True)
    drawn = Case.objects.get()
    assert drawn.codename in quiet_words() and drawn.codename != "Heron" and drawn.version == 2
    assert f"The codename is now {drawn.codename}." in answer.content.decode()
    entry = Entry.objects.get(verb="casework.case.changed")
    assert entry.actor_id == case.lead_id


def test_a_reader_draws_no_codename(client):
    case = a_case(codename="Heron")
    signed_in(client, on_case(case, "leila", "reader"))
    assert client.post(reverse("casework:draw_codename", args=[case.reference])).status_code == 403
    assert Case.objects.get().codename == "Heron"


def test_a_reader_sees_the_case_and_may_not_change_it_in_words(client):
    case = a_case(codename="Heron")
    reader = on_case(case, "leila", "reader")
    signed_in(client, reader)
    assert client.get(reverse("casework:case", args=[case.reference])).status_code == 200
    refused = client.get(reverse("casework:change_case", args=[case.reference]))
    assert refused.status_code == 403 and "change the case" in refused.content.decode()


def test_the_same_cases_are_visible_in_both_orders_of_asking():
    a_case(codename="Heron")
    put_on(a_case(codename="Quince", lead=a_person("sam")), a_person("ana"), "reader")
    for user in (a_person("ana"), a_person("sam"), a_person("tomas"), a_person("admin")):
        for right in ("view_case", "manage_access", "sign_risk"):
            seen = set(Case.objects.where(user, may=right))
            assert seen == set(Case.objects.where(user, may=right, row_by_row=False))
            for row_by_row in (True, False):
                rows = Membership.objects.where(user, may=right, row_by_row=row_by_row)
                assert {row.case for row in rows} == seen
    assert len(Case.objects.visible_to(a_person("ana"))) == 2 > len(Case.objects.visible_to(a_person("sam"))) == 1
    gone = a_person("ana")
    gone.is_active = False
    for nobody in (AnonymousUser(), gone):
        assert not Case.objects.visible_to(nobody, row_by_row=False) and not Case.objects.visible_to(nobody)
        assert not Membership.objects.visible_to(nobody)


@pytest.mark.postgresql_only
def test_postgresql_does_not_begin_with_every_right_of_a_person():
    """Begun so, each query of a list costs more with each case that somebody may see."""
    user = a_case(codename="Heron").lead
    for rows in (Case.objects.visible_to(user), Membership.objects.visible_to(user)):
        plan = rows.explain()
        assert "SubPlan" in plan and " Join " not in plan.partition("SubPlan")[0], plan


def test_the_number_of_queries_does_not_grow_with_the_cases(client, django_assert_max_num_queries):
    for number in range(5):
        case = a_case(codename=f"Word {number}")
        put_on(case, a_person("leila"), "reader")
        a_detention(case)
    signed_in(client, a_person("ana"))
    client.get(reverse("casework:cases"))
    with django_assert_max_num_queries(15) as few:
        client.get(reverse("casework:cases"))
    for number in range(5, 30):
        a_detention(a_case(codename=f"Word {number}"))
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("casework:cases"))


@pytest.mark.parametrize("words", ["Novak", "Heron"])
def test_a_search_counts_what_the_reader_may_see_of_what_it_finds_on_each_of_its_pages(client, words):
    ana, sam = a_person("ana"), a_person("sam")
    for number in range(27):
        case = a_case(codename=f"Heron {number:02d}", lead=ana)
        a_prisoner(case, "Jan Novak")
        retag(case.names.get())
    for number in range(3):
        hidden = a_case(codename=f"Heron hidden {number}", lead=sam)
        a_prisoner(hidden, "Jan Novak")
        retag(hidden.names.get())
    reader = signed_in(client, ana)
    first = search(reader, words)
    assert "27 of 27 cases." in first.content.decode() and "Heron hidden" not in first.content.decode()
    after = re.search(r'href="(\?words=[^"]*after=[^"]*)"', first.content.decode())
    second = reader.get(first.redirect_chain[-1][0].partition("?")[0] + after[1].replace("&amp;", "&"))
    assert "27 of 27 cases." in second.content.decode() and "Heron 26" in second.content.decode()
