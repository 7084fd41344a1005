"""Scenes at the edges of what is asked about risk: holds, pauses, posture, assessments, the rapid check, the family."""

import datetime as dt
from typing import Any

from casework.models import Case, CaseGroup, FamilyTold, Wish
from directory.models import Recipient
from materials.models import Material
from safety.models import (
    Clearance,
    CriticalException,
    Hold,
    Pause,
    Posture,
    Review,
    ReviewCheck,
    RiskAssessment,
    RiskEvent,
)
from tests.factories import a_case
from tests.gate.near_misses import SPOILERS
from tests.gate.ready import Ready, a_rapid_check, a_signed_assessment
from tests.gate.scenes import AT, NOBODY, Change, Scene, both, now, scene
from tests.gate.scenes_of_signature import another_review
from tests.people import a_person

HOUR, HALF_AN_HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(minutes=30), dt.timedelta(days=1)


def hold(scope: str = "case", *, of: str = "here", ends: dt.datetime | None = None, lifted: bool = False) -> Change:
    """Return a change that orders a hold, here or over others."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        columns: dict[str, Any] = {"kind": "precaution" if ends else "until_lifted", "ends_at": ends}
        if scope == "case":
            columns["case"] = case if of == "here" else a_case(country="XOT")
        if scope == "country":
            columns["country"] = case.country if of == "here" else "XOT"
        if scope == "group":
            columns["group"] = CaseGroup.objects.create(codename=f"Group {of}")
            if of == "here":
                Case.objects.filter(pk=case.pk).update(group=columns["group"])
        if lifted:
            columns |= {"lifted_by": ready.rui, "lifted_at": now(), "lift_asked_by": ready.ana}
        Hold.objects.create(scope=scope, reason="His brother was summoned.", held_by=ready.ana, **columns)

    return change


def _not_of_a_country(ready: Ready, case: Any, row: Any) -> None:
    Case.objects.filter(pk=case.pk).update(country="")
    hold(of="elsewhere")(ready, case, row)


def _ended_pause(ready: Ready, case: Any, row: Any) -> None:
    SPOILERS["paused"](ready, case, row)
    by = RiskAssessment.objects.filter(case=case, material_id=None)[0]
    RiskEvent.objects.filter(case=case).update(answered_at=now(), answered_by_assessment=by)
    Pause.objects.filter(case=case).update(ended_at=now(), ended_by_assessment=by)


def pause_elsewhere(ready: Ready, _case: Any, row: Any) -> None:
    """Pause another case, not this one."""
    SPOILERS["paused"](ready, a_case(), row)


def event(
    event_class: str, *, due: dt.datetime | None = None, answered: bool = False, elsewhere: bool = False
) -> Change:
    """Return a change that notes that something happened."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        of = a_case() if elsewhere else case
        made = RiskEvent.objects.create(case=of, code="TR_LEAK", event_class=event_class, noted_by=ready.ana)
        by = RiskAssessment.objects.filter(case=case, material_id=None)[0]
        said = {"answered_at": now(), "answered_by_assessment": by} if answered else {}
        RiskEvent.objects.filter(pk=made.pk).update(due_at=due, **said)

    return change


def posture(kind: str, *, until: dt.datetime | None = None, before: str = "", material: str = "") -> Change:
    """Return a change that decides a posture, after an earlier one where `before` names it."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        rows = Posture.objects.filter(case=case)
        columns = {"decided_by": ready.ana, "review_on": now().date(), "reason": "So it was decided"}
        rows.update(kind=before or kind, embargo_until=None if before else until)
        if before:
            Posture.objects.create(case=case, number=2, kind=kind, embargo_until=until, **columns)
        if material:
            Material.objects.filter(pk=ready.material.pk).update(kind=material)

    return change


def latest(*, told: bool | None = None, **columns: Any) -> Change:
    """Return a change of the case's assessment; `told` records a wish for publicity, after a talk or without one."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        if columns.get("director") == "rui":
            columns["director"] = ready.rui
        RiskAssessment.objects.filter(case=case, material_id=None).update(**columns)
        if told is not None:
            words = {"told_by": "She said so herself, on a free line."} if told else {}
            Wish.objects.create(case=case, number=2, wants="publicity", **words)

    return change


def earlier(**columns: Any) -> Change:
    """Return a change that puts a newer, whole assessment after one that is wrong."""

    def change(ready: Ready, case: Any, row: Any) -> None:
        latest(**columns)(ready, case, row)
        a_signed_assessment(case, author=ready.ana, signer=ready.rui)

    return change


def wish(**columns: Any) -> Change:
    """Return a change that records a wish as the latest."""

    def change(_ready: Ready, case: Any, _row: Any) -> None:
        number = Wish.objects.filter(case=case).count() + 1
        Wish.objects.create(case=case, number=number, **{"wants": "publicity", **columns})

    return change


def exception(**columns: Any) -> Change:
    """Return a change that lets three people agree on the exception of a critical case, with one thing otherwise."""

    def change(ready: Ready, case: Any, row: Any) -> None:
        latest(told=True, level="RL_CRIT", danger_now="imminent")(ready, case, row)
        of = a_case() if columns.get("case") == "another" else case
        rows = RiskAssessment.objects.filter(case=case, material_id=None).order_by("number")
        if columns.get("assessment") == "an earlier one":
            latest_one = a_signed_assessment(case, author=ready.ana, signer=ready.rui, level="RL_CRIT")
            RiskAssessment.objects.filter(pk=latest_one.pk).update(danger_now="imminent")
        made = CriticalException(
            case=of, assessment=rows[0], material_id=ready.material.pk, acting=4, not_acting=20, asked_by=ready.ana
        )
        made.lawyer_view, made.reason = "The lawyer agrees, 3 November.", "Silence is worse."
        made.save(force_insert=True)
        granted = {"reviewer": ready.rui, "director": a_person("dara"), "granted_at": now() - HOUR}
        left = {name: value for name, value in columns.items() if name not in {"case", "assessment"}}
        CriticalException.objects.filter(pk=made.pk).update(**{**granted, **left})

    return change


def check(**columns: Any) -> Change:
    """Return a change of the rapid check behind the review."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        RiskAssessment.objects.filter(case=case, material_id=ready.material.pk).update(**columns)

    return change


def _check_of_another_case(ready: Ready, case: Any, _row: Any) -> None:
    other = a_rapid_check(ready.material, a_case(), author=ready.ana)
    ReviewCheck.objects.filter(case_id=case.pk).update(assessment=other)


def _check_noted_for_another_case(ready: Ready, case: Any, _row: Any) -> None:
    ReviewCheck.objects.filter(case_id=case.pk).update(case_id=a_case().pk)


def check_of_another_review(*, cleared: bool) -> Change:
    """Return a change in which the check stands under another review of the same text."""

    def change(ready: Ready, case: Any, row: Any) -> None:
        another_review(cleared=cleared)(ready, case, row)
        other = Review.objects.filter(material_id=ready.material.pk).latest("signed_at")
        ReviewCheck.objects.filter(case_id=case.pk).update(review=other)

    return change


def _checked_twice(ready: Ready, case: Any, _row: Any) -> None:
    """The check that the signature confirms is right; another of the same revision, that nobody confirmed, stops."""
    a_rapid_check(ready.material, case, author=ready.ana, has_hard_stop=True)


def _confirmed_the_stopped_one(ready: Ready, case: Any, _row: Any) -> None:
    stopped = a_rapid_check(ready.material, case, author=ready.ana, has_hard_stop=True)
    ReviewCheck.objects.filter(case_id=case.pk).update(assessment=stopped)


def _told_of_another(ready: Ready, case: Any, _row: Any) -> None:
    FamilyTold.objects.filter(case=case).update(material_id=Material.objects.exclude(pk=ready.material.pk)[0].pk)


def _told_of_another_case(ready: Ready, case: Any, _row: Any) -> None:
    FamilyTold.objects.filter(case=case).update(case=a_case())


def to(audience: str) -> Change:
    """Return a change of who the material is for."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        Material.objects.filter(pk=ready.material.pk).update(audience=audience)
        Clearance.objects.filter(pk=ready.clearance.pk).update(audience=audience)

    return change


def of_a_desk(audience: str) -> Change:
    """Return a change of who the trusted recipient of a notice is."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        assert ready.recipient is not None
        Recipient.objects.filter(pk=ready.recipient.pk).update(audience=audience)

    return change


NO_ROW = both(SPOILERS["no-assessment"])
UNSIGNED: dict[str, Any] = {"signed_by": None, "signed_at": None, "expires_at": None, "granted_until": None}
PAST = {"signed_at": AT - 91 * DAY}

SCENES: tuple[Scene, ...] = (
    scene("a hold of the group", hold("group"), "on-hold"),
    scene("a hold of the country", hold("country"), "on-hold"),
    scene("a hold of the office", hold("office"), "on-hold"),
    scene("a hold of another case", hold(of="elsewhere")),
    scene("a hold of another group", hold("group", of="elsewhere")),
    scene("a hold of another country", hold("country", of="elsewhere")),
    scene("a hold of another case, and no country is known", _not_of_a_country),
    scene("a hold that two people lifted", hold(lifted=True)),
    scene("a precaution that ends in half an hour", hold(ends=now() + HALF_AN_HOUR), "on-hold"),
    scene("a precaution that ended half an hour ago", hold(ends=now() - HALF_AN_HOUR)),
    scene("a precaution that ends at this moment", hold(ends=AT), at=AT),
    scene("a hold, and a paper for officials", hold("office"), kind="paper"),
    scene("a hold, and a notice", hold("office"), kind="notice"),
    scene("a pause that a new assessment ended", _ended_pause),
    scene("a pause in another case", pause_elsewhere),
    scene("a pause, and a paper for officials", SPOILERS["paused"], kind="paper"),
    scene("something to be looked at, and a paper", event("review", due=now() - HOUR), kind="paper"),
    scene("something that was looked at", event("review", due=now() - HOUR, answered=True)),
    scene("something worth a note", event("note")),
    scene("something in another case", event("review", due=now() - HOUR, elsewhere=True)),
    scene("a new look due in half an hour", event("review", due=now() + HALF_AN_HOUR), "review-of-risk-due"),
    scene(
        "a new look due half an hour ago",
        event("review", due=now() - HALF_AN_HOUR),
        "review-of-risk-due",
        "review-of-risk-late",
    ),
    scene("a new look due now", event("review", due=AT), "review-of-risk-due", "review-of-risk-late", at=AT),
    scene("a stop that is late and not answered", event("stop", due=now() - HOUR)),
    scene("quiet after it was public", posture("PO_QUIET", before="PO_PUBLIC"), "posture-forbids"),
    scene("public after it was quiet", posture("PO_PUBLIC", before="PO_QUIET")),
    scene("an embargo until in half an hour", posture("PO_EMBARGO", until=now() + HALF_AN_HOUR), "posture-forbids"),
    scene("an embargo that ended half an hour ago", posture("PO_EMBARGO", until=now() - HALF_AN_HOUR)),
    scene("an embargo that ends at this moment", posture("PO_EMBARGO", until=AT), at=AT),
    scene("quiet, with the date of an old embargo", posture("PO_QUIET", until=now() - DAY), "posture-forbids"),
    scene("reactive, and a supporters' page", posture("PO_REACTIVE"), "posture-forbids"),
    scene("reactive, and a holding line", posture("PO_REACTIVE", material="HOLDING")),
    scene("quiet, and a holding line", posture("PO_QUIET", material="HOLDING"), "posture-forbids"),
    scene("quiet, and a paper for officials", posture("PO_QUIET"), kind="paper"),
    scene("no assessment, and a paper for officials", NO_ROW, kind="paper"),
    scene("no assessment, and a notice", NO_ROW, kind="notice"),
    scene("no assessment, and a notice to the holder", both(NO_ROW, of_a_desk("AU_HOLDER")), kind="notice"),
    scene("no assessment, and a notice to a parliament", both(NO_ROW, of_a_desk("AU_PARL")), kind="notice"),
    scene("no assessment, and a letter to the holder", both(NO_ROW, to("AU_HOLDER")), "no-assessment", kind="paper"),
    scene("no assessment, and a letter to a parliament", both(NO_ROW, to("AU_PARL")), "no-assessment", kind="paper"),
    scene("not signed, and a paper for officials", latest(**UNSIGNED), kind="paper"),
    scene("not signed, and a letter", both(latest(**UNSIGNED), to("AU_PARL")), "assessment-not-signed", kind="paper"),
    scene(
        "not signed, and a letter to the holder",
        both(latest(**UNSIGNED), to("AU_HOLDER")),
        "assessment-not-signed",
        kind="paper",
    ),
    scene("not signed, and a notice", both(latest(**UNSIGNED), of_a_desk("AU_PARL")), kind="notice"),
    scene("an earlier one that nobody signed", earlier(**UNSIGNED)),
    scene("ended early", latest(ended_at=now()), "assessment-out-of-date"),
    scene("an earlier one that was ended", earlier(ended_at=now())),
    scene("a sent-back one that nobody signed", latest(ended_at=now(), **UNSIGNED), "assessment-not-signed"),
    scene("ended, and a paper for officials", latest(ended_at=now()), kind="paper"),
    scene("ended, and a letter", both(latest(ended_at=now()), to("AU_PARL")), "assessment-out-of-date", kind="paper"),
    scene(
        "ended, and a letter to the holder",
        both(latest(ended_at=now()), to("AU_HOLDER")),
        "assessment-out-of-date",
        kind="paper",
    ),
    scene("ended, and a notice", both(latest(ended_at=now()), of_a_desk("AU_PARL")), kind="notice"),
    scene("it ends in half an hour", latest(expires_at=now() + HALF_AN_HOUR)),
    scene("it ends at this moment", latest(expires_at=AT), "assessment-out-of-date", at=AT),
    scene(
        "over for a day, a page with grace", latest(signed_at=now() - 91 * DAY, expires_at=now() - DAY), grace=3 * DAY
    ),
    scene(
        "over for four days, a page with grace",
        latest(signed_at=now() - 91 * DAY, expires_at=now() - 4 * DAY),
        "assessment-out-of-date",
        grace=3 * DAY,
    ),
    scene("high, signed by a director, after a talk", latest(told=True, level="RL_HIGH", director="rui")),
    scene("high, and a paper for officials", latest(level="RL_HIGH"), kind="paper"),
    scene("medium, and nobody told a wish", latest(level="RL_MED")),
    scene("an earlier one that was high", earlier(level="RL_HIGH")),
    scene("an earlier one that was critical", earlier(level="RL_CRIT")),
    scene(
        "high, and the wish was told before it was taken back",
        both(latest(told=True, level="RL_HIGH", director="rui"), wish(wants="none_known")),
        "high-risk-without-wish",
    ),
    scene(
        "high, and silence is wished after a talk",
        both(latest(level="RL_HIGH", director="rui"), wish(wants="silence", told_by="On a free line.")),
        "high-risk-without-wish",
    ),
    scene("critical, and a paper for officials", latest(level="RL_CRIT"), kind="paper"),
    scene("critical, and a letter", both(latest(level="RL_CRIT"), to("AU_PARL")), "risk-is-critical", kind="paper"),
    scene(
        "critical, and a letter to the holder",
        both(latest(level="RL_CRIT"), to("AU_HOLDER")),
        "risk-is-critical",
        kind="paper",
    ),
    scene("critical, and a notice", both(latest(level="RL_CRIT"), of_a_desk("AU_PARL")), kind="notice"),
    scene("critical, and three people agreed", exception()),
    scene("critical, the exception is of another case", exception(case="another"), "risk-is-critical"),
    scene("critical, the exception is of an earlier one", exception(assessment="an earlier one"), "risk-is-critical"),
    scene("critical, the exception is of another material", exception(material_id=NOBODY), "risk-is-critical"),
    scene("critical, the exception was ended", exception(ended_at=now()), "risk-is-critical"),
    scene("critical, the exception is not granted yet", exception(granted_at=None), "risk-is-critical"),
    scene("critical, granted 71 and a half hours ago", exception(granted_at=now() - 71.5 * HOUR)),
    scene("critical, granted 72 and a half hours ago", exception(granted_at=now() - 72.5 * HOUR), "risk-is-critical"),
    scene(
        "critical, granted 72 hours ago to the second", exception(granted_at=AT - 72 * HOUR), "risk-is-critical", at=AT
    ),
    scene("critical, granted at this moment", exception(granted_at=AT), at=AT),
    scene("critical, granted in half an hour", exception(granted_at=now() + HALF_AN_HOUR), "risk-is-critical"),
    scene("critical, three agreed, a letter", both(exception(), to("AU_PARL")), "risk-is-critical", kind="paper"),
    scene(
        "critical, three agreed, danger is grave only",
        both(exception(), latest(danger_now="grave")),
        "risk-is-critical",
    ),
    scene(
        "critical, three agreed, the wish was taken back",
        both(exception(), wish(wants="none_known")),
        "risk-is-critical",
    ),
    scene("critical, three agreed, nobody talked", both(exception(), wish()), "risk-is-critical"),
    scene(
        "critical, three agreed, delay is wished",
        both(exception(), wish(wants="silence", told_by="Her")),
        "risk-is-critical",
    ),
    scene("open questions in a full one", latest(kind="full", needs_full=True)),
    scene("a rapid one without open questions", latest(kind="rapid")),
    scene("open questions, and a paper", latest(kind="rapid", needs_full=True), kind="paper"),
    scene("an earlier one with open questions", earlier(kind="rapid", needs_full=True)),
    scene("a hard stop, and a paper", latest(has_hard_stop=True), kind="paper"),
    scene("an earlier one with a hard stop", earlier(has_hard_stop=True)),
    scene("the check of 71 and a half hours ago", check(written_at=now() - 71.5 * HOUR)),
    scene("the check of 72 and a half hours ago", check(written_at=now() - 72.5 * HOUR), "no-rapid-check"),
    scene("the check of 72 hours ago to the second", check(written_at=AT - 72 * HOUR), "no-rapid-check", at=AT),
    scene("the check has a hard stop", check(has_hard_stop=True), "no-rapid-check"),
    scene("the check is of another revision", check(revision=77), "no-rapid-check"),
    scene("the check is of another material", check(material_id=NOBODY), "no-rapid-check"),
    scene("the check is of another case", _check_of_another_case, "no-rapid-check"),
    scene("the check is noted for another case", _check_noted_for_another_case, "no-rapid-check"),
    scene("the check is of another review", check_of_another_review(cleared=False), "no-rapid-check"),
    scene("the check is of another review that is cleared", check_of_another_review(cleared=True), "no-rapid-check"),
    scene("a second check that nobody confirmed stops", _checked_twice),
    scene("the confirmed check stops, another does not", _confirmed_the_stopped_one, "no-rapid-check"),
    scene("no check, and a paper", SPOILERS["no-rapid-check"], kind="paper"),
    scene("the family was told of another material", _told_of_another, "family-not-told"),
    scene("the family of another case was told", _told_of_another_case, "family-not-told"),
    scene("nobody told the family, and a paper", SPOILERS["family-not-told"], kind="paper"),
)
