"""Data keys live as long as the request that opened them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sealing import keys


class ForgetKeys:
    """Drop every opened data key before and after each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        keys.forget_keys()
        try:
            return self.get_response(request)
        finally:
            keys.forget_keys()
