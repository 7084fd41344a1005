"""Addresses of the packet as a story. They stand under the name of casework, as all pages of the packet do (config/urls)."""

from django.urls import path

from packet.views import answers, story, timeline

CASE = "cases/<str:reference>/"

urlpatterns = [
    path(CASE, story.case, name="case"),
    path(f"{CASE}missing/<slug:field>/", answers.answer, name="answer"),
    path(f"{CASE}timeline/", timeline.timeline, name="timeline"),
    path(f"{CASE}timeline/add/", timeline.add_event, name="add_event"),
    path(f"{CASE}timeline/<uuid:pk>/", timeline.change_event, name="change_event"),
]
