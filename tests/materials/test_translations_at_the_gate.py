"""A translation is asked by the gate: signed by another reader, and of what the packet says now, whenever a text leaves."""

import html
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.actions import translations
from casework.actions.translations import Line
from casework.models import Case, Translation, TypedWords
from casework.translating.originals import originals_of
from materials.actions import dispatches, materials, reviews
from materials.facts_used import keep_facts, rule_still_right, second_still_right
from materials.models import Copy, Material, MaterialFact
from materials.review.refusals import shown
from safety import gate
from safety.verdict import GateClosed
from tests.advocacy.journeys import PROOF, cleared, in_review, seen
from tests.casework.translated import a_reader, translated_into
from tests.directory.entries import chosen, to_somebody
from tests.factories import on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
CODE = "translation-not-signed"


@pytest.fixture
def case() -> Case:
    found = a_full_packet()
    translated_into(found, "fr")
    return found


def codes(material: Material, moment: str) -> tuple[str, ...]:
    return gate.examine(gate.Leaving.of(Material.objects.get(pk=material.pk)), moment=moment).codes


def still_translates(case: Case, what: str = "case.why_now") -> Translation:
    """The original changes; the translator says that the line still says it, which no second reader has seen."""
    one = next(one for one in originals_of(Case.objects.get(pk=case.pk)) if one.what == what)
    row = Translation.objects.present().get(row_id=one.row.pk, what=what)
    line = Line(*one.key, text=row.text or "", version=row.version, read=one.mac.hex(), is_still_right=True)
    assert translations.translate(actor=case.lead, case=case, language="fr", lines=[line]) == 1
    return Translation.objects.get(pk=row.pk)


def reworded(case: Case) -> None:
    fresh = Case.objects.get(pk=case.pk)
    fresh.why_now = "The appeal is heard in May."
    fresh.save()


def ruled(material: Material) -> None:
    """Two people say of each changed fact that the words still hold."""
    rule_still_right(material, actor=a_person("ana"))
    second_still_right(material, actor=a_person("rui"))


def sign(case: Case, row: Translation) -> None:
    omar = a_reader("omar", "fr")
    if not case.memberships.filter(user=omar).exists():
        on_case(case, "omar", "reader")
    translations.sign(actor=omar, case=case, language="fr", rows=[(row.pk, row.version)])


def unsigned_under(case: Case, material: Material) -> Translation:
    """Everything is right but the signature under one translation."""
    reworded(case)
    row = still_translates(case)
    ruled(material)
    return row


def test_a_ruling_on_the_facts_is_no_signature_under_the_translation(case: Case) -> None:
    material = in_review(case, language="fr")
    on_case(case, "rui", "reviewer")
    row = unsigned_under(case, material)
    assert codes(material, "review") == (CODE,)
    with pytest.raises(reviews.NotSigned) as refused:
        reviews.sign(actor=a_person("rui"), material=material, seen=seen(material), proof=PROOF, checks={})
    assert [reason.code for reason in refused.value.reasons] == [CODE]
    sign(case, row)
    assert codes(material, "review") == ()
    reviews.sign(actor=a_person("rui"), material=material, seen=seen(material), proof=PROOF, checks={})


def test_no_copy_is_made_and_none_leaves_on_a_translation_without_a_signature(case: Case) -> None:
    material = cleared(case, language="fr")
    (copy,) = dispatches.dispatch(actor=a_person("ana"), material=material, to=[to_somebody("A desk")])
    row = unsigned_under(case, material)
    for act in (
        lambda: dispatches.dispatch(actor=a_person("ana"), material=material, to=[to_somebody("Another desk")]),
        lambda: dispatches.leave(actor=a_person("ana"), row=Copy.objects.get(pk=copy.pk)),
    ):
        with pytest.raises(GateClosed) as closed:
            act()
        assert closed.value.verdict.codes == (CODE,)
    assert Copy.objects.count() == 1 and CODE in codes(material, "serve")
    sign(case, row)
    assert CODE not in codes(material, "serve")
    dispatches.dispatch(actor=a_person("ana"), material=material, to=[to_somebody("Another desk")])


def test_an_original_that_changed_is_not_healed_by_a_ruling(case: Case) -> None:
    material = in_review(case, language="fr")
    reworded(case)
    assert set(codes(material, "review")) == {CODE, "facts-changed"}
    ruled(material)
    assert codes(material, "review") == (CODE,)


def test_a_stale_translation_typed_by_hand_is_refused(case: Case) -> None:
    row = Translation.objects.get(what="case.why_now")
    reworded(case)
    material = materials.write(
        actor=a_person("ana"), cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language="fr"
    )
    assert CODE not in codes(material, "review")
    texts = {one["code"]: one["text"] for one in material.body} | {"MIN_BRIEF.9": row.text or ""}
    told = materials.StatedDisclosures(is_nothing_further=True)
    kept = materials.edit(
        actor=a_person("ana"), material=material, version=material.version, title=material.title, texts=texts, told=told
    )
    assert CODE in codes(kept, "review")


def test_of_two_lines_that_say_the_same_the_one_whose_original_changed_is_not_meant(case: Case) -> None:
    stale = Translation.objects.get(what="person.occupation")
    same = Translation.objects.get(what="case.why_now")
    stale.text, stale.signed_by, stale.signed_at = same.text, None, None
    stale.original = "Something else."
    stale.save()
    material = materials.write(
        actor=a_person("ana"), cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language="fr"
    )
    rows = set(MaterialFact.objects.filter(material=material, kind="translated").values_list("row_id", flat=True))
    assert same.pk in rows and stale.pk not in rows and CODE not in codes(material, "review")


def test_the_pages_name_the_line_and_lead_to_it(client: Client, case: Case) -> None:
    material = cleared(case, language="fr")
    unsigned_under(case, material)
    ana = signed_in(client, a_person("ana"))
    page = html.unescape(ana.get(reverse("materials:material", args=[material.pk])).content.decode())
    answer = ana.post(reverse("materials:dispatch", args=[material.pk]), chosen(), follow=True)
    told = html.unescape(answer.content.decode())
    assert not Copy.objects.exists()
    assert "is not signed by a second reader: Why now." in told, page
    assert f'href="{reverse("materials:translation", args=[case.reference, "fr"])}"' in told
    assert "may translate it; another reader of the language signs." in told


def test_who_may_not_see_the_case_reads_nothing_of_its_translation(case: Case) -> None:
    material = in_review([case, a_full_packet()], language="en")
    viewer = on_case(case, "tomas", "legal")
    hidden = material.cases.exclude(pk=case.pk).get()
    rows = [row for found in translated_into(hidden, "fr", is_signed=False).values() for row in found]
    told = {"material": material, "revision": material.revision, "case": hidden, "made_by": a_person("ana")}
    MaterialFact.objects.create(kind="translated", row_id=rows[0].pk, row_mac=bytes(rows[0].facts_mac or b""), **told)
    leaving = gate.Leaving.of(material)
    verdict = gate.examine(leaving, moment="review", viewer=viewer)
    lines = shown(verdict.refusals, material=material, cases=list(material.cases.all()), viewer=viewer)
    (line,) = [line for line in lines if line.code == CODE]
    assert line.text == "One further case" and hidden.reference not in str(lines)


STEPS = st.lists(
    st.tuples(st.sampled_from(["reword", "back", "translate", "keep", "sign", "remove"]), st.sampled_from(TypedWords)),
    max_size=6,
)
FIELDS = [TypedWords.WHY_NOW, TypedWords.LAW, TypedWords.CLAIM, TypedWords.SOURCE, TypedWords.ASKED, TypedWords.PLACE]


def _does(case: Case, step: str, what: TypedWords, before: dict[Any, str]) -> None:
    one = next(one for one in originals_of(Case.objects.get(pk=case.pk)) if one.what == what)
    row = Translation.objects.present().filter(row_id=one.row.pk, what=what).first()
    if step in {"reword", "back"}:
        words = before[one.key] if step == "back" else one.words + " Again."
        setattr(one.row, what.split(".")[1], words)
        one.row.save()
    elif step == "sign" and row is not None:
        if row.signed_by_id is None and row.is_of(one.words):
            sign(case, row)
    elif step != "sign":
        text = {"translate": f"{row.text if row else 'mots'} nouveaux", "remove": ""}.get(step, row.text if row else "")
        line = Line(
            *one.key, text=text or "", version=row.version if row else 0, read=one.mac.hex(), is_still_right=True
        )
        translations.translate(actor=case.lead, case=case, language="fr", lines=[line])


def _stands(fact: MaterialFact) -> bool:
    """Say in Python whether a translation is signed, and of what the packet says now."""
    row = Translation.objects.get(pk=fact.row_id)
    now = {one.key: one.words for one in originals_of(Case.objects.get(pk=row.case_id))}
    return row.signed_by_id is not None and row.is_of(now.get((row.what, row.row_id)))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=STEPS.map(lambda steps: [(step, FIELDS[list(TypedWords).index(what) % len(FIELDS)]) for step, what in steps])
)
def test_the_database_says_the_same_as_python_after_any_steps(case: Case, steps: list[tuple[str, TypedWords]]) -> None:
    with transaction.atomic():
        material = materials.write(
            actor=a_person("ana"), cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language="fr"
        )
        keep_facts(material, actor=a_person("ana"))
        facts = list(MaterialFact.objects.filter(material=material, kind="translated"))
        before = {one.key: one.words for one in originals_of(case)}
        assert len(facts) >= len(FIELDS)
        for step, what in steps:
            _does(case, step, what, before)
            refused = gate.refused_rows(gate.Leaving.of(material), [CODE])[CODE]
            assert {key.replace("-", "") for _case, key in refused} == {f.row_id.hex for f in facts if not _stands(f)}
            assert (CODE in codes(material, "review")) is bool(refused)
        transaction.set_rollback(True)
