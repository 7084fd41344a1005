"""Addresses of the packet as a story. They stand under the name of casework, as all pages of the packet do (config/urls)."""

from django.urls import path

from packet.views import old_addresses, printed, story

CASE = "cases/<str:reference>/"

urlpatterns = [
    path(CASE, story.case, name="case"),
    path(f"{CASE}print/", printed.printed, name="print_packet"),
    path(f"{CASE}print/identity/", printed.printed_with_identity, name="print_identity"),
    path(f"{CASE}missing/<slug:field>/", old_addresses.to_answer, name="answer"),
    path(f"{CASE}timeline/", old_addresses.to_events, name="timeline"),
    path(f"{CASE}timeline/add/", old_addresses.to_new_event, name="add_event"),
    path(f"{CASE}timeline/<uuid:pk>/", old_addresses.to_event, name="change_event"),
]
