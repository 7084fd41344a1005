"""Addresses of the calendar, of plans and their steps, and of alarms."""

from django.urls import URLPattern, path

from advocacy.views import calendar, milestones, plans, urgent

app_name = "advocacy"
STEP = "cases/<str:reference>/plan/steps/<uuid:pk>/"

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
    path("steps/<uuid:pk>/", milestones.step, name="step"),
    path("urgent/", urgent.urgent, name="urgent"),
    path("urgent/<uuid:pk>/", urgent.notice, name="urgent_notice"),
    path("urgent/<uuid:pk>/send/", urgent.send, name="urgent_send"),
    path("urgent/<uuid:pk>/sent/", urgent.sent, name="urgent_sent"),
    path("urgent/<uuid:pk>/call/", urgent.call, name="urgent_call"),
    path("urgent/<uuid:pk>/sign/", urgent.sign, name="urgent_sign"),
    path("urgent/<uuid:pk>/agree/", urgent.agree, name="urgent_agree"),
    path("urgent/<uuid:pk>/look-back/", urgent.look_back, name="urgent_look_back"),
]
