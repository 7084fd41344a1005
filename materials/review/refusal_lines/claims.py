"""Which claim of the text is refused, why, and where it is ruled on; which finding waits, without its words."""

import uuid
from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.second_person import names_in_words
from casework.evidence import publishability
from casework.models import Case, Claim
from directory.dates.relative_time import full_day
from materials.pages.review_page.findings import field_in_words
from materials.review.refusal_lines.mending import TAKE_OUT, may_mend, right_for, who_may
from materials.review.refusal_lines.rows import RefusalRows
from materials.review.refusal_lines.sentences import Said
from papers.composing.marks import found_in
from papers.composing.sections import SOURCES
from safety.conditions.mending import RULE

DOUBTS: dict[str, str | Promise] = {
    Claim.Status.NEW: gettext_lazy("Claim %(label)s is not checked."),
    Claim.Status.CONFLICT: gettext_lazy("Claim %(label)s is not verified: its sources conflict."),
    Claim.Status.REFUTED: gettext_lazy("Claim %(label)s was found false."),
    Claim.Status.STALE: gettext_lazy("Claim %(label)s needs a new check."),
}


def _label(facts: RefusalRows, claim: Claim) -> str:
    return f"{facts.letters.get(claim.case_id, '')}{claim.number}"


def _where(facts: RefusalRows, claim: Claim) -> str:
    """Return in which sections the claim stands and how, to those who may read the words."""
    if not facts.may_read:
        return ""
    label, body = _label(facts, claim), facts.material.body or []
    named = [row["heading"] for row in body if not row["code"].endswith(SOURCES) and label in found_in(row["text"])]
    if not named:
        return ""
    quoted = names_in_words(_("“%(heading)s”") % {"heading": heading} for heading in named)
    if facts.printed_as.get(claim.pk) == "attributed":
        return ngettext(
            "%(sections)s prints it with its attribution.", "%(sections)s print it with its attribution.", len(named)
        ) % {"sections": quoted}
    return ngettext("%(sections)s states it as fact.", "%(sections)s state it as fact.", len(named)) % {
        "sections": quoted
    }


def _ruled(claim: Claim) -> str:
    if claim.verified_at is None:
        return ""
    words = {"name": claim.verified_by, "day": full_day(claim.verified_at)}
    return _("Last ruled on %(day)s by %(name)s.") % words


def _together(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _claim_page(facts: RefusalRows, case: Case, claim: Claim, page: str, label: str) -> tuple[str, str]:
    """Return the page that mends the claim, or to who may not change it the claim's own page."""
    if facts.may("change_case", case):
        return reverse(page, args=[case.reference, claim.pk]), label
    words = {"label": _label(facts, claim)}
    return reverse("casework:claim", args=[case.reference, claim.pk]), _("See claim %(label)s") % words


def _in_text(facts: RefusalRows) -> tuple[str, str]:
    if facts.may("write_material", None):
        return reverse("materials:material_edit", args=[facts.material.pk]), _("Edit the text")
    return reverse("materials:material", args=[facts.material.pk]), _("Open the material")


def in_doubt(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell which claim is unchecked, in conflict, stale or found false, and who may rule on it."""
    claim = facts.claims.get(uuid.UUID(key))
    if claim is None:
        return None
    words = {"label": _label(facts, claim)}
    url, label = _claim_page(facts, case, claim, "casework:verify_claim", _("Rule on claim %(label)s") % words)
    since = _together(_ruled(claim), _where(facts, claim))
    return Said(str(DOUBTS[claim.status]) % words, since, may_mend(facts, "claim-in-doubt", case), url, label)


def too_weak(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell which claim has sources too weak for the way it is printed."""
    claim = facts.claims.get(uuid.UUID(key))
    if claim is None:
        return None
    words = {"label": _label(facts, claim)}
    title = _("The sources of claim %(label)s are too weak for the way it is printed.") % words
    since = _together(publishability.band_in_words(claim), _where(facts, claim))
    url, label = _claim_page(facts, case, claim, "casework:claim", _("See the sources of claim %(label)s") % words)
    return Said(title, since, may_mend(facts, "claim-not-publishable", case), url, label)


def names_nothing(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell of which claim nobody has said what it discloses."""
    claim = facts.claims.get(uuid.UUID(key))
    if claim is None:
        return None
    words = {"label": _label(facts, claim)}
    url, label = _claim_page(
        facts, case, claim, "casework:change_claim", _("Say what claim %(label)s discloses") % words
    )
    title = _("Nobody has said what claim %(label)s discloses.") % words
    return Said(title, _where(facts, claim), may_mend(facts, "claim-names-no-items", case), url, label)


def taken_out(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell which claim of the text is in the packet no more."""
    claim = facts.claims.get(uuid.UUID(key))
    if claim is None:
        return None
    title = _("Claim %(label)s was taken out of the packet.") % {"label": _label(facts, claim)}
    since = _("On %(day)s.") % {"day": full_day(claim.removed_at)} if claim.removed_at else ""
    who = may_mend(facts, "claim-taken-out", None)
    return Said(title, _together(since, _where(facts, claim)), who, *_in_text(facts))


def not_counted(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell of which claim it has changed since what it discloses."""
    claim = facts.claims.get(uuid.UUID(key))
    if claim is None:
        return None
    title = _("What claim %(label)s discloses has changed since the text was written.") % {
        "label": _label(facts, claim)
    }
    return Said(title, _where(facts, claim), may_mend(facts, "item-not-counted", None), *_in_text(facts))


def finding_open(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell which finding waits: the field it matches, never the words, which not everybody may see."""
    row = facts.findings.get(uuid.UUID(key))
    if row is None:
        return None
    title = _("The leak scan found “%(field)s”, and nobody has ruled on it.") % {"field": field_in_words(row.field)}
    if row.field in {"hidden-character", "mixed-scripts"} or not facts.sees(row.case_id):
        title = ""
    url = reverse("materials:review", args=[facts.material.pk]) + f"#finding-{row.pk}"
    right = right_for("leak-finding-open")
    but = {facts.material.author_id, facts.material.last_editor_id}
    who = who_may(facts, right, None, words=RULE, but=but)
    out = who_may(facts, "write_material", None, words=TAKE_OUT)
    return Said(title, "", _together(who, out), url, _("Go to the finding"))


def scan_outdated(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell that protected words of the case changed since the scan, and where it runs again; not which, nor for whom."""
    url = reverse("materials:review", args=[facts.material.pk]) + "#findings-h"
    return Said("", "", may_mend(facts, "leak-scan-outdated", None), url, _("Open the findings"))


TELLING: dict[str, Callable[[RefusalRows, Case, str], Said | None]] = {
    "claim-in-doubt": in_doubt,
    "claim-not-publishable": too_weak,
    "claim-names-no-items": names_nothing,
    "claim-taken-out": taken_out,
    "item-not-counted": not_counted,
    "leak-finding-open": finding_open,
    "leak-scan-outdated": scan_outdated,
}
