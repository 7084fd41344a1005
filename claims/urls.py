"""Addresses of claims and sources. They stand under the name of casework, as all pages of the packet do (config/urls)."""

from django.urls import path

from claims.views import single, table

CASE = "cases/<str:reference>/"

urlpatterns = [
    path(f"{CASE}claims/", table.claims, name="claims"),
    path(f"{CASE}claims/add/", single.to_empty_row, {"name": "n1"}, name="add_claim"),
    path(f"{CASE}claims/<uuid:pk>/", single.one_claim, name="claim"),
    path(f"{CASE}claims/<uuid:pk>/change/", single.to_claim_row, {"part": "text"}, name="change_claim"),
    path(f"{CASE}claims/<uuid:pk>/ruling/", single.to_claim_row, {"part": "status"}, name="verify_claim"),
    path(f"{CASE}claims/<uuid:pk>/sources/add/", single.to_claim_row, {"part": "add"}, name="add_citation"),
    path(f"{CASE}citations/<uuid:pk>/", single.to_citation_row, name="change_citation"),
    path(f"{CASE}sources/", single.sources, name="sources"),
    path(f"{CASE}sources/add/", single.to_empty_row, {"name": "s0"}, name="add_source"),
    path(f"{CASE}sources/<uuid:pk>/", single.one_source, name="source"),
    path(f"{CASE}sources/<uuid:pk>/change/", single.to_source_row, name="change_source"),
    path(f"{CASE}sources/<uuid:pk>/identity/", single.source_identity, name="source_identity"),
]
