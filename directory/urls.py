"""Addresses of those who are out there: the trusted recipients."""

from django.urls import URLPattern, path

from directory.views import recipients

app_name = "directory"

urlpatterns: list[URLPattern] = [
    path("office/recipients/", recipients.recipients, name="recipients"),
    path("office/recipients/enter/", recipients.enter, name="recipient_enter"),
    path("office/recipients/<uuid:pk>/approve/", recipients.approve, name="recipient_approve"),
    path("office/recipients/<uuid:pk>/end/", recipients.end, name="recipient_end"),
]
