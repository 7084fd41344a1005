"""Addresses of cases. The path holds the reference, which counts nothing and names nobody."""

from django.urls import path

from casework.urls_evidence import urlpatterns as of_evidence
from casework.views import access, activity, cases, detention, packet, people, removal

app_name = "casework"
CASE = "cases/<str:reference>/"

urlpatterns = [
    path("help/", activity.help_page, name="help"),
    path("cases/", cases.cases, name="cases"),
    path("cases/search/", cases.search, name="search"),
    path("cases/open/", cases.open_case, name="open_case"),
    *of_evidence,
    path(CASE, packet.case, name="case"),
    path(f"{CASE}change/", cases.change_case, name="change_case"),
    path(f"{CASE}identity/", people.identity, name="identity"),
    path(f"{CASE}identity/change/", people.change_identity, name="change_identity"),
    path(f"{CASE}contacts/", people.contacts, name="contacts"),
    path(f"{CASE}contacts/add/", people.add_contact, name="add_contact"),
    path(f"{CASE}contacts/<uuid:pk>/", people.contact, name="contact"),
    path(f"{CASE}contacts/<uuid:pk>/change/", people.change_contact, name="change_contact"),
    path(f"{CASE}detentions/add/", detention.add_detention, name="add_detention"),
    path(f"{CASE}detentions/<uuid:pk>/", detention.change_detention, name="change_detention"),
    path(f"{CASE}places/add/", detention.add_place, name="add_place"),
    path(f"{CASE}places/<uuid:pk>/", detention.change_place, name="change_place"),
    path(f"{CASE}charges/add/", detention.add_charge, name="add_charge"),
    path(f"{CASE}charges/<uuid:pk>/", detention.change_charge, name="change_charge"),
    path(f"{CASE}missing/<slug:field>/", detention.answer, name="answer"),
    path(f"{CASE}access/", access.access, name="access"),
    path(f"{CASE}access/add/", access.add_member, name="add_member"),
    path(f"{CASE}access/<uuid:pk>/second/", access.second_member, name="second_member"),
    path(f"{CASE}access/<uuid:pk>/end/", access.end_member, name="end_member"),
    path(f"{CASE}activity/", activity.activity, name="activity"),
    path(f"{CASE}removed/<str:kind>/<uuid:pk>/", removal.remove_row, name="remove"),
    path(f"{CASE}removed/<str:kind>/<uuid:pk>/undo/", removal.undo_row, name="undo"),
]
