"""Addresses of the consent ledger. They stand under the name of casework, as all pages of the packet do (config/urls)."""

from django.urls import path

from consents.views import ledger

CASE = "cases/<str:reference>/"

urlpatterns = [
    path(f"{CASE}consent/", ledger.consents, name="consents"),
    path(f"{CASE}consent/add/", ledger.add_consent, name="add_consent"),
    path(f"{CASE}consent/best-interest/", ledger.presume_consent, name="presume_consent"),
    path(f"{CASE}consent/wish/", ledger.add_wish, name="add_wish"),
    path(f"{CASE}consent/<uuid:pk>/", ledger.consent, name="consent"),
    path(f"{CASE}consent/<uuid:pk>/second/", ledger.second_consent, name="second_consent"),
    path(f"{CASE}consent/<uuid:pk>/withdraw/", ledger.withdraw_consent, name="withdraw_consent"),
    path(f"{CASE}consent/<uuid:pk>/shorten/", ledger.shorten_consent, name="shorten_consent"),
    path(f"{CASE}consent/<uuid:pk>/narrow/", ledger.narrow_consent, name="narrow_consent"),
    path(f"{CASE}consent/<uuid:pk>/pressure/", ledger.note_pressure, name="note_pressure"),
]
