"""Addresses of Today, notices, plans and their steps."""

from django.urls import URLPattern, path

from advocacy.views import milestones, notices, plans, today

STEP = "cases/<str:reference>/plan/steps/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read_all_notices"),
    path("notices/<uuid:pk>/read/", notices.read_one, name="read_notice"),
    path("cases/<str:reference>/plan/", plans.plan, name="plan"),
    path("cases/<str:reference>/plan/new/", plans.plan_new, name="plan_new"),
    path("cases/<str:reference>/plan/<uuid:pk>/move/", plans.plan_move, name="plan_move"),
    path("cases/<str:reference>/plan/<uuid:pk>/end/", plans.plan_end, name="plan_end"),
    path(STEP, milestones.milestone, name="milestone"),
    path(f"{STEP}undo/", milestones.undo_milestone, name="undo_milestone"),
    *[
        path(f"{STEP}{act}/", milestones.change_milestone, {"act": act}, name=f"{act}_milestone")
        for act in milestones.ACTS
    ],
]
