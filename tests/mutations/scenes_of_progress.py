"""How far a packet is answered, and how far long work is: done, stopped, given back, given up."""

import datetime as dt
import uuid
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.refusals import Refused
from casework.models import Case, PacketAnswer
from casework.packet_progress import Meter, facts_of, meter, packet_meter, question_lines, questions
from tests.factories import a_case, a_claim, a_detention, a_prisoner
from tests.people import a_person
from work import jobs
from work.models import Job

SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
KIND = "make_copy"


def world() -> SimpleNamespace:
    """Return a case of which little is known, and two people."""
    case = a_case(codename="Heron")
    return SimpleNamespace(case=case, ana=case.lead, sam=a_person("sam"))


def lines(case: Case) -> Any:
    """Return every question of the packet with its state."""
    return question_lines(facts_of(Case.objects.get(pk=case.pk)))


def answered(case: Case) -> set[str]:
    """Return the questions that a fact answers."""
    return {code for code, line in lines(case).items() if line.is_answered}


def an_empty_packet_answers_nothing(world: Any) -> None:
    assert answered(world.case) == set() and packet_meter(lines(world.case)).done == 0


def a_name_answers_what_it_tells(world: Any) -> None:
    a_prisoner(world.case, "Varanen")
    assert answered(world.case) == {"id_family_name"}
    world.case.names.all().delete()
    world.case.persons.all().delete()
    a_prisoner(world.case, "Ilias Varanen", ("Arab", "إلياس"))
    assert answered(world.case) == {"id_family_name", "id_given_names", "id_other_names"}
    world.case.names.update(kind="alias")
    assert answered(world.case) == {"id_other_names"}, "an alias is no legal name"


def each_fact_answers_its_own_question(world: Any) -> None:
    a_prisoner(world.case, gender="male", born="1971", nationality="XPR", residence="12 Lantern Yard")
    spell = a_detention(
        world.case, place="Colony no. 4", charge="Penal Code art. 214", authority="Prison service", warrant="no"
    )
    a_claim(world.case)
    assert "arr_place" not in answered(world.case), "where the person is held is not where the arrest was"
    spell.taken_at = "at the market"
    spell.save()
    found = {"id_sex_gender", "id_dob", "id_nationalities", "id_residence", "arr_date", "arr_place", "det_places"}
    assert answered(world.case) == found | {"arr_warrant", "det_forces", "det_law", "chg_list", "evi_list"}


def the_spell_that_counts_is_asked(world: Any) -> None:
    a_detention(world.case, started="2019", ended="2020", warrant="yes")
    a_detention(world.case, started="2025")
    assert "arr_warrant" not in answered(world.case) and "arr_date" in answered(world.case)


def what_was_removed_answers_nothing(world: Any) -> None:
    a_prisoner(world.case, "Ilias Varanen")
    a_detention(world.case, charge="Penal Code art. 214", removed_at=timezone.now())
    world.case.names.update(removed_at=timezone.now())
    world.case.charges.update(removed_at=timezone.now())
    assert answered(world.case) == set()


def unknown_is_an_answer_and_blank_is_none(world: Any) -> None:
    every = packet_meter(lines(world.case))
    answer = PacketAnswer.objects.create(case=world.case, field="id_dob", answer="unknown")
    found = packet_meter(lines(world.case))
    assert (found.done, found.total) == (1, every.total)
    assert "id_dob" not in {line.question.code for line in found.missing}
    assert len(found.missing) == every.total - 1 == len(every.missing) - 1
    answer.removed_at = timezone.now()
    answer.save()
    assert packet_meter(lines(world.case)).done == 0


def what_stays_closed_does_not_count(world: Any) -> None:
    counted = {line.question.code for line in packet_meter(lines(world.case)).lines}
    closed = {code for code, row in questions().items() if row.sensitivity == 3}
    assert closed and not counted & closed and counted == set(questions()) - closed


def a_form_counts_its_own_questions(world: Any) -> None:
    for form in ("WGAD", "WGEID"):
        asked = {line.question.code for line in meter(lines(world.case), form).lines}
        assert asked == {code for code, row in questions().items() if form in row.forms} and asked
    assert "id_other_names" in {line.question.code for line in meter(lines(world.case), "WGEID").lines}
    assert "id_other_names" not in {line.question.code for line in meter(lines(world.case), "WGAD").lines}
    assert Meter(()).done == 0


# Long work.


def a_job(world: Any, **fields: Any) -> Job:
    """Return a job of ana that waits."""
    return Job.objects.create(**{"kind": KIND, "about_id": uuid.uuid4(), "owner": world.ana, "total": 2, **fields})


def again(job: Job) -> Job:
    """Return the job as it stands now."""
    return Job.objects.get(pk=job.pk)


def is_stopped(running: jobs.RunningJob, done: int) -> bool:
    """Tell how far a job is, and say whether it was to stop."""
    try:
        running.progress(done)
    except jobs.JobStopped:
        return True
    return False


def how_far_it_is_is_told_while_it_runs(world: Any) -> None:
    job = a_job(world)
    taken = jobs.claim_job(job.pk)
    assert taken is not None and (taken.state, taken.attempts) == ("running", 1)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - MINUTE)
    assert not is_stopped(jobs.RunningJob(taken), 1)
    assert again(job).done == 1 and again(job).heartbeat_at > timezone.now() - 30 * SECOND


def a_job_is_one_workers_alone(world: Any) -> None:
    job = a_job(world)
    taken = jobs.claim_job(job.pk)
    assert taken is not None and jobs.claim_job(job.pk) is None and again(job).state == "running"
    Job.objects.filter(pk=job.pk).update(attempts=2)
    assert is_stopped(jobs.RunningJob(taken), 1) and again(job).done == 0, "another worker has it now"
    jobs._end(taken, Job.State.DONE)
    assert again(job).state == "running"


def who_asked_stops_it_and_nobody_else(world: Any) -> None:
    running, waiting = a_job(world), a_job(world)
    taken = jobs.claim_job(running.pk)
    for job in (running, waiting):
        with suppress(Refused):
            jobs.stop(actor=world.sam, job=job)
    assert taken is not None and not is_stopped(jobs.RunningJob(taken), 0) and again(waiting).state == "queued"
    for job in (running, waiting):
        jobs.stop(actor=world.ana, job=job)
    assert is_stopped(jobs.RunningJob(taken), 1) and again(waiting).state == "stopped"
    assert jobs.claim_job(waiting.pk) is None and again(running).state == "running", "it stops between two pieces"


def a_job_that_ended_says_how_far_it_came(world: Any) -> None:
    for state, done in ((Job.State.DONE, 2), (Job.State.STOPPED, 1), (Job.State.FAILED, 1)):
        taken = jobs.claim_job(a_job(world, done=1).pk)
        assert taken is not None
        jobs._end(taken, state, failure="gate-closed")
        assert (again(taken).state, again(taken).done) == (state, done) and again(taken).ended_at
    assert "gate closed" in jobs.failure_in_words(Job(failure="gate-closed"))
    assert jobs.failure_in_words(Job(failure="no such code")) == jobs.failure_in_words(Job(failure="broke-off"))


def work_for_the_same_thing_is_asked_for_once(world: Any) -> None:
    about = uuid.uuid4()
    first = jobs.queue(actor=world.ana, kind=KIND, about_id=about, total=2)
    assert jobs.queue(actor=world.ana, kind=KIND, about_id=about) == first and first.total == 2
    assert jobs.queue(actor=world.sam, kind=KIND, about_id=about) != first
    assert jobs.queue(actor=world.ana, kind=KIND, about_id=uuid.uuid4()) != first
    Job.objects.filter(pk=first.pk).update(state="running")
    assert jobs.queue(actor=world.ana, kind=KIND, about_id=about) == first
    Job.objects.filter(pk=first.pk).update(state="failed")
    assert jobs.queue(actor=world.ana, kind=KIND, about_id=about) != first


def what_gave_no_sign_for_two_minutes_is_given_back_three_times(world: Any) -> None:
    now = timezone.now()
    job = a_job(world, state="running", attempts=2, heartbeat_at=now, is_stop_asked=True)  # nobody takes it again here
    tired = a_job(world, state="running", attempts=3, heartbeat_at=now)
    assert jobs.requeue_abandoned(now=now + 2 * MINUTE) == 0 and again(job).state == again(tired).state == "running"
    assert jobs.requeue_abandoned(now=now + 2 * MINUTE + SECOND) == 1
    assert again(job).state != "running" and again(job).failure == ""
    assert (again(tired).state, again(tired).failure) == ("failed", "left-lying")


def what_is_over_is_not_given_back(world: Any) -> None:
    old = timezone.now() - 60 * MINUTE
    rows = [a_job(world, state=state, heartbeat_at=old) for state in ("done", "failed", "stopped")]
    assert jobs.requeue_abandoned() == 0
    assert [again(row).state for row in rows] == ["done", "failed", "stopped"]


def a_job_is_seen_by_who_asked_for_it(world: Any) -> None:
    job = a_job(world)
    assert list(Job.objects.of(world.ana)) == [job] and not Job.objects.of(world.sam).exists()
