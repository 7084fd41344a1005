"""Which consent item is refused, and which answer says so: withdrawn, ended, never given, or a refusal."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.consent_codes import TRUSTED
from casework.models import Case, Consent
from directory.dates.relative_time import full_day, short_hour
from directory.vocabulary import label
from materials.review.refusal_lines.mending import TAKE_OUT, may_mend, who_may
from materials.review.refusal_lines.rows import RefusalRows
from materials.review.refusal_lines.sentences import Said, by
from safety.conditions.mending import RECORD


def _naming(facts: RefusalRows, case: Case, *, item: str = "") -> list[tuple[Consent, Any]]:
    """Return the answers of the case that name this audience (and item), each with its grant, the latest first."""
    audience = facts.audience
    return [
        (row, grant)
        for row in facts.consents
        if row.case_id == case.pk
        for grant in row.grants.all()
        if audience in (TRUSTED, grant.audience) and (not item or grant.item == item)
    ]


def _see(case: Case, row: Consent | None) -> tuple[str, str]:
    if row is None:
        return reverse("casework:consents", args=[case.reference]), _("See the consent ledger")
    return reverse("casework:consent", args=[case.reference, row.pk]), _("See this answer")


def _words(facts: RefusalRows, item: str) -> dict[str, str]:
    return {"item": label("consent_item", item), "audience": facts.audience_in_words}


def item_missing(facts: RefusalRows, case: Case, key: str) -> Said:
    """Tell which item has no consent for this audience: withdrawn, ended, or never given; and who can take it out."""
    words = _words(facts, key)
    found = _naming(facts, case, item=key)
    out = who_may(facts, "write_material", None, words=TAKE_OUT)
    now = timezone.now()
    for row, grant in found:
        gone = row.withdrawn_at or grant.ended_at
        if gone:
            # After a withdrawal nobody is invited to ask again, and no reason is asked (UI.md 5).
            title = _("Consent to show “%(item)s” to “%(audience)s” was withdrawn.") % words
            since = _("Withdrawn on %(day)s; no reason is asked.") % {"day": full_day(gone)}
            return Said(title, since, out, *_see(case, row))
    record = who_may(facts, "keep_consent", case, words=RECORD)
    for row, _grant in found:
        if row.status in Consent.LIVE and row.until_at <= now:
            title = _("Consent to show “%(item)s” to “%(audience)s” has ended.") % words
            since = _("It ended on %(day)s.") % {"day": full_day(row.until_at)}
            return Said(title, since, f"{record} {out}".strip(), *_see(case, row))
    title = _("Nobody has agreed to show “%(item)s” to “%(audience)s”.") % words
    return Said(title, "", f"{record} {out}".strip(), *_see(case, found[0][0] if found else None))


def no_consent(facts: RefusalRows, case: Case) -> Said:
    """Tell why nothing at all may be shown to this audience."""
    words = {"audience": facts.audience_in_words}
    found = _naming(facts, case)
    gone = next((row for row, _grant in found if row.withdrawn_at), None)
    if gone and gone.withdrawn_at:
        title = _("Consent for “%(audience)s” was withdrawn.") % words
        since = _("Withdrawn on %(day)s; no reason is asked.") % {"day": full_day(gone.withdrawn_at)}
        return Said(title, since, "", *_see(case, gone))
    who = may_mend(facts, "no-consent", case)
    now = timezone.now()
    ended = next((row for row, _grant in found if row.status in Consent.LIVE and row.until_at <= now), None)
    if ended:
        since = _("It ended on %(day)s.") % {"day": full_day(ended.until_at)}
        return Said(_("Consent for “%(audience)s” has ended.") % words, since, who, *_see(case, ended))
    title = _("There is no live consent for “%(audience)s”.") % words
    if facts.may("keep_consent", case):
        url = reverse("casework:add_consent", args=[case.reference])
        return Said(title, "", who, url, _("Record what the person or family said"))
    return Said(title, "", who, *_see(case, None))


def _overruling(facts: RefusalRows, case: Case, item: str, title: str) -> Said:
    """Tell in which answer an item was refused, by the rule itself; who can take it out of the text."""
    words = _words(facts, item)
    answer = facts.opening(case, item).by
    out = who_may(facts, "write_material", None, words=TAKE_OUT)
    since = ""
    if answer is not None:
        told = {"name": by(answer.explained_by), "day": full_day(answer.from_at)}
        since = _("Said on %(day)s, written down by %(name)s.") % told
    return Said(title % words, since, out, *_see(case, answer))


def refused_by_the_person(facts: RefusalRows, case: Case, key: str) -> Said:
    """Tell which item the person refused for this audience, and in which answer."""
    return _overruling(facts, case, key, _("The person does not want “%(item)s” shown to “%(audience)s”."))


def family_disagrees(facts: RefusalRows, case: Case, key: str) -> Said:
    """Tell about which item the family disagrees, and in which answer."""
    return _overruling(facts, case, key, _("The family disagrees about “%(item)s” for “%(audience)s”."))


def wish_for_silence(facts: RefusalRows, case: Case) -> Said | None:
    """Tell since when the wish is known, and who noted it."""
    wish = facts.wishes.get(case.pk)
    if wish is None:
        return None
    since = _("Noted on %(day)s by %(name)s.") % {"day": full_day(wish.created_at), "name": by(wish.created_by)}
    return Said(since=since)


def nobody_agreed(facts: RefusalRows, case: Case) -> Said | None:
    """Tell who presumed best interest, until when somebody had to agree, and who may."""
    rows = [row for row in facts.consents if row.case_id == case.pk and row.basis == Consent.Basis.BEST_INTEREST]
    row = next((row for row in rows if row.seconded_by_id is None), None)
    if row is None:
        return None
    since = _("Presumed by %(name)s, %(at)s.") % {"name": by(row.explained_by), "at": short_hour(row.from_at)}
    url, words_of_link = _see(case, row)
    return Said(since=since, url=url, label=words_of_link)


OF_A_CASE: dict[str, Callable[[RefusalRows, Case], Said | None]] = {
    "no-consent": no_consent,
    "wish-for-silence": wish_for_silence,
    "nobody-agreed": nobody_agreed,
}
TELLING: dict[str, Callable[[RefusalRows, Case, str], Said | None]] = {
    "item-without-consent": item_missing,
    "refused-by-the-person": refused_by_the_person,
    "family-disagrees": family_disagrees,
}
