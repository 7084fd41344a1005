"""The form of one answer of one giver."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField, asked_where_needed
from accounts.models import User
from casework.consent_codes import least_level
from casework.consent_rule import ledger_of
from casework.models import Case, Consent, Contact
from casework.what_is_out import pages_for
from consents.forms.matrix import GrantsField, pairs_of
from consents.forms.shrinking import end_of
from directory.vocabulary import label, terms

PRISONER = "prisoner"
ANSWERS = [(code, words) for code, words in Consent.Status.choices if code != Consent.Status.PRESUMED]


class ConsentForm(forms.ModelForm):  # type: ignore[type-arg]
    """One answer of one giver."""

    about = forms.ChoiceField(label=_("Whose information"))
    from_on = DayField(label=_("Given on"), help_text=_("The day of the answer, not of this entry."))
    until_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: 90 days when something public is ticked, else 180 days."),
    )
    grants = GrantsField(
        label=_("For what, and for whom"),
        help_text=_(
            "Tick what was said, nothing that would follow from it. When the answer is no, tick what is refused."
        ),
    )
    begins_from = forms.UUIDField(required=False, widget=forms.HiddenInput)
    is_ending = forms.BooleanField(label=_("Yes, end this"), required=False)

    class Meta:
        model = Consent
        fields = ["giver", "giver_name", "status", "method", "language", "explained", "limits", "proof"]
        widgets = {
            "status": forms.RadioSelect,
            "limits": forms.Textarea(attrs={"rows": 2}),
            "explained": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"explained": _("What was explained")}
        help_texts = {
            "giver_name": _("And by what right they speak, when it is not the person."),
            "explained": _("What for, whom for, what may follow, that it cannot be called back, that they may say no."),
            "proof": _(
                "What there is, and where it is kept. Anything public, and health, ill-treatment, religion, family and"
                " photographs at any level, need it with giver, way, language and what was explained."
            ),
        }

    field_order = [
        "about",
        "giver",
        "giver_name",
        "status",
        "grants",
        "from_on",
        "until_on",
        "method",
        "language",
        "explained",
        "limits",
        "proof",
        "is_ending",
        "begins_from",
    ]

    def __init__(self, *args: Any, case: Case, reader: User, earlier: Consent | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case, self.reader = case, reader
        self.people = {str(row.pk): row for row in Contact.objects.filter(case=case).present()}
        people = [(pk, row.name) for pk, row in self.people.items()]
        self.fields["about"].choices = [(PRISONER, _("The person in prison")), *people]  # type: ignore[attr-defined]
        self.fields["about"].initial = PRISONER
        if earlier is not None:
            self._begin(earlier)
        ends_perhaps = self.is_bound and (
            self.data.get("begins_from") or self.data.get("status") in {"CS_REFUSED", "CS_DISPUTED"}
        )
        if not ends_perhaps:
            del self.fields["is_ending"]
        for name in ("giver_name", "method", "language", "explained", "proof"):
            asked_where_needed(self.fields[name])  # for what is public, and for what may hurt most
        self.initial["status"] = ""  # nobody answers before the person does
        self.fields["from_on"].initial = timezone.localdate
        self.fields["status"].choices = ANSWERS  # type: ignore[attr-defined]
        self.fields["giver"].choices = [pair for pair in self.fields["giver"].choices if pair[0] != "CG_NONE_BEST"]  # type: ignore[attr-defined]
        self.fields["grants"].choices = pairs_of(terms("consent_item"), terms("consent_audience"))  # type: ignore[attr-defined]

    def _begin(self, earlier: Consent) -> None:
        """Fill in what this giver allows now, so that a newer answer ends nothing by leaving it out."""
        self.initial = {
            **self.initial,
            "about": str(earlier.subject_contact_id or PRISONER),
            "giver": earlier.giver,
            "giver_name": earlier.giver_name,
            "language": earlier.language,
            "begins_from": earlier.pk,
            "grants": [f"{item}:{audience}" for item, audience in sorted(self._allowed_by(earlier))],
        }

    def _allowed_by(self, answer: Consent) -> set[tuple[str, str]]:
        """Return what the giver of this answer allows now about the same person."""
        now = timezone.now()
        rows = Consent.objects.present().filter(
            case=self.case,
            giver=answer.giver,
            subject=answer.subject,
            subject_contact=answer.subject_contact,
            status__in=Consent.LIVE,
            withdrawn_at=None,
            until_at__gt=now,
        )
        pairs = rows.filter(grants__ended_at=None).values_list("grants__item", "grants__audience")
        return {(item, audience) for item, audience in pairs if item}

    def ends(self) -> set[tuple[str, str]]:
        """Return what this giver allowed and does not any more: unticked in an answer that begins from the present one."""
        begins_from = self.cleaned_data.get("begins_from")
        earlier = Consent.objects.filter(case=self.case, pk=begins_from).first() if begins_from else None
        is_same = earlier is not None and (earlier.giver, str(earlier.subject_contact_id or PRISONER)) == (
            self.cleaned_data.get("giver"),
            self.cleaned_data.get("about"),
        )
        if earlier is None or not is_same:
            return set()
        return self._allowed_by(earlier) - set(self.cleaned_data.get("grants") or ())

    def _refuse_to_end_unasked(self) -> None:
        """Say what the answer would end, and which pages would go down, until somebody ticks that this is meant."""
        cleaned = self.cleaned_data
        ends = self.ends()
        if cleaned.get("status") in (Consent.Status.REFUSED, Consent.Status.DISPUTED):
            ends |= self._open_now(set(cleaned.get("grants") or ()))
        if not ends or cleaned.get("is_ending"):
            return
        names = [f"{label('consent_item', item)} ({label('consent_audience', code)})" for item, code in sorted(ends)]
        sentence = gettext("This answer ends: %(what)s. Tick here when it is meant.") % {"what": ", ".join(names)}
        pages = pages_for(self.reader, self.case, {code for _item, code in ends})
        if pages:
            sentence += " " + gettext("These pages rest on it: %(titles)s.") % {"titles": ", ".join(pages)}
        self.add_error("is_ending", ValidationError(sentence))

    def _open_now(self, pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
        person = self.people.get(self.cleaned_data.get("about") or "")
        ledger, subject = ledger_of(self.case), person.pk if person else None
        return {
            (item, audience)
            for item, audience in pairs
            if ledger.ask(audience, least_level(audience)).of(item, subject).is_open
        }

    def clean(self) -> dict[str, Any]:
        """Refuse days that contradict each other, an answer that lies ahead, and one that ends something unasked."""
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("from_on"), cleaned.get("until_on")
        if start and start > timezone.localdate():
            self.add_error("from_on", ValidationError(_("This day lies ahead. Record the answer when it is given.")))
        elif start and end and end < start:
            self.add_error("until_on", ValidationError(_("The last day comes before the first.")))
        elif end and end < timezone.localdate():
            self.add_error(
                "until_on", ValidationError(_("This day is over already. An answer that ended allows nothing."))
            )
        self._refuse_to_end_unasked()
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """The constraints of the whole row are asked by the verb, which knows its days."""
        return super()._get_validation_exclusions() | {"status", "giver"}  # type: ignore[misc,no-any-return]

    def values(self) -> dict[str, Any]:
        """Return what the verb takes: instants for days, and whose information it is."""
        cleaned = self.cleaned_data
        values = {name: cleaned.get(name) for name in self._meta.fields or ()}
        person = self.people.get(cleaned.get("about") or "")
        values["subject"] = Consent.Subject.CONTACT if person else Consent.Subject.PRISONER
        values["subject_contact"] = person
        start = timezone.make_aware(dt.datetime.combine(cleaned["from_on"], dt.time.min))
        values["from_at"] = min(start, timezone.now()) if cleaned["from_on"] < timezone.localdate() else timezone.now()
        values["until_at"] = end_of(cleaned["until_on"]) if cleaned.get("until_on") else None
        return values
