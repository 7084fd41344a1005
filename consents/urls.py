"""Addresses of the consent ledger. They stand under the name of casework, as all pages of the packet do (config/urls)."""

from django.urls import path

from consents.views import answers, ledger, shrinking

CASE = "cases/<str:reference>/"

urlpatterns = [
    path(f"{CASE}consent/", ledger.consents, name="consents"),
    path(f"{CASE}consent/add/", answers.add_consent, name="add_consent"),
    path(f"{CASE}consent/best-interest/", shrinking.presume_consent, name="presume_consent"),
    path(f"{CASE}consent/wish/", shrinking.add_wish, name="add_wish"),
    path(f"{CASE}consent/<uuid:pk>/", ledger.consent, name="consent"),
    path(f"{CASE}consent/<uuid:pk>/second/", shrinking.second_consent, name="second_consent"),
    path(f"{CASE}consent/<uuid:pk>/withdraw/", shrinking.withdraw_consent, name="withdraw_consent"),
    path(f"{CASE}consent/<uuid:pk>/shorten/", shrinking.shorten_consent, name="shorten_consent"),
    path(f"{CASE}consent/<uuid:pk>/narrow/", shrinking.narrow_consent, name="narrow_consent"),
    path(f"{CASE}consent/<uuid:pk>/pressure/", shrinking.note_pressure, name="note_pressure"),
]
