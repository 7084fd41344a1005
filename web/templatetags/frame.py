"""The bar, the foot and the scripts of every page, drawn once for each language, place and set of roles in a process.

They are the same on nearly every page, and to draw them took half of what a page without rows takes. What differs from
person to person, the name and the token of a form, is drawn as a stand-in and put in each time, escaped.
"""

import re
import secrets
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Engine
from django.template.context import Context
from django.urls import get_script_prefix, get_urlconf
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from web.templatetags.display import in_pieces, maybe_url, stands_at

register = template.Library()

BAR = ("parts/top.html", "parts/nav.html")
LINK = re.compile(r'{% (?:maybe_)?url "([\w:]+)"')
ROLES = ("is_administrator", "is_auditor", "is_of_the_office")
NAME, TOKEN = (secrets.token_hex(16) for _stand_in in range(2))
STAND_INS = re.compile(f"({NAME}|{TOKEN})")
MOST_DRAWN = 1000


@dataclass(frozen=True)
class FramePlace:
    """All that the frame of a page depends on, but for the person's name and the token. `path` is one of those that stand so."""

    language: str | None
    addresses: tuple[str, str]
    is_practice: bool
    source_url: str
    is_signed_in: bool = False
    has_token: bool = False
    roles: tuple[bool, ...] = ()
    states: tuple[str, ...] = ()
    waiting: int = 0
    path: str = field(default="", compare=False)


@register.simple_tag(takes_context=True)
def top_bar(context: Context) -> SafeString:
    """The bar above each page: where one can go, who one is, and the way out."""
    user: Any = context.get("user")
    is_signed_in = user is not None and user.is_authenticated
    path = getattr(context.get("request"), "path", "")
    token = str(context.get("csrf_token") or "")  # where Django has none it says so in a word, and draws no field
    place = _everywhere(context)
    if is_signed_in:
        place = replace(
            place,
            roles=tuple(bool(context.get(role)) for role in ROLES),
            states=tuple(stands_at(path, link) for link in _links(*place.addresses)),
        )
    waiting = int(context.get("waiting_reviews") or 0)
    place = replace(place, is_signed_in=is_signed_in, has_token=bool(token), waiting=waiting, path=path)
    name = user.get_full_name if is_signed_in else ""
    return _put_in(_drawn("parts/top.html", place), name=name() if callable(name) else name, token=token)


@register.simple_tag(takes_context=True)
def page_foot(context: Context) -> SafeString:
    """The foot of each page."""
    return _put_in(_drawn("parts/foot.html", _everywhere(context)))


@register.simple_tag(takes_context=True)
def page_scripts(context: Context) -> SafeString:
    """The scripts that our pages load."""
    return _put_in(_drawn("parts/scripts.html", _everywhere(context)))


@lru_cache(maxsize=8)
def _links(_urlconf: str, _prefix: str) -> tuple[str, ...]:
    """Return every address that the bar leads to, as its templates name them: each says whether it is the page shown."""
    sources = (Engine.get_default().get_template(name).source for name in BAR)
    names = dict.fromkeys(name for source in sources for name in LINK.findall(source))
    return tuple(maybe_url(name) for name in names)


def _put_in(pieces: tuple[SafeString, ...], **values: str) -> SafeString:
    """Return the pieces with what stands between them, escaped as a template escapes it."""
    held = {NAME: values.get("name", ""), TOKEN: values.get("token", "")}
    return format_html_join("", "{}", ((held.get(piece, piece),) for piece in pieces))


def _everywhere(context: Context) -> FramePlace:
    """Return what a part depends on that is the same for everybody and on every page."""
    frame: Any = context.get("frame") or {}
    return FramePlace(
        language=get_language(),
        addresses=(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()),
        is_practice=bool(frame.get("is_practice")),
        source_url=frame.get("source_url") or "",
    )


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(name: str, place: FramePlace) -> tuple[SafeString, ...]:
    """Return a part of the frame in pieces: between them stands what is put in for each person."""
    values = {
        "user": {"is_authenticated": place.is_signed_in, "get_full_name": NAME},
        "csrf_token": TOKEN if place.has_token else "",
        "frame": {"is_practice": place.is_practice, "source_url": place.source_url},
        "waiting_reviews": place.waiting,
        **dict(zip(ROLES, place.roles, strict=False)),
    }
    drawn = Engine.get_default().get_template(name).render(Context({**values, "request": _Asked(place.path)}))
    return in_pieces(drawn, STAND_INS)


@dataclass(frozen=True)
class _Asked:
    """What a link asks of the request: the path of the page shown."""

    path: str
