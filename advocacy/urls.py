"""Addresses of this app; each field of work keeps its own list: materials, plans, emergencies."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

app_name = "advocacy"

LISTS = ("advocacy.urls_plan", "advocacy.urls_materials", "advocacy.urls_urgent")

urlpatterns: list[URLPattern] = [pattern for name in LISTS if find_spec(name) for pattern in import_module(name).urlpatterns]
