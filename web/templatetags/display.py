"""Template tags and filters that every page may use without loading them, and what the frame of a page needs."""

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import date as date_in_words
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.drafts import SIGN_IN_NAMES
from accounts.pages.addresses import address_of
from accounts.views.came_from import ANOTHER, FIELD, came_from
from directory.dates.shown import day_in

register = template.Library()

TONES = frozenset({"", "note", "ok", "care", "stop", "hold"})
RISK = {
    "RL_LOW": (_("Low"), "bars-1", ""),
    "RL_MED": (_("Medium"), "bars-2", ""),
    "RL_HIGH": (_("High"), "bars-3", "care"),
    "RL_CRIT": (_("Critical"), "bars-4", "stop"),
}
RISK_OR_NONE = {**RISK, "": (_("Not assessed"), "ring-empty", "care")}
VERIFICATION = {
    "VS_NEW": (_("Not checked"), "ring-empty", ""),
    "VS_SINGLE": (_("Single source"), "ring-half", "care"),
    "VS_CORROB": (_("Corroborated"), "ring-full", "ok"),
    "VS_DOC": (_("Documented"), "ring-full", "ok"),
    "VS_CONFLICT": (_("Sources conflict"), "ring-split", "stop"),
    "VS_DENIED": (_("Denied by authorities"), "ring-split", "care"),
    "VS_REFUTED": (_("Found false"), "ring-slash", "stop"),
    "VS_STALE": (_("Needs a new check"), "ring-half", "care"),
}
GATE = {
    "none": (_("Stays inside"), "", ""),
    "emergency": (_("Emergency gate"), "square-corner", ""),
    "disclosure": (_("Disclosure gate"), "square-half", ""),
    "stop": (_("Stop notice"), "square-corner", ""),
    "full": (_("Full gate"), "square-full", ""),
}
POSTURE = {
    "PO_SILENT": _("Silent"),
    "PO_QUIET": _("Quiet"),
    "PO_LIST": _("Listed"),
    "PO_REACTIVE": _("Reactive"),
    "PO_PUBLIC": _("Public"),
    "PO_EMBARGO": _("Embargo"),
}
CONSENT = {
    "CS_ASKED": (_("Asked"), "ring-empty", ""),
    "CS_GIVEN": (_("Yes"), "ring-full", "ok"),
    "CS_LIMITED": (_("With limits"), "ring-half", "care"),
    "CS_REFUSED": (_("No"), "ring-slash", ""),
    "CS_WITHDRAWN": (_("Withdrawn"), "ring-slash", "stop"),
    "CS_EXPIRED": (_("Ended"), "ring-slash", "care"),
    "CS_DISPUTED": (_("Family disagree"), "ring-split", "stop"),
    "CS_PRESUMED": (_("Best interest"), "ring-half", "care"),
    "": (_("Not asked"), "ring-empty", "care"),
}


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: is this the practice site, where is the source, which colours and keys did the person choose."""
    user = getattr(request, "user", None)
    theme = getattr(user, "theme", "")
    return {
        "frame": {
            "is_practice": bool(getattr(settings, "PRACTICE", False)),
            "source_url": getattr(settings, "SOURCE_URL", ""),
            "theme": theme if theme in {"light", "dark"} else "",
            "has_scripts": user is not None and user.is_authenticated and _has_scripts(request),
            "without_keys": getattr(user, "without_keys", False),
        }
    }


def _has_scripts(request: HttpRequest) -> bool:
    """Say whether the page may load our scripts: none about signing in does, where passwords and codes are typed."""
    page = request.resolver_match
    return page is not None and page.namespace != "accounts" and not (page.url_name or "").startswith(SIGN_IN_NAMES)


@register.simple_tag
def maybe_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of that name, or nothing when there is none: the frame never breaks over a link."""
    try:
        return reverse(name, kwargs=kwargs) if kwargs else address_of(name, *args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def current(context: template.Context, address: str) -> SafeString:
    """`aria-current` for a link to the page shown or to what it stands under; the first page only for itself."""
    state = stands_at(getattr(context.get("request"), "path", ""), address)
    return mark_safe(f' aria-current="{state}"' if state else "")


def stands_at(path: str, address: str) -> str:
    """Return "page" for the page itself, "true" for what stands under an address, else nothing."""
    if not address or not path:
        return ""
    if path == address:
        return "page"
    return "true" if address.count("/") > 1 and path.startswith(address) else ""


def in_pieces(drawn: SafeString, at: re.Pattern[str]) -> tuple[SafeString, ...]:
    """Return what a template drew in pieces, what stands between them among them; as safe as it was whole."""
    if not isinstance(drawn, SafeString):
        raise TypeError("Only what a template drew is taken apart.")
    return tuple(mark_safe(piece) for piece in at.split(drawn))


@register.simple_tag
def mark(name: str) -> SafeString:
    """A drawn mark; decoration only, a word must stand beside it."""
    return format_html('<i class="mark {}"></i>', name)


@register.simple_tag
def badge(word: Any, mark: str = "", tone: str = "") -> SafeString:
    """Mark and word in a thin frame. Unknown tones stay plain; no word, no badge."""
    return _drawn(conditional_escape(word), mark, tone if tone in TONES else "") if word else mark_safe("")


@lru_cache(maxsize=512)  # a page of a list draws the same few badges fifty times
def _drawn(word: str, mark: str, tone: str) -> SafeString:
    drawn = format_html('<i class="mark {}"></i>', mark) if mark else ""
    return format_html('<span class="badge{}">{}{}</span>', f" {tone}" if tone else "", drawn, mark_safe(word))


def _from(table: dict[str, tuple[Any, str, str]], code: str, label: Any) -> SafeString:
    word, drawn, tone = table.get(code or "", (label or code, "", ""))
    return badge(label or word, drawn, tone)


@register.simple_tag
def risk_badge(level: str, label: Any = "") -> SafeString:
    """RL_LOW to RL_CRIT with one to four bars; high and critical alone have a tone. No level: "Not assessed"."""
    return _from(RISK_OR_NONE, level, label)


@register.simple_tag
def verification_badge(status: str, label: Any = "") -> SafeString:
    """VS_*: how far a claim holds."""
    return _from(VERIFICATION, status, label)


@register.simple_tag
def gate_badge(level: str, label: Any = "") -> SafeString:
    """none, emergency, disclosure or full."""
    return _from(GATE, level, label)


@register.simple_tag
def consent_badge(status: str, label: Any = "") -> SafeString:
    """CS_*, or nothing for what nobody asked yet."""
    return _from(CONSENT, status, label)


@register.simple_tag
def posture_badge(posture: str, label: Any = "") -> SafeString:
    """PO_*: plain, because a posture is a fact and no alarm."""
    return badge(label or POSTURE.get(posture, posture))


@register.simple_tag
def hold_badge(label: Any = "") -> SafeString:
    """Inverse in both colour sets."""
    return badge(label or _("On hold"), "pause", "hold")


@register.simple_tag
def late(words: Any) -> SafeString:
    """A missed date: triangle and words ("2 days late")."""
    return format_html('<span class="late"><i class="mark triangle"></i>{}</span>', words)


@register.filter
def bdi(value: Any) -> SafeString:
    """Something a person typed, kept apart from the direction of the page."""
    return format_html("<bdi>{}</bdi>", "" if value is None else value)


@register.filter
def ref(value: Any) -> SafeString:
    """A reference, grade or file name: monospace, always left to right."""
    return format_html('<bdi dir="ltr" class="ref">{}</bdi>', "" if value is None else value)


@register.filter
def quoted(value: Any) -> SafeString:
    """Somebody's own words, in the quotation marks of the language."""
    return format_html('<q dir="auto">{}</q>', "" if value is None else value)


@register.filter
def paragraphs(value: Any) -> SafeString:
    """Typed text as paragraphs, each in its own direction; single line ends stay."""
    text = str(value or "").replace("\r\n", "\n").strip()
    parts = [part for part in re.split(r"\n\s*\n", text) if part]
    lines = ((mark_safe(conditional_escape(part).replace("\n", "<br>")),) for part in parts)
    return format_html_join("\n", '<p dir="auto">{}</p>', lines)


@register.filter
def in_words(value: Any) -> SafeString | str:
    """A date as a person says it: an object with `in_words`, an instant, a day, or words already; none is "Unknown"."""
    own = getattr(value, "in_words", None)
    if own is not None:
        return str(own() if callable(own) else own)
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        words = date_in_words(value, pgettext("an instant, as Django's date filter", "j F Y, H:i"))
        return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), words)
    if isinstance(value, dt.date):
        words = day_in(value, pgettext("a day, as Django's date filter", "j F Y"))
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)
    return conditional_escape(value) if value else str(_("Unknown"))


@register.filter
def day_short(value: Any) -> SafeString | str:
    """A day in little room ("2 Nov 2026"); words stay as they are."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if isinstance(value, dt.date):
        words = day_in(value, pgettext("a short day, as Django's date filter", "j M Y"))
        return format_html('<time datetime="{}">{}</time>', value.strftime("%Y-%m-%d"), words)
    return in_words(value)


@register.filter
def fault_count(form: Any) -> int:
    """How many answers of a form have faults, to say so in one sentence; what concerns all of it counts once."""
    return len(form.errors)


@register.simple_tag
def field(bound: Any) -> SafeString:
    """One question of a form with its label, hint and faults."""
    return mark_safe(bound.as_field_group()) if bound else mark_safe("")


@register.simple_tag(takes_context=True)
def leave(context: dict[str, Any], home: str, words: str = "") -> SafeString:
    """The way out of a form: to the page it was opened from, else `home`; saving goes there too, by a hidden box."""
    kept = came_from(context["request"])
    box = format_html('<input type="hidden" name="{}" value="{}">', FIELD, kept) if kept else ""
    return format_html('{}<a href="{}">{}</a>', box, kept or home, words or _("Leave without saving"))


@register.simple_tag
def another() -> SafeString:
    """The second button of a form of which several are usual: save, and open it empty."""
    return format_html('<button name="{}" value="1">{}</button>', ANOTHER, _("Save, and add another"))


HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)
OPENING = re.compile(r"<(table|thead|tbody|tfoot|tr|th|td)\b([^>]*)>")
KEEP = re.compile(r'<table class="t keep\b')
SPAN = re.compile(r'colspan="(\d+)"')
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell"}


class _Scopes:
    """Writes which way each header of one plain table points."""

    def __init__(self) -> None:
        self.is_head = False

    def __call__(self, found: re.Match[str]) -> str:
        tag, attributes = found.groups()
        if tag in {"thead", "tbody", "tfoot"}:
            self.is_head = tag == "thead"
        if tag == "th" and " scope=" not in attributes:
            attributes += f' scope="{"col" if self.is_head else "row"}"'
        return f"<{tag}{attributes}>"


class _Roles:
    """Writes ARIA roles and `data-label` into one plain table, so that its 360 px form keeps its meaning."""

    def __init__(self, headers: list[str]) -> None:
        self.headers, self.column, self.is_head = headers, 0, False

    def __call__(self, found: re.Match[str]) -> str:
        tag, attributes = found.groups()
        if tag in {"thead", "tbody", "tfoot"}:
            self.is_head = tag == "thead"
        if tag == "tr":
            self.column = 0
        role = ROLES.get(tag) or ("columnheader" if self.is_head else "rowheader")
        extra = "" if " role=" in attributes else f' role="{role}"'
        if tag == "th" and " scope=" not in attributes:
            extra += f' scope="{"col" if self.is_head else "row"}"'
        if tag in {"td", "th"}:
            if tag == "td" and " data-label=" not in attributes and self.column < len(self.headers):
                extra += f' data-label="{self.headers[self.column]}"'
            span = SPAN.search(attributes)
            self.column += int(span[1]) if span else 1
        return f"<{tag}{attributes}{extra}>"


@register.simple_block_tag
def datatable(content: str) -> SafeString:
    """A plain table inside gets its roles, scopes and labels; write `<table class="t">` and nothing more.

    One that stays a table on a phone (`t keep`) keeps what the browser says of it, and gets scopes alone.
    """
    if KEEP.search(content):
        return mark_safe(OPENING.sub(_Scopes(), content))
    head = content.partition("<thead")[2].partition("</thead>")[0]
    headers = [" ".join(strip_tags(words).split()).replace('"', "&quot;") for words in HEADER.findall(head)]
    return mark_safe(OPENING.sub(_Roles(headers), content))
