"""Writing the cases of a file: all of them or none, and none twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import Happened, record_many
from casework.actions.cases import (
    CODENAME_REFUSED,
    MAY_NOT_OPEN,
    NewCase,
    may_open_cases,
    open_prepared,
    prepare_case,
)
from casework.actions.fate import tell_of_fate
from casework.actions.spells import year_begun
from casework.codenames import gives_away
from casework.models import Case, Detention
from directory.vocabulary import label
from exchange.faults import Fault, FileRefused
from exchange.records import CaseTold
from exchange.writing import OF_CASE, Writer, day_of, translations_told, write_rows

AT_ONCE = 100
"""How many cases are written together."""


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


class _Bringing:
    """Goes through the cases of a file, a hundred at a time, and keeps what became of each in the order of the file."""

    def __init__(self, actor: User) -> None:
        self.actor = actor
        self.outcomes: list[BroughtCase] = []
        self.faults: list[Fault] = []
        self.waiting: list[CaseTold] = []

    def go_through(self, cases: Iterable[CaseTold]) -> None:
        """Write each case that is not here; one that may be is compared with what is here and was written before it."""
        rest = iter(cases)
        while some := list(islice(rest, AT_ONCE)):
            here = _alike(self.actor, some)
            for told in some:
                if here & _known_by(told):
                    self._one_that_may_be_here(told)
                else:
                    self.waiting.append(told)
                here |= _known_by(told)
            self._write_waiting()

    def _one_that_may_be_here(self, told: CaseTold) -> None:
        self._write_waiting()
        held = already_here(self.actor, told)
        if held is None:
            self.waiting.append(told)
        else:
            kind = _of_one_that_is_here(self.actor, held, told)
            self.outcomes.append(BroughtCase(told.codename, held.reference, kind))

    def _write_waiting(self) -> None:
        waiting, self.waiting = self.waiting, []
        if waiting:
            self._write(waiting)

    def _write(self, some: list[CaseTold]) -> None:
        """Write these cases together; where one of them is refused, each alone, so that its own faults are named."""
        try:
            with transaction.atomic():
                written = _write(self.actor, some)
        except (ValidationError, IntegrityError, DataError) as refused:
            if len(some) > 1:
                for told in some:
                    self._write([told])
            elif isinstance(refused, ValidationError):
                self.faults += _faults_of(some[0], refused)
            else:
                words = _("cannot be stored as it is told; bring it in by hand")
                self.faults.append(Fault(some[0].codename, "", words))
        else:
            self.outcomes += [
                BroughtCase(told.codename, case.reference, "brought-in", translations_told(told))
                for told, case in zip(some, written, strict=True)
            ]


def _write_all(actor: User, cases: Iterable[CaseTold]) -> list[BroughtCase]:
    bringing = _Bringing(actor)
    bringing.go_through(cases)
    if bringing.faults:
        raise FileRefused(bringing.faults)
    return bringing.outcomes


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


def _alike(actor: User, some: Sequence[CaseTold]) -> set[Any]:
    """Return by what the cases of which the person sees one like these are known: for all that may be here, in two queries.

    Wider than `already_here`, which decides.
    """
    visible = Case.objects.visible_to(actor).order_by()
    same = visible.filter(import_tag__in={told.tag for told in some}).values_list("import_tag", flat=True)
    capitals = visible.annotate(capitals=Upper("codename")).filter(
        country__in={told.country for told in some}, capitals__in=[Upper(Value(told.codename)) for told in some]
    )
    named = {_name_of(*row) for row in capitals.values_list("codename", "country")}
    return named | {bytes(tag) for tag in same if tag}


def _known_by(told: CaseTold) -> set[Any]:
    return {told.tag, _name_of(told.codename, told.country)}


def _name_of(codename: str, country: str) -> tuple[str, str]:
    """Return one spelling for all that the database may take for the same codename."""
    return codename.upper().casefold(), country


def _faults_of(told: CaseTold, refused: ValidationError) -> list[Fault]:
    if hasattr(refused, "error_dict"):
        return [
            Fault(told.codename, field, " ".join(fault.messages))
            for field, faults in refused.error_dict.items()
            for fault in faults
        ]
    return [Fault(told.codename, "", sentence) for sentence in refused.messages]


def _write(actor: User, some: Sequence[CaseTold]) -> list[Case]:
    """Write these cases with all that is told of them, in as many queries as for one."""
    new, rows = list[NewCase](), list[Any]()
    for told in some:
        one = _prepared(actor, told)
        made = Writer(one, told).make()
        if gives_away(one.case, rows=[one.person, *one.names, *made]):
            raise ValidationError({"codename": CODENAME_REFUSED})
        one.case.year_detained = year_begun([row for row in made if isinstance(row, Detention)])
        new.append(one)
        rows += made
    open_prepared(actor=actor, new=new)
    write_rows(rows)
    record_many(actor=actor, happened=[_imported(one.case, told) for one, told in zip(new, some, strict=True)])
    return [one.case for one in new]


def _prepared(actor: User, told: CaseTold) -> NewCase:
    one = prepare_case(
        actor=actor,
        codename=told.codename,
        country=told.country,
        names=[(name.kind, name.script, name.value) for name in told.names],
        status=told.status,
        status_on=day_of(told.status_on),
        **{field: getattr(told, field) for field in OF_CASE},
    )
    one.case.import_tag, one.case.language = told.tag, told.language
    return one


def _imported(case: Case, told: CaseTold) -> Happened:
    counts = {"claims": len(told.claims), "sources": len(told.sources), "translations": translations_told(told)}
    return Happened("casework.case.imported", case, case, counts)
