"""Addresses of the whole site: each app brings its own, under its own name."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from config import health

APPS = ("accounts", "audit", "casework", "safety", "advocacy")

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *[path("", include(f"{app}.urls")) for app in APPS if find_spec(f"{app}.urls")],
]
