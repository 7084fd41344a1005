"""Addresses of evidence, asks, the timeline and the consent ledger; casework/urls.py includes them under /cases/."""

from django.urls import path

from casework.views import asks, consent, evidence, timeline

CASE = "cases/<str:reference>/"

urlpatterns = [
    path(f"{CASE}claims/", evidence.claims, name="claims"),
    path(f"{CASE}claims/add/", evidence.add_claim, name="add_claim"),
    path(f"{CASE}claims/<uuid:pk>/", evidence.claim, name="claim"),
    path(f"{CASE}claims/<uuid:pk>/change/", evidence.change_claim, name="change_claim"),
    path(f"{CASE}claims/<uuid:pk>/ruling/", evidence.verify_claim, name="verify_claim"),
    path(f"{CASE}claims/<uuid:pk>/sources/add/", evidence.add_citation, name="add_citation"),
    path(f"{CASE}citations/<uuid:pk>/", evidence.change_citation, name="change_citation"),
    path(f"{CASE}sources/", evidence.sources, name="sources"),
    path(f"{CASE}sources/add/", evidence.add_source, name="add_source"),
    path(f"{CASE}sources/<uuid:pk>/", evidence.source, name="source"),
    path(f"{CASE}sources/<uuid:pk>/change/", evidence.change_source, name="change_source"),
    path(f"{CASE}sources/<uuid:pk>/identity/", evidence.source_identity, name="source_identity"),
    path(f"{CASE}asks/", asks.asks, name="asks"),
    path(f"{CASE}asks/add/", asks.add_ask, name="add_ask"),
    path(f"{CASE}asks/<uuid:pk>/", asks.change_ask, name="change_ask"),
    path(f"{CASE}demands/add/", asks.add_demand, name="add_demand"),
    path(f"{CASE}demands/<uuid:pk>/", asks.change_demand, name="change_demand"),
    path(f"{CASE}rights/", asks.asks, name="rights"),
    path(f"{CASE}rights/add/", asks.add_right, name="add_right"),
    path(f"{CASE}rights/<uuid:pk>/", asks.change_right, name="change_right"),
    path(f"{CASE}timeline/", timeline.timeline, name="timeline"),
    path(f"{CASE}timeline/add/", timeline.add_event, name="add_event"),
    path(f"{CASE}timeline/<uuid:pk>/", timeline.change_event, name="change_event"),
    path(f"{CASE}consent/", consent.consents, name="consents"),
    path(f"{CASE}consent/add/", consent.add_consent, name="add_consent"),
    path(f"{CASE}consent/best-interest/", consent.presume_consent, name="presume_consent"),
    path(f"{CASE}consent/wish/", consent.add_wish, name="add_wish"),
    path(f"{CASE}consent/<uuid:pk>/", consent.consent, name="consent"),
    path(f"{CASE}consent/<uuid:pk>/second/", consent.second_consent, name="second_consent"),
    path(f"{CASE}consent/<uuid:pk>/withdraw/", consent.withdraw_consent, name="withdraw_consent"),
    path(f"{CASE}consent/<uuid:pk>/shorten/", consent.shorten_consent, name="shorten_consent"),
    path(f"{CASE}consent/<uuid:pk>/narrow/", consent.narrow_consent, name="narrow_consent"),
    path(f"{CASE}consent/<uuid:pk>/pressure/", consent.note_pressure, name="note_pressure"),
]
