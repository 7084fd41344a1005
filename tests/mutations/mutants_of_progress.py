"""Changes of how far a packet is answered, and of how far long work is."""

from tests.mutations import scenes_of_progress as scenes
from tests.mutations.mutant import Mutant, in_module

packet = in_module("casework.packet_progress")
jobs = in_module("work.jobs")
rows = in_module("work.models.jobs")

OF_PACKETS: tuple[Mutant, ...] = (
    packet('for row in facts.names if row.kind == "legal"]', "for row in facts.names]", "an alias is no legal name",
           scenes.a_name_answers_what_it_tells),
    packet("return not self.is_answered and self.answer is None", "return not self.is_answered",
           "unknown is an answer", scenes.unknown_is_an_answer_and_blank_is_none),
    packet("return not self.is_answered and self.answer is None", "return self.answer is None and self.is_answered",
           "blank is no answer", scenes.unknown_is_an_answer_and_blank_is_none),
    packet("return sum(not line.is_blank for line in self.lines)", "return sum(line.is_answered for line in self.lines)",
           "unknown counts as done", scenes.unknown_is_an_answer_and_blank_is_none),
    packet("[line for line in self.lines if line.is_blank]", "[line for line in self.lines if not line.is_answered]",
           "what is unknown is not missing", scenes.unknown_is_an_answer_and_blank_is_none),
    packet("getattr(case, name).present()", "getattr(case, name).all()", "what was removed answers nothing",
           scenes.what_was_removed_answers_nothing),
    packet("if line.question.sensitivity < 3", "if line.question.sensitivity <= 3", "what stays closed does not count",
           scenes.what_stays_closed_does_not_count),
    packet("if line.question.sensitivity < 3", "if line.question.sensitivity < 2", "all else counts",
           scenes.what_stays_closed_does_not_count),
    packet("if form in line.question.forms))", "))", "a form counts its own questions",
           scenes.a_form_counts_its_own_questions),
    packet("return spell_that_counts(self.detentions)", "return self.detentions[0] if self.detentions else None",
           "the spell that counts is asked", scenes.the_spell_that_counts_is_asked),
    packet("bool(asked.is_answered(facts))", "True", "an empty packet answers nothing",
           scenes.an_empty_packet_answers_nothing, scenes.each_fact_answers_its_own_question),
)  # fmt: skip

OF_JOBS: tuple[Mutant, ...] = (
    jobs("state=Job.State.RUNNING, attempts=self.job.attempts)", "state=Job.State.RUNNING)",
         "a worker that was overtaken stops", scenes.a_job_is_one_workers_alone),
    jobs("if not mine.update(done=done, heartbeat_at=timezone.now()):", "if not mine.update(heartbeat_at=timezone.now()):",
         "how far it is is told", scenes.how_far_it_is_is_told_while_it_runs),
    jobs("if not mine.update(done=done, heartbeat_at=timezone.now()):", "if not mine.update(done=done):",
         "progress is a sign of life", scenes.how_far_it_is_is_told_while_it_runs),
    jobs("if mine.filter(is_stop_asked=True).exists():", "if mine.filter(is_stop_asked=True).exists() and False:",
         "it stops between two pieces", scenes.who_asked_stops_it_and_nobody_else),
    jobs("is_own = actor.is_active and job.owner_id == actor.pk", "is_own = actor.is_active",
         "nobody else stops it", scenes.who_asked_stops_it_and_nobody_else),
    jobs("mine.filter(state=Job.State.RUNNING).update(is_stop_asked=True)", "mine.filter(state=Job.State.RUNNING).update(state=Job.State.STOPPED)",
         "it stops between two pieces", scenes.who_asked_stops_it_and_nobody_else),
    jobs("mine.filter(state=Job.State.QUEUED).update(state=Job.State.STOPPED, is_stop_asked=True, ended_at=timezone.now())", "pass",
         "what only waits ends at once", scenes.who_asked_stops_it_and_nobody_else),
    jobs('done = F("total") if state == Job.State.DONE else F("done")', 'done = F("total")', "what was not done is not told as done",
         scenes.a_job_that_ended_says_how_far_it_came),
    jobs('done = F("total") if state == Job.State.DONE else F("done")', 'done = F("done")', "what is done is done",
         scenes.a_job_that_ended_says_how_far_it_came),
    jobs("mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)\n    done",
         "mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)\n    done", "a worker that was overtaken ends nothing",
         scenes.a_job_is_one_workers_alone),
    jobs("Job.objects.filter(pk=job_id, state=Job.State.QUEUED, is_stop_asked=False)", "Job.objects.filter(pk=job_id)",
         "a job is one worker's", scenes.a_job_is_one_workers_alone),
    jobs("kind=kind, about_id=about_id, owner=actor, state__in=[Job.State.QUEUED, Job.State.RUNNING]", "kind=kind, about_id=about_id, owner=actor",
         "what failed may be asked for anew", scenes.work_for_the_same_thing_is_asked_for_once),
    jobs("state__in=[Job.State.QUEUED, Job.State.RUNNING]", "state__in=[Job.State.QUEUED]", "what runs is not asked for twice",
         scenes.work_for_the_same_thing_is_asked_for_once),
    jobs("about_id=about_id, owner=actor, state__in", "about_id=about_id, state__in", "each person asks for themselves",
         scenes.work_for_the_same_thing_is_asked_for_once),
    *(
        jobs("GIVES_NO_SIGN_AFTER = dt.timedelta(minutes=2)", f"GIVES_NO_SIGN_AFTER = dt.timedelta(minutes={minutes})",
             "two minutes without a sign", scenes.what_gave_no_sign_for_two_minutes_is_given_back_three_times)
        for minutes in (1, 3)
    ),
    *(
        jobs("ATTEMPTS = 3", f"ATTEMPTS = {number}", "three tries",
             scenes.what_gave_no_sign_for_two_minutes_is_given_back_three_times)
        for number in (2, 4)
    ),
    jobs('failure="left-lying", ended_at=now)', 'failure="broke-off", ended_at=now)', "what was given up says so",
         scenes.what_gave_no_sign_for_two_minutes_is_given_back_three_times),
    rows("heartbeat_at__lt=before)", "heartbeat_at__lte=before)", "two minutes, not less",
         scenes.what_gave_no_sign_for_two_minutes_is_given_back_three_times),
    rows('filter(state__in=["queued", "running"], heartbeat_at__lt=before)', "filter(heartbeat_at__lt=before)",
         "what is over is not given back", scenes.what_is_over_is_not_given_back),
    rows("return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()", "return self.all()",
         "a job is seen by who asked for it", scenes.a_job_is_seen_by_who_asked_for_it),
)  # fmt: skip

MUTANTS = (*OF_PACKETS, *OF_JOBS)
