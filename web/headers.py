"""Headers of every answer, static files, redirects and health included: what a browser may load, keep and tell others."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed

View = Callable[[HttpRequest], HttpResponse]

POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "script-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
WITH_DATA_IMAGES = frozenset({"accounts:factor"})  # the picture of a new second factor; shown as text too
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
ECHOES = frozenset({"TRACE", "TRACK", "CONNECT"})  # methods that hand a request back, cookies included, or on
TWO_SCHEMES = (
    "The proxy before this site must put X-Forwarded-Proto in place of what the browser sent (docs/runbook.md).\n"
)
NOTHING = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), "
    "publickey-credentials-get=(self), screen-wake-lock=(), usb=(), web-share=(), xr-spatial-tracking=()"
)


class SafeHeaders:
    """Set the policy of content, origin and permissions; a signed-in answer is never kept by anybody."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ECHOES:
            response: HttpResponse = HttpResponseNotAllowed(METHODS)
        elif names_two_schemes(request):
            response = HttpResponseBadRequest(TWO_SCHEMES, content_type="text/plain; charset=utf-8")
        else:
            response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy_of(request))
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", NOTHING)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        if request.is_secure() and settings.SECURE_HSTS_SECONDS:
            headers.setdefault("Strict-Transport-Security", lasting_https())
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            headers["Cache-Control"] = "no-store"
        else:
            headers.setdefault("Cache-Control", "no-store")
        return response


def names_two_schemes(request: HttpRequest) -> bool:
    """Say whether a proxy added its scheme to what the browser had sent: Django would believe the browser's."""
    told = settings.SECURE_PROXY_SSL_HEADER and request.META.get(settings.SECURE_PROXY_SSL_HEADER[0], "")
    return len({scheme.strip() for scheme in (told or "").split(",")}) > 1


def lasting_https() -> str:
    """What a browser is told about https, also by answers that come before Django's own middleware: health, refusals."""
    below = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}{below}"


def policy_of(request: HttpRequest) -> str:
    """The content policy of the page that answered."""
    match = getattr(request, "resolver_match", None)
    images = "'self' data:" if match is not None and match.view_name in WITH_DATA_IMAGES else "'self'"
    return "; ".join(f"{name} {value}" for name, value in {**POLICY, "img-src": images}.items())
