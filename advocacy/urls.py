"""Addresses of the calendar, of plans and their steps, of approaches and answers, of results, and of alarms."""

from django.urls import URLPattern, path

from advocacy.views import (
    all_results,
    approaches,
    asks,
    calendar,
    milestones,
    plans,
    replies,
    results,
    urgent,
    who_answers,
)

app_name = "advocacy"
ANSWERS = "cases/<str:reference>/answers/"
STEP = "cases/<str:reference>/plan/steps/<uuid:pk>/"
RESULTS = "cases/<str:reference>/results/"

urlpatterns: list[URLPattern] = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/import/", calendar.bring_in, name="calendar_import"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
    path("cases/<str:reference>/plan/", plans.plan, name="plan"),
    path("cases/<str:reference>/plan/print/", plans.plan_print, name="plan_print"),
    path("cases/<str:reference>/plan/new/", plans.plan_new, name="plan_new"),
    path("cases/<str:reference>/plan/<uuid:pk>/move/", plans.plan_move, name="plan_move"),
    path("cases/<str:reference>/plan/<uuid:pk>/end/", plans.plan_end, name="plan_end"),
    path("cases/<str:reference>/plan/<uuid:pk>/public/", plans.plan_public, name="plan_public"),
    path(STEP, milestones.milestone, name="milestone"),
    path(f"{STEP}undo/", milestones.undo_milestone, name="undo_milestone"),
    *[
        path(f"{STEP}{act}/", milestones.change_milestone, {"act": act}, name=f"{act}_milestone")
        for act in milestones.ACTS
    ],
    path(ANSWERS, approaches.answers, name="answers"),
    path(f"{ANSWERS}asks/", asks.asks_followed, name="asks_followed"),
    path(f"{ANSWERS}asks/<uuid:pk>/", asks.ask_standing, name="ask_standing"),
    path(f"{ANSWERS}call/", approaches.record_call, name="record_call"),
    path(f"{ANSWERS}approach/", approaches.record_approach, name="record_approach"),
    path(f"{ANSWERS}approaches/<uuid:pk>/reply/", replies.approach_reply, name="approach_reply"),
    path(f"{ANSWERS}approaches/<uuid:pk>/withdraw/", approaches.withdraw_approach, name="withdraw_approach"),
    path(f"{ANSWERS}copies/<uuid:pk>/reply/", replies.copy_reply, name="copy_reply"),
    path(f"{ANSWERS}replies/<uuid:pk>/promise/", replies.settle_promise, name="settle_promise"),
    path(f"{ANSWERS}replies/<uuid:pk>/withdraw/", replies.withdraw_reply, name="withdraw_reply"),
    path("steps/<uuid:pk>/", milestones.step, name="step"),
    path(RESULTS, results.results, name="results"),
    path(f"{RESULTS}targets/new/", results.target_new, name="target_new"),
    path(f"{RESULTS}targets/<uuid:pk>/adjust/", results.target_adjust, name="target_adjust"),
    path(f"{RESULTS}targets/<uuid:pk>/judge/", results.target_judge, name="target_judge"),
    path(f"{RESULTS}outcomes/new/", results.outcome_new, name="outcome_new"),
    path(f"{RESULTS}outcomes/<uuid:pk>/", results.outcome, name="outcome"),
    path(f"{RESULTS}outcomes/<uuid:pk>/withdraw/", results.outcome_withdraw, name="outcome_withdraw"),
    path("results/", all_results.all_results, name="all_results"),
    path("results/print/", all_results.results_board, name="results_board"),
    path("results/targets/new/", all_results.office_target_new, name="office_target_new"),
    path("results/targets/<uuid:pk>/adjust/", all_results.office_target_adjust, name="office_target_adjust"),
    path("answers/", who_answers.who_answers, name="who_answers"),
    path("urgent/", urgent.urgent, name="urgent"),
    path("urgent/<uuid:pk>/", urgent.notice, name="urgent_notice"),
    path("urgent/<uuid:pk>/send/", urgent.send, name="urgent_send"),
    path("urgent/<uuid:pk>/sent/", urgent.sent, name="urgent_sent"),
    path("urgent/<uuid:pk>/call/", urgent.call, name="urgent_call"),
    path("urgent/<uuid:pk>/sign/", urgent.sign, name="urgent_sign"),
    path("urgent/<uuid:pk>/agree/", urgent.agree, name="urgent_agree"),
    path("urgent/<uuid:pk>/look-back/", urgent.look_back, name="urgent_look_back"),
]
