"""The form of one answer: who gave it and how, then three questions; the table of every item stands behind them."""

import datetime as dt
import hashlib
from collections.abc import Collection
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.faults import take
from accounts.forms.fields import DayField, asked_where_needed
from accounts.forms.widgets import QuickSelect
from casework.consent_rule import REFUSING, Ledger
from casework.models import Case, Consent, Contact
from consents.actions.answers import refuse_what_cannot_be_given
from consents.changes import ConsentChanges, ToldAnswer, changes_of
from consents.forms import exceptions
from consents.forms.matrix import GrantsField, LinedMatrix, full_lines, pairs_of, set_by_lines
from consents.forms.options import HintedChoice, HintedTicks
from consents.forms.shrinking import end_of
from consents.packages import GROUPS, PACKAGES, Pair, group_of, groups_among, package_of, pairs_of_package
from directory.dates.relative_time import full_day
from directory.vocabulary import label, terms

PRISONER = "prisoner"
PRESENT, ITEM_BY_ITEM = "present", "items"
ALSO_LIMITED = {Consent.Status.LIMITED, Consent.Status.PRESUMED}
ANSWERS = [("", _("Not answered")), *(pair for pair in Consent.Status.choices if pair[0] not in ALSO_LIMITED)]
PROOF = ("giver_name", "method", "language", "explained", "proof")


class ConsentForm(forms.ModelForm):  # type: ignore[type-arg]
    """One answer of one giver, which begins from what that giver allows now."""

    about = forms.ChoiceField(label=_("Whose information"), widget=QuickSelect)
    from_on = DayField(label=_("Given on"), help_text=_("The day of the answer, not of this entry."))
    until_on = DayField(
        label=_("Last day"), required=False, help_text=_("Empty: 90 days when something is public, else 180.")
    )
    package = forms.ChoiceField(label=_("1. What may be told?"), widget=HintedChoice)
    groups = forms.MultipleChoiceField(label=_("2. Who may read it?"), widget=HintedTicks, required=False)
    grants = GrantsField(label=_("Every item, for every reader"), widget=LinedMatrix, required=False)
    begins_from = forms.UUIDField(required=False, widget=forms.HiddenInput)
    filled = forms.CharField(required=False, widget=forms.HiddenInput)
    full = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    keep = forms.BooleanField(
        label=_("Keep what was allowed before where nothing was said about it, and add the rest"), required=False
    )

    class Meta:
        model = Consent
        fields = ["giver", "giver_name", "status", "method", "language", "explained", "limits", "proof"]
        widgets = {
            **dict.fromkeys(("giver", "status", "method"), QuickSelect),
            "limits": forms.Textarea(attrs={"rows": 2}),
            "explained": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "giver": _("Whose answer"),
            "giver_name": _("Name, and by what right they speak"),
            "method": _("How it came"),
            "language": _("Explained in"),
            "explained": _("What was explained"),
            "limits": _("The giver's words, where they set a limit"),
            "proof": _("Proof, and where it is kept"),
        }
        help_texts = {
            "explained": _("What for, whom for, what may follow, that it cannot be called back, that they may say no."),
        }

    def __init__(self, *args: Any, case: Case, ledger: Ledger, earlier: Consent | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case, self.ledger = case, ledger
        self.earlier = self._earlier_sent() if self.is_bound else earlier
        self.people = {str(row.pk): row for row in Contact.objects.filter(case=case).present()}
        self.initial.update(self._table_of(()), about=PRISONER, from_on=timezone.localdate())
        self.initial["status"] = ""  # nobody answers before the person does
        if self.earlier is not None and not self.is_bound:
            self._begin(self.earlier)
        self._offer()
        given = len(self.initial.get("out", ()))
        drawn = exceptions.rows_to_draw(self.data, given) if self.is_bound else max(exceptions.LEAST, given + 1)
        for number in range(drawn):
            self.fields.update(exceptions.fields_of(number))
        self.count = drawn

    def _offer(self) -> None:
        people = [(pk, row.name) for pk, row in self.people.items()]
        packages = [(package.code, package.words) for package in PACKAGES]
        hints: dict[str, Any] = {package.code: package.hint for package in PACKAGES}
        if self.earlier is not None:
            day = full_day(self.earlier.from_at)
            packages.append((PRESENT, gettext("As it was answered, last on %(day)s") % {"day": day}))
            hints[PRESENT] = self._present_in_words
        packages.append((ITEM_BY_ITEM, gettext("In other words")))
        hints[ITEM_BY_ITEM] = gettext("Item by item, in the table below.")
        offered: dict[str, Any] = {
            "about": [(PRISONER, _("The person in prison")), *people],
            "status": ANSWERS,
            "giver": [pair for pair in self.fields["giver"].choices if pair[0] != "CG_NONE_BEST"],  # type: ignore[attr-defined]
            "package": packages,
            "groups": [(group.code, group.words) for group in GROUPS],
            "grants": pairs_of(terms("consent_item"), terms("consent_audience")),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["package"].widget.hints = hints  # type: ignore[attr-defined]
        self.fields["groups"].widget.hints = {group.code: group.hint for group in GROUPS}  # type: ignore[attr-defined]
        if self.is_bound:
            self.fields["grants"].widget.ticked_lines = self._lines  # type: ignore[attr-defined]
        for name in (*PROOF, "groups", "grants"):
            asked_where_needed(self.fields[name])

    # What it begins from

    def _earlier_sent(self) -> Consent | None:
        """Return the answer from which the page that was sent began, as it stands in the ledger now."""
        sent = str(self.data.get("begins_from", ""))
        return next((row for row in self.ledger.answers if str(row.pk) == sent), None)

    def _begin(self, earlier: Consent) -> None:
        """Fill in what this giver allows now, so that a newer answer ends nothing by leaving it out."""
        allowed, contact = self.allowed, earlier.subject_contact_id
        pairs = {
            (grant.item, grant.audience)
            for row in self.ledger.about(contact)
            if row.status in REFUSING and row.giver == earlier.giver
            for grant in row.grants.all()
            if row in self.ledger.standing(contact, grant.item, grant.audience)
        }
        out = exceptions.rows_of(pairs)
        begun: dict[str, Any] = {
            "about": str(contact or PRISONER),
            "giver": earlier.giver,
            "giver_name": earlier.giver_name,
            "language": earlier.language,
            "limits": earlier.limits,
            "begins_from": earlier.pk,
            "package": PRESENT,
            "groups": groups_among({audience for _item, audience in allowed}),
            "out": out,
            **{f"out_{number}_item": item for number, (item, _whom) in enumerate(out)},
            **{f"out_{number}_for": whom for number, (_item, whom) in enumerate(out)},
            **self._table_of(allowed),
        }
        self.initial.update(begun)

    @cached_property
    def allowed(self) -> frozenset[Pair]:
        """Return what the giver of the earlier answer allows now about the same person."""
        earlier = self.earlier
        if earlier is None:
            return frozenset()
        return frozenset(
            (grant.item, grant.audience)
            for row in self.ledger.about(earlier.subject_contact_id)
            if row.giver == earlier.giver and row.is_live(at=self.ledger.at)
            for grant in row.grants.all()
            if grant.ended_at is None
        )

    @property
    def _present_in_words(self) -> str:
        items = {item for item, _audience in self.allowed}
        named = " · ".join(label("consent_item", item) for item in terms("consent_item") if item in items)
        groups = groups_among({audience for _item, audience in self.allowed})
        return gettext("%(items)s. For: %(readers)s.") % {
            "items": named,
            "readers": ", ".join(str(group_of(code).words) for code in groups),
        }

    # What was told

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself, what lies ahead, and what this giver may not give, each at its question."""
        cleaned = super().clean() or self.cleaned_data
        self._look_at_days(cleaned)
        for name, fault in exceptions.half_rows(cleaned, self.count):
            self.add_error(name, fault)
        if cleaned.get("package"):
            self._look_at_questions(cleaned)
        if not self.errors:
            try:
                refuse_what_cannot_be_given(self.ledger, self.told)
            except ValidationError as refused:
                take(self, self._at_its_question(refused))
        return cleaned

    def _look_at_days(self, cleaned: dict[str, Any]) -> None:
        start, end = cleaned.get("from_on"), cleaned.get("until_on")
        if start and start > timezone.localdate():
            self.add_error("from_on", ValidationError(_("This day lies ahead. Record the answer when it is given.")))
        elif start and end and end < start:
            self.add_error("until_on", ValidationError(_("The last day comes before the first.")))
        elif end and end < timezone.localdate():
            self.add_error(
                "until_on", ValidationError(_("This day is over already. An answer that ended allows nothing."))
            )

    def _look_at_questions(self, cleaned: dict[str, Any]) -> None:
        package, groups = cleaned["package"], cleaned.get("groups") or []
        if package == ITEM_BY_ITEM:
            if not cleaned.get("grants") and not self._is_table_touched(cleaned):
                self.add_error("grants", ValidationError(_("Tick at least one item for one reader.")))
        elif self._is_table_touched(cleaned):
            self.add_error(
                "package",
                ValidationError(
                    _("The table was changed by hand. Choose “In other words” if it is right, else undo it there.")
                ),
            )
        elif not groups:
            self.add_error("groups", ValidationError(_("Choose at least one group of readers, or fill in the table.")))
        elif package == PRESENT and (new := set(groups) - set(groups_among({code for _i, code in self.allowed}))):
            words = ", ".join(str(group_of(code).words) for code in sorted(new))
            fault = gettext("The answer that stands says nothing about: %(readers)s. Choose what they may be told.")
            self.add_error("package", ValidationError(fault % {"readers": words}))
        if cleaned.get("status") in REFUSING and exceptions.pairs_taken_out(cleaned, self.count):
            self.add_error(
                "out_0_item",
                ValidationError(_("When the answer is no, nothing is taken out of it. Leave these rows empty.")),
            )
        if not self.errors and not self.grants_told:
            self.add_error("package", ValidationError(_("Nothing is left of this: everything in it was taken out.")))

    def _at_its_question(self, refused: ValidationError) -> ValidationError:
        """Put a fault of the table at the first question where the table was not what was answered."""
        if not hasattr(refused, "error_dict") or self.cleaned_data.get("package") == ITEM_BY_ITEM:
            return refused
        faults = dict(refused.error_dict)
        if "grants" in faults:
            faults["package"] = [*faults.get("package", []), *faults.pop("grants")]
        return ValidationError(faults)

    def _is_table_touched(self, cleaned: dict[str, Any]) -> bool:
        """Say whether a box of the table was pressed since it was drawn; a page that drew none is not asked."""
        if "filled" not in self.data:
            return False
        is_same = cleaned.get("filled") == _digest(_boxes(cleaned.get("grants") or ()))
        return not is_same or self._lines != set(str(cleaned.get("full", "")).split())

    @property
    def _lines(self) -> set[str]:
        return set(self.data.getlist("lines")) if hasattr(self.data, "getlist") else set()

    @property
    def taken_out(self) -> frozenset[Pair]:
        """Return what the third question names."""
        return exceptions.pairs_taken_out(self.cleaned_data, self.count)

    @property
    def grants_told(self) -> frozenset[Pair]:
        """Return every pair that the answer names, without what was taken out: an exception always wins."""
        return self._asked_for - self.taken_out

    @property
    def _asked_for(self) -> frozenset[Pair]:
        cleaned = self.cleaned_data
        code, groups = cleaned.get("package", ""), cleaned.get("groups") or []
        package = package_of(code)
        if package is not None:
            return pairs_of_package(package, groups)
        if code == PRESENT:
            return frozenset(pair for pair in self.allowed if groups_among([pair[1]])[0] in groups)
        boxes = set_by_lines(
            _boxes(cleaned.get("grants") or ()), self._lines, set(str(cleaned.get("full", "")).split())
        )
        return frozenset((item, audience) for item, _sign, audience in (box.partition(":") for box in boxes))

    def _ends(self) -> frozenset[Pair]:
        """Return what this giver allowed and does not name any more, in an answer that begins from the present one."""
        earlier, cleaned = self.earlier, self.cleaned_data
        is_same = earlier is not None and (earlier.giver, str(earlier.subject_contact_id or PRISONER)) == (
            cleaned.get("giver"),
            cleaned.get("about"),
        )
        is_answered = cleaned.get("status") == Consent.Status.GIVEN
        return self.allowed - self.grants_told if is_same and is_answered else frozenset()

    @cached_property
    def told(self) -> ToldAnswer:
        """Return the whole answer, with everything that it ends. Asked of a form without a fault."""
        return ToldAnswer(self._values(), self.grants_told, self.taken_out, self._ends())

    @property
    def told_to_save(self) -> ToldAnswer:
        """Return the answer as it is to be saved: what was left out is kept where that was ticked."""
        told = self.told
        kept = frozenset() if self.cleaned_data.get("keep") else told.ends
        return ToldAnswer(told.values, told.grants, told.taken_out, kept)

    @cached_property
    def changes(self) -> ConsentChanges:
        """Return what the answer would change, whatever is kept of it."""
        return changes_of(self.ledger, self.told)

    @property
    def is_seen(self) -> bool:
        """Say whether these very changes were shown before the answer was sent to be saved."""
        return bool(self.cleaned_data.get("seen")) and self.cleaned_data["seen"] == self.changes.digest

    def _values(self) -> dict[str, Any]:
        """Return what the verb takes: instants for days, whose information it is, and *given with limits* for a yes with any."""
        cleaned = self.cleaned_data
        values = {name: cleaned.get(name) for name in self._meta.fields or ()}
        person = self.people.get(cleaned.get("about") or "")
        values["subject"] = Consent.Subject.CONTACT if person else Consent.Subject.PRISONER
        values["subject_contact"] = person
        start = timezone.make_aware(dt.datetime.combine(cleaned["from_on"], dt.time.min))
        now = timezone.now()
        values["from_at"] = min(start, now) if cleaned["from_on"] < timezone.localdate() else now
        values["until_at"] = end_of(cleaned["until_on"]) if cleaned.get("until_on") else None
        if values["status"] == Consent.Status.GIVEN and (self.taken_out or cleaned.get("limits")):
            values["status"] = Consent.Status.LIMITED
        return values

    # What the page draws

    def refill(self) -> None:
        """Draw the page that follows the first press: the table filled from the three answers, and what was seen."""
        table = self._table_of(self.grants_told)
        data = cast(QueryDict, self.data).copy()
        data.setlist("grants", table["grants"])
        data.setlist("lines", table["full"].split())
        for name in ("filled", "full"):
            data[name] = table[name]
        data["seen"] = self.changes.digest
        self.fields["grants"].widget.ticked_lines = None  # type: ignore[attr-defined]
        self.data = data

    def _table_of(self, pairs: Collection[Pair]) -> dict[str, Any]:
        boxes = _boxes(pairs)
        return {"grants": boxes, "filled": _digest(boxes), "full": " ".join(sorted(full_lines(boxes)))}

    @property
    def exception_rows(self) -> list[exceptions.ExceptionRow]:
        """Return the rows of the third question."""
        return [
            exceptions.ExceptionRow(number + 1, self[f"out_{number}_item"], self[f"out_{number}_for"])
            for number in range(self.count)
        ]

    @property
    def table_in_words(self) -> str:
        """Return what stands in the closed table, as its heading says it."""
        ticked = self["grants"].value() or ()
        words = ngettext("See the whole table: %(count)d yes", "See the whole table: %(count)d yes", len(ticked))
        return words % {"count": len(ticked)}

    def _get_validation_exclusions(self) -> set[str]:
        """The constraints of the whole row are asked by the verb, which knows its days."""
        return super()._get_validation_exclusions() | {"status", "giver"}  # type: ignore[misc,no-any-return]


def _boxes(pairs: Collection[Pair]) -> list[str]:
    return [f"{item}:{audience}" for item, audience in sorted(pairs)]


def _digest(boxes: Collection[str]) -> str:
    """Return a fingerprint of the boxes that a page drew; it guards nothing."""
    return hashlib.sha256(" ".join(sorted(boxes)).encode()).hexdigest()[:16]
