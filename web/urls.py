"""Addresses of Today and its long lists, notices, long work and help."""

from django.urls import URLPattern, path

from web.views import case_task_list, help, jobs, load, notices, row_history, today

app_name = "web"

urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path("cases/<str:reference>/tasks/", case_task_list.tasks, name="case_tasks"),
    path("cases/<str:reference>/history/<str:kind>/<uuid:pk>/", row_history.history, name="history"),
    path("late/", today.late_steps, name="late_steps"),
    path("week/sheet/", today.sheet, name="week_sheet"),
    path("week/", today.week_steps, name="week_steps"),
    path("load/", load.load, name="load"),
    path("load/forgotten/", load.forgotten, name="forgotten"),
    path("load/forgotten/sheet/", load.forgotten_on_a_sheet, name="forgotten_sheet"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read_all_notices"),
    path("notices/<uuid:pk>/read/", notices.read_one, name="read_notice"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/stop/", jobs.stop_job, name="stop_job"),
    path("help/", help.help_page, name="help"),
]
