"""Materials brought to a point of their way, through the verbs themselves."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.sign_in.freshness import Proof
from materials.actions import materials, reviews
from materials.actions.materials import StatedDisclosures
from materials.models import Material
from safety import questions
from safety.models import Posture, RiskAssessment
from tests.factories import on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person
from tests.safety.answers import WARNED, warned

PROOF = Proof("totp", 1, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.timedelta(minutes=2))


def good_answers() -> dict[str, Any]:
    """Return answers to the twelve questions that stop nothing and name no harm, as RevisionCheckForm gives them."""
    answers: dict[str, Any] = {
        q.code: {"answer": "no" if q.is_alarmed_by("yes") else "yes", "note": ""} for q in questions.rapid()
    }
    answers[WARNED]["parts"] = warned("yes")
    return {"answers": answers, "danger_now": "none", "harms": []}


def a_written(
    case: Any = None, *, kind: str = "MIN_BRIEF", audience: str = "AU_DIPLO", language: str = "en", **options: Any
) -> Material:
    """Return a material composed by ana from her full packet, with its author's answer that nothing further is disclosed.

    Of a list of cases it is about each of them.
    """
    cases = case if isinstance(case, list) else [case or a_full_packet()]
    ana = a_person("ana")
    material = materials.write(actor=ana, cases=cases, kind=kind, audience=audience, language=language, **options)
    told = StatedDisclosures(is_nothing_further=True)
    texts = {section["code"]: section["text"] for section in material.body}
    return materials.edit(
        actor=ana,
        material=material,
        version=material.version,
        title=material.title,
        texts=texts,
        told=told,
        stop_on=material.stop_on,
    )


def in_review(case: Any = None, **options: Any) -> Material:
    """Return a material that ana has sent to review."""
    material = a_written(case, **options)
    return materials.send_to_review(actor=a_person("ana"), material=material)


def seen(material: Material) -> reviews.ReadRevision:
    """Return what a reviewer who opened the page now would have seen."""
    return reviews.ReadRevision(material.revision, bytes(material.mac).hex())


def cleared(case: Any = None, **options: Any) -> Material:
    """Return a material that rui has read and signed."""
    material = in_review(case, **options)
    rui, checks = a_person("rui"), {}
    for one in material.cases.all():
        if not one.memberships.filter(user=rui).exists():
            on_case(one, "rui", "reviewer")
        if material.level == "full":
            checks[one.pk] = good_answers()
    reviews.sign(actor=rui, material=material, seen=seen(material), proof=PROOF, checks=checks)
    material.refresh_from_db()
    return material


def fit_for_the_public(case: Any) -> Any:
    """Give a case what the full level asks for: public posture, a signed low assessment. Returns the case."""
    now = timezone.now()
    tomas, rui = a_person("tomas"), a_person("rui")
    Posture.objects.create(
        case=case,
        number=1,
        kind="PO_PUBLIC",
        decided_by=tomas,
        review_on=now.date() + dt.timedelta(days=90),
        reason="Agreed.",
    )
    RiskAssessment.objects.create(
        case=case,
        number=1,
        kind="full",
        danger_now="none",
        level="RL_LOW",
        author=tomas,
        answers={},
        worst_case="Nothing worse.",
        signed_by=rui,
        signed_at=now,
        expires_at=now + dt.timedelta(days=30),
        granted_until=now + dt.timedelta(days=30),
    )
    return case
