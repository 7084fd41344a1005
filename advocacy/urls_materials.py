"""Addresses of materials, the review desk, dispatches, public pages and long work."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
