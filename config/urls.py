"""Addresses of the whole site: each app brings its own, under its own name. Health stands in config/health.py."""

from django.urls import URLPattern, URLResolver, include, path

from casework.urls import urlpatterns as of_casework
from claims.urls import urlpatterns as of_claims
from consents.urls import urlpatterns as of_consents
from packet.urls import urlpatterns as of_packet
from web.views.source import source

BEFORE, AFTER = ("accounts", "audit", "directory"), ("safety", "materials", "advocacy", "notes", "web")
PACKET = [
    *of_casework,
    *of_claims,
    *of_consents,
    *of_packet,
]  # one name for the pages of a packet, whichever app draws them

urlpatterns: list[URLPattern | URLResolver] = [
    path("source/", source, name="source"),
    *[path("", include(f"{app}.urls")) for app in BEFORE],
    path("", include((PACKET, "casework"))),
    *[path("", include(f"{app}.urls")) for app in AFTER],
]
