"""Addresses of those who are out there, the trusted recipients, and of the treaties that bind States."""

from django.urls import URLPattern, path

from directory.views import recipients, treaties

app_name = "directory"

urlpatterns: list[URLPattern] = [
    path("office/recipients/", recipients.recipients, name="recipients"),
    path("office/recipients/enter/", recipients.enter, name="recipient_enter"),
    path("office/recipients/<uuid:pk>/approve/", recipients.approve, name="recipient_approve"),
    path("office/recipients/<uuid:pk>/end/", recipients.end, name="recipient_end"),
    path("office/treaties/", treaties.treaties, name="treaties"),
    path("office/treaties/<slug:country>/<slug:treaty>/", treaties.correct, name="treaty_correct"),
]
