"""Addresses of notes to colleagues."""

from django.urls import URLPattern, path

from notes.views import notes

app_name = "notes"
CASE = "cases/<str:reference>/"
NOTE = f"{CASE}notes/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}notes/", notes.notes, name="notes"),
    path(f"{CASE}notes/add/", notes.add, name="add"),
    path(f"{CASE}claims/<uuid:pk>/notes/add/", notes.add_to_claim, name="add_to_claim"),
    path(f"{CASE}plan/steps/<uuid:pk>/notes/add/", notes.add_to_step, name="add_to_step"),
    path(NOTE, notes.note, name="note"),
    path(f"{NOTE}change/", notes.change, name="change"),
    path(f"{NOTE}done/", notes.done, name="done"),
    path(f"{NOTE}open/", notes.reopen, name="reopen"),
    path(f"{NOTE}take-back/", notes.take_back, name="take_back"),
    path(f"{NOTE}bring-back/", notes.bring_back, name="bring_back"),
    path("notes/<uuid:pk>/", notes.from_mail, name="from_mail"),
]
