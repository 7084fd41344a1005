"""Writing the cases of a file: all of them or none, and none twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import record
from casework.actions.cases import CODENAME_REFUSED, MAY_NOT_OPEN, may_open_cases, open_case
from casework.actions.fate import tell_of_fate
from casework.actions.spells import settle_year
from casework.codenames import gives_away
from casework.models import Case
from directory.vocabulary import label
from exchange.faults import Fault, FileRefused
from exchange.records import CaseTold
from exchange.writing import OF_CASE, Writer, day_of, translations_told


@dataclass(frozen=True)
class BroughtCase:
    """What became of one case of the file: brought in, or already here, in the same words or in others.

    `translations` were brought in with it, and wait for the signature of a reader here.
    """

    codename: str
    reference: str
    kind: str
    translations: int = 0

    @property
    def sentence(self) -> str:
        """Return the outcome in words."""
        words = {
            "brought-in": _("%(codename)s: brought in as %(reference)s."),
            "already-here": _("%(codename)s: already here as %(reference)s. Nothing was changed."),
            "differs": _(
                "%(codename)s: already here as %(reference)s, and the file tells it otherwise. Nothing was changed."
            ),
            "differs-in-fate": _(
                "%(codename)s: already here as %(reference)s, and the file tells otherwise what happened to the person."
                " Public work is paused; the case was not changed. If it is so, open the case and record what happened to the"
                " person: what is asked in vain and the paper that fits are shown there."
            ),
        }
        return words[self.kind] % {"codename": self.codename, "reference": self.reference}

    @property
    def waiting(self) -> str:
        """Return how many translations wait, in words; nothing where none came."""
        if not self.translations:
            return ""
        words = _(
            "%(codename)s: translations: %(count)d. Nobody here has signed one; a reader of each language does so here."
        )
        return words % {"codename": self.codename, "count": self.translations}


class _DryRun(Exception):
    """Ends a dry run, so that the transaction is rolled back."""


def bring_in(*, actor: User, cases: Iterable[CaseTold], is_dry_run: bool = False) -> list[BroughtCase]:
    """Write every case that is not here yet, in one transaction. Raises FileRefused with all faults; then nothing stays.

    A dry run does the same and takes it all back. Refused to who may open no cases.
    """
    refuse_if((not may_open_cases(actor), MAY_NOT_OPEN))
    outcomes: list[BroughtCase] = []
    try:
        with transaction.atomic():
            outcomes = _write_all(actor, cases)
            if is_dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcomes


def _write_all(actor: User, cases: Iterable[CaseTold]) -> list[BroughtCase]:
    outcomes, faults = [], []
    for told in cases:
        held = already_here(actor, told)
        if held is not None:
            outcomes.append(BroughtCase(told.codename, held.reference, _of_one_that_is_here(actor, held, told)))
            continue
        try:
            with transaction.atomic():
                case = _write(actor, told)
        except ValidationError as refused:
            faults += _faults_of(told, refused)
        except (IntegrityError, DataError):
            faults.append(Fault(told.codename, "", _("cannot be stored as it is told; bring it in by hand")))
        else:
            outcomes.append(BroughtCase(told.codename, case.reference, "brought-in", translations_told(told)))
    if faults:
        raise FileRefused(faults)
    return outcomes


def _of_one_that_is_here(actor: User, held: Case, told: CaseTold) -> str:
    """Return how the file stands to a case that is here; a fate that it tells stops public work and changes no fact."""
    if bytes(held.import_tag or b"") == told.tag:
        return "already-here"
    words = _("A file that was brought in says: %(status)s.") % {"status": label("detention_status", told.status)}
    as_of = day_of(told.status_on) or timezone.localdate()
    fate = tell_of_fate(actor=actor, case=held, status=told.status, as_of=as_of, told=words)
    return "differs-in-fate" if fate else "differs"


def already_here(actor: User, told: CaseTold) -> Case | None:
    """Return the case that this one of the file is, among those the person may see: same content, or codename and country."""
    visible = Case.objects.visible_to(actor)
    same = visible.filter(import_tag=told.tag).order_by("opened_at").first()
    return same or visible.filter(codename__iexact=told.codename, country=told.country).order_by("opened_at").first()


def _faults_of(told: CaseTold, refused: ValidationError) -> list[Fault]:
    if hasattr(refused, "error_dict"):
        return [
            Fault(told.codename, field, " ".join(fault.messages))
            for field, faults in refused.error_dict.items()
            for fault in faults
        ]
    return [Fault(told.codename, "", sentence) for sentence in refused.messages]


def _write(actor: User, told: CaseTold) -> Case:
    case = open_case(
        actor=actor,
        codename=told.codename,
        country=told.country,
        names=[(name.kind, name.script, name.value) for name in told.names],
        status=told.status,
        status_on=day_of(told.status_on),
        **{field: getattr(told, field) for field in OF_CASE},
    )
    case.import_tag, case.language = told.tag, told.language
    case.save(update_fields=["import_tag", "language"])
    Writer(case, told).write()
    if gives_away(case):
        raise ValidationError({"codename": CODENAME_REFUSED})
    settle_year(case)
    record(
        actor=actor,
        verb="casework.case.imported",
        case=case,
        about=case,
        claims=len(told.claims),
        sources=len(told.sources),
        translations=translations_told(told),
    )
    return case
