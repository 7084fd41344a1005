"""Addresses of cases. The path holds the reference, which counts nothing and names nobody."""

from django.urls import path

from casework.views import (
    access,
    activity,
    asks,
    cases,
    detention,
    fate,
    no_statement,
    own_words,
    people,
    removal,
)

app_name = "casework"
CASE = "cases/<str:reference>/"

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/search/", cases.search, name="search"),
    path("cases/open/", cases.open_case, name="open_case"),
    path(f"{CASE}change/", cases.change_case, name="change_case"),
    path(f"{CASE}codename/", cases.draw_codename, name="draw_codename"),
    path(f"{CASE}fate/", fate.fate, name="fate"),
    path(f"{CASE}fate/concerned/", fate.concerned, name="concerned"),
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
    path(f"{CASE}asks/", asks.asks, name="asks"),
    path(f"{CASE}asks/add/", asks.add_ask, name="add_ask"),
    path(f"{CASE}asks/<uuid:pk>/", asks.change_ask, name="change_ask"),
    path(f"{CASE}demands/add/", asks.add_demand, name="add_demand"),
    path(f"{CASE}demands/<uuid:pk>/", asks.change_demand, name="change_demand"),
    path(f"{CASE}demands/<uuid:pk>/still-makes-sense/", asks.still_makes_sense, name="still_makes_sense"),
    path(f"{CASE}rights/", asks.asks, name="rights"),
    path(f"{CASE}rights/add/", asks.add_right, name="add_right"),
    path(f"{CASE}rights/<uuid:pk>/", asks.change_right, name="change_right"),
    path(f"{CASE}access/", access.access, name="access"),
    path(f"{CASE}access/add/", access.add_member, name="add_member"),
    path(f"{CASE}access/<uuid:pk>/second/", access.second_member, name="second_member"),
    path(f"{CASE}access/<uuid:pk>/end/", access.end_member, name="end_member"),
    path(f"{CASE}find/", own_words.own_words, name="own_words"),
    path(f"{CASE}activity/", activity.activity, name="activity"),
    path(f"{CASE}removed/<str:kind>/<uuid:pk>/", removal.remove_row, name="remove"),
    path(f"{CASE}removed/<str:kind>/<uuid:pk>/undo/", removal.undo_row, name="undo"),
    path("cases/<str:reference>/no-statement/", no_statement.no_statement, name="no_statement"),
    path(
        "cases/<str:reference>/no-statement/withdraw/",
        no_statement.withdraw_no_statement,
        name="withdraw_no_statement",
    ),
]
