"""From the packet to the review, through the pages: writing, editing, sending, taking back."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from casework.translating.originals import originals_of
from materials.models import Material, MaterialClaim, MaterialItem, MaterialText
from safety.models import LeakScan
from tests.advocacy.journeys import a_written, cleared, in_review
from tests.casework.translated import a_translation, translated_into
from tests.factories import a_case, on_case, put_on
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def ana(client: Client) -> Client:
    return signed_in(client, a_person("ana"))


def to(name: str, row: Any) -> str:
    return reverse(f"materials:{name}", args=[row.pk])


def as_typed(material: Material, **changed: Any) -> dict[str, Any]:
    """Return what the edit form would send when nothing but this was changed."""
    data = {"version": material.version, "title": material.title, "is_nothing_further": "on"}
    data |= {
        "text-" + row["code"].replace(".", "-"): row["text"] for row in material.body if not row["code"].endswith(".S")
    }
    return {**data, **changed}


def test_a_coordinator_composes_a_briefing_from_the_packet(ana: Client) -> None:
    case = a_full_packet()
    answer = ana.post(
        reverse("materials:material_new", args=[case.reference]),
        {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en"},
    )
    material = Material.objects.get()
    assert answer.status_code == 302 and answer["Location"] == to("material", material)
    assert (material.level, material.status, material.revision) == ("disclosure", "draft", 1)
    assert sorted(MaterialClaim.objects.values_list("claim__number", "printed_as")) == [
        (1, "fact"),
        (2, "attributed"),
        (4, "fact"),
    ]
    assert set(MaterialItem.objects.values_list("item", flat=True)) == {"CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS"}
    page = ana.get(to("material", material)).content.decode()
    assert (
        "Ilias Varanen" in page
        and "Kept from this audience" in page
        and "Claim 3" in page
        and "no consent for this audience: health" in page
    )


@pytest.mark.parametrize(
    ("kind", "audience", "words"),
    [
        ("MIN_BRIEF", "AU_PUBLIC", "not written for this audience"),
        ("SUPPORTER", "AU_SUPPORT", "needs a day after which"),
    ],
)
def test_a_text_that_does_not_fit_its_audience_is_refused_beside_the_question(
    ana: Client, kind: str, audience: str, words: str
) -> None:
    case = a_full_packet()
    answer = ana.post(
        reverse("materials:material_new", args=[case.reference]), {"kind": kind, "audience": audience, "language": "en"}
    )
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Material.objects.exists()


def test_editing_raises_the_revision_and_names_its_uses_anew(ana: Client) -> None:
    material = a_written()
    before = material.revision
    text = next(row["text"] for row in material.body if row["code"] == "MIN_BRIEF.5").splitlines()[0]
    answer = ana.post(to("material_edit", material), as_typed(material, **{"text-MIN_BRIEF-5": text}))
    assert answer.status_code == 302
    material.refresh_from_db()
    assert material.revision == before + 1 and material.last_editor.username == "ana"
    assert list(
        MaterialClaim.objects.filter(revision=material.revision)
        .order_by("claim__number")
        .values_list("claim__number", flat=True)
    ) == [1, 4]
    assert "a witness" not in next(row["text"] for row in material.body if row["code"] == "MIN_BRIEF.S")


def test_words_added_by_hand_count_what_the_author_ticks(ana: Client) -> None:
    material = a_written()
    case = material.cases.get()
    data = as_typed(material, **{f"items-{case.pk}": ["CI_FAMILY"]})
    del data["is_nothing_further"]
    ana.post(to("material_edit", material), data)
    material.refresh_from_db()
    assert "CI_FAMILY" in set(MaterialItem.objects.filter(revision=material.revision).values_list("item", flat=True))


def test_a_claim_that_may_not_stand_there_is_refused_and_nothing_typed_is_lost(ana: Client) -> None:
    material = a_written()
    typed = "- He lost much weight. [3]\n- Nobody knows. [77]"
    answer = ana.post(to("material_edit", material), as_typed(material, **{"text-MIN_BRIEF-5": typed}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (
        "Claim 3 may not stand here" in page and "There is no claim 77" in page and "He lost much weight. [3]" in page
    )
    revision = material.revision
    material.refresh_from_db()
    assert material.revision == revision


def test_who_saves_second_sees_both_texts(ana: Client) -> None:
    material = a_written()
    late = as_typed(material, title="Typed by the second")
    ana.post(to("material_edit", material), as_typed(material, title="Saved by the first"))
    answer = ana.post(to("material_edit", material), late)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Typed by the second" in page and "Saved by the first" in page
    assert "You saved this yourself on" in page and "What differs" in page
    differs = page.partition('id="differs-h"')[2].partition("</section>")[0]
    assert "Title" in differs and differs.count('scope="row"') == 1


def test_sending_to_review_scans_keeps_the_words_and_locks_them(ana: Client) -> None:
    material = a_written()
    assert ana.post(to("send_to_review", material)).status_code == 302
    material.refresh_from_db()
    assert material.status == "in_review" and material.sent_to_review_at
    assert LeakScan.objects.get(material_id=material.pk, revision=material.revision).verdict == "clean"
    assert MaterialText.objects.get(material=material).revision == material.revision
    answer = ana.post(to("material_edit", material), as_typed(material, title="Changed behind the reviewer"))
    assert answer.status_code == 422 and "its words are locked" in answer.content.decode()
    ana.post(to("take_back", material))
    material.refresh_from_db()
    assert material.status == "draft"


def test_what_is_not_ready_lists_every_reason_at_once(ana: Client) -> None:
    case = a_full_packet()
    ana.post(
        reverse("materials:material_new", args=[case.reference]),
        {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en"},
    )
    material = Material.objects.get()
    data = as_typed(material, **{"text-MIN_BRIEF-7": "", "text-MIN_BRIEF-4": "Say it in \u16a0 letters."})
    del data["is_nothing_further"]
    ana.post(to("material_edit", material), data)
    answer = ana.post(to("send_to_review", material))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert (
        "What the authorities say” is empty" in page
        and "Nobody has said what the text discloses" in page
        and "runic letter" in page
    )
    material.refresh_from_db()
    assert material.status == "draft" and not LeakScan.objects.exists()


def test_composing_again_replaces_the_words_and_asks_first(ana: Client) -> None:
    material = a_written()
    ana.post(to("material_edit", material), as_typed(material, title="By hand"))
    material.refresh_from_db()
    assert ana.get(to("compose_again", material)).status_code == 200
    ana.post(to("compose_again", material), {"version": material.version})
    material.refresh_from_db()
    assert material.title == "Ilias Varanen, newspaper editor, Practice Republic"


def test_the_print_view_of_a_draft_says_so_and_carries_no_copy_number(ana: Client) -> None:
    material = a_written()
    page = ana.get(to("material_print", material)).content.decode()
    assert "DRAFT, NOT CLEARED" in page and "Copy " not in page and "Ilias Varanen" in page
    assert Entry.objects.filter(verb="materials.material.printed").exists()


def test_a_reader_sees_that_a_text_exists_and_not_its_words(client: Client) -> None:
    material = a_written()
    reader = on_case(material.cases.get(), "leon", "reader")
    page = signed_in(client, reader).get(to("material", material)).content.decode()
    assert "Minister&#x27;s or ambassador&#x27;s briefing" in page and "Varanen" not in page
    assert signed_in(client, reader).get(to("material_print", material)).status_code == 404
    assert signed_in(client, reader).get(to("material_edit", material)).status_code == 403


@pytest.mark.parametrize(
    "name", ["material", "material_edit", "compose_again", "material_print", "review", "dispatch", "publish"]
)
def test_what_others_may_not_know_of_is_not_there(client: Client, name: str) -> None:
    material = a_written()
    other = a_case(lead=a_person("sam"))
    hidden = signed_in(client, a_person("sam")).get(to(name, material))
    missing = client.get(reverse(f"materials:{name}", args=[other.pk]))
    assert hidden.status_code == missing.status_code == 404
    assert TOKEN.sub(b"", hidden.content) == TOKEN.sub(b"", missing.content)
    assert client.get(reverse("materials:materials", args=[material.cases.get().reference])).status_code == 404


def test_a_text_about_two_cases_needs_both(client: Client) -> None:
    from materials.actions import materials

    first, second = a_full_packet(), a_full_packet()
    material = materials.write(
        actor=a_person("ana"), cases=[first, second], kind="MIN_BRIEF", audience="AU_DIPLO", language="en"
    )
    communications = on_case(first, "cleo", "communications")
    assert signed_in(client, communications).get(to("material", material)).status_code == 404
    put_on(second, communications, "communications")
    assert signed_in(client, communications).get(to("material", material)).status_code == 200


def test_the_list_takes_the_same_queries_for_many_materials(ana: Client, django_assert_max_num_queries: Any) -> None:
    case = a_full_packet()
    for _number in range(3):
        a_written(case)
    ana.get(reverse("materials:materials", args=[case.reference]))
    with django_assert_max_num_queries(24):
        page = ana.get(reverse("materials:materials", args=[case.reference])).content.decode()
    assert page.count("Disclosure gate") == 3


def test_the_words_are_not_readable_in_the_database() -> None:
    from django.db import connection

    material = in_review()
    with connection.cursor() as cursor:
        for table in ("materials_material", "materials_materialtext", "safety_leakfinding"):
            cursor.execute(f"SELECT * FROM {table}")
            assert "Varanen" not in str(
                [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]
            )
    assert material.title


def test_a_cleared_text_that_is_edited_is_a_draft_again(ana: Client) -> None:
    material = cleared()
    ana.post(to("material_edit", material), as_typed(material, title="Another title"))
    material.refresh_from_db()
    assert material.status == "draft" and dt.datetime.now(dt.UTC) > material.edited_at


def test_a_bullet_of_a_right_to_left_text_stands_on_its_side_whatever_its_first_letter(ana: Client) -> None:
    case = a_full_packet()
    translated_into(case, but=["source.attribution"])
    for original in (one for one in originals_of(case) if one.what == "source.attribution"):
        a_translation(original, f"{original.words} للمحكمة")
    material = a_written(case, language="ar")
    page = ana.get(to("material", material)).content.decode()
    paper = page.partition('<article class="paper"')[2].partition("</article>")[0]
    assert 'dir="rtl"' in paper and '<bdi dir="ltr">The court record' in paper and "<li dir=" not in paper
