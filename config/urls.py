"""Addresses of the whole site: each app brings its own, under its own name. Health stands in config/health.py."""

from django.urls import URLPattern, URLResolver, include, path

from web.views.source import source

APPS = ("accounts", "audit", "directory", "casework", "safety", "materials", "advocacy", "web")

urlpatterns: list[URLPattern | URLResolver] = [
    path("source/", source, name="source"),
    *[path("", include(f"{app}.urls")) for app in APPS],
]
