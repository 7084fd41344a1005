"""A form leads back to the page it was opened from: one way for every form of the house.

The browser says where a form was opened from (our pages send that to our own pages alone). It counts where the page is
one of ours that says `leads_back_here`: pages that are read, never a form, never what takes a POST alone. From there it
is carried in a hidden box of the form, and read again when the form is sent; nothing else is believed.
"""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

View = TypeVar("View", bound=Callable[..., object])

FIELD = "return_to"
ANOTHER = "another"
LONGEST = 300


def leads_back_here(view: View) -> View:
    """Say of a view that a form opened from its page leads back to it: a page that is read."""
    view.leads_back_here = True  # type: ignore[attr-defined]
    return view


def came_from(request: HttpRequest) -> str:
    """Return the address of the page a form was opened from; empty for none of ours, and for the form itself."""
    if request.method == "POST":
        told = request.POST.get(FIELD, "")
    else:
        told = request.GET.get(FIELD, "") or _opened_from(request)
    return told if _is_page_of_ours(request, told) else ""


def another_form(request: HttpRequest) -> str:
    """Return the address of the same form, empty, that knows where the first one was opened from."""
    kept = came_from(request)
    return f"{request.path}?{urlencode({FIELD: kept})}" if kept else request.path


def address_without_it(request: HttpRequest) -> str:
    """Return the address of a form apart from where it was opened: the same form, wherever one comes from."""
    query: QueryDict = request.GET.copy()
    query.pop(FIELD, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _opened_from(request: HttpRequest) -> str:
    told = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure()):
        return ""
    return urlsplit(told)._replace(scheme="", netloc="", fragment="").geturl()


def _is_page_of_ours(request: HttpRequest, address: str) -> bool:
    """Say whether this is a path of this site, to a page that is read, and not the form's own."""
    if not address.startswith("/") or len(address) > LONGEST:
        return False
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return False
    path = urlsplit(address).path
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return path != request.path and getattr(view, "leads_back_here", False) is True
