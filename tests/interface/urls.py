"""Addresses of the sample pages, under the names that the frame links to."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.interface import samples


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


nothing.login_required = False  # type: ignore[attr-defined]


def named(app: str, *pairs: tuple[str, str]) -> object:
    """A few empty pages of one app, only to be linked to."""
    return include(([path(address, nothing, name=name) for address, name in pairs], app))


urlpatterns = [
    path("sample/<slug:name>/", samples.show, name="sample"),
    path("lock/", nothing, name="account_logout"),
    path("", named("web", ("", "today"), ("help/", "help"))),
    path("", named("advocacy", ("urgent/", "urgent"))),
    path("", named("materials", ("reviews/", "reviews"))),
    path("", named("casework", ("sample/", "cases"))),
    path("", named("accounts", ("people/", "people"), ("me/", "me"))),
    path("", named("audit", ("audit/", "entries"))),
]
