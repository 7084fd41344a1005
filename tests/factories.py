"""Rows of a case as plain functions. They insert; they ask nobody's leave. `at=` makes a row that is already old."""

import base64
import datetime as dt
import io
from typing import Any

from django.db.models import Max
from django.utils import timezone
from PIL import Image

from accounts.models import User
from casework.access import settle_rights
from casework.access.roles import SIGNING_ROLES
from casework.case_keys import CASE_KEYS
from casework.models import (
    Case,
    Charge,
    Citation,
    Claim,
    ClaimItem,
    Consent,
    ConsentGrant,
    Contact,
    Detention,
    Membership,
    Name,
    Person,
    Place,
    PossibleTwin,
    Source,
)
from directory.models import (
    OfficeContact,
    OfficeContactWords,
    OfficeDate,
    OfficeIdentity,
    OfficeLogo,
    TreatyCorrection,
)
from directory.pictures import cleaned
from sealing.fields import renewing
from tests.people import a_person, give_office_role

SEALED = frozenset(field.name for field in Case.sealed_fields())
CODENAMES = ["Heron", "Quince", "Alder", "Juniper", "Sorrel", "Plover", "Lantern", "Marram", "Bracken", "Kestrel"]


def a_case(
    *,
    at: dt.datetime | None = None,
    lead: User | None = None,
    codename: str | None = None,
    country: str = "XPR",
    **fields: Any,
) -> Case:
    """Return a case with its key, opened by its lead (ana), who is its coordinator."""
    lead = lead or a_person("ana")
    moment = at or timezone.now() - dt.timedelta(days=2)
    sealed = {name: fields.pop(name) for name in list(fields) if name in SEALED}
    case = Case.objects.create(
        codename=codename or _free_codename(),
        country=country,
        lead=lead,
        opened_by=lead,
        opened_at=moment,
        status_on=moment.date(),
        **fields,
    )
    CASE_KEYS.make(case.pk)
    for name, value in sealed.items():
        setattr(case, name, value)
    case.save()
    Membership.objects.create(
        case=case, user=lead, role="coordinator", granted_by=lead, is_opening=True, granted_at=moment
    )
    settle_rights(case, lead)
    return case


def put_on(case: Case, user: User, role: str, *, at: dt.datetime | None = None, by: User | None = None) -> Membership:
    """Put this person on the case in a role given by somebody else; a signing role comes with its office role."""
    if role in SIGNING_ROLES:
        give_office_role(user, role)
    by = by or (case.lead if case.lead_id != user.pk else a_person("tomas"))
    row = Membership.objects.create(
        case=case, user=user, role=role, granted_by=by, granted_at=at or timezone.now() - dt.timedelta(days=2)
    )
    settle_rights(case, user)
    return row


def on_case(case: Case, username: str, role: str, **fields: Any) -> User:
    """Make (or find) this person, put them on the case in this role, and return the person."""
    user = a_person(username)
    put_on(case, user, role, **fields)
    return user


def a_prisoner(case: Case, *names: str, **fields: Any) -> Person:
    """Return the person of the case with names in Latin script or pairs of script and name."""
    person = Person.objects.create(case=case, **fields)
    for given in names:
        script, value = given if isinstance(given, tuple) else ("Latn", given)
        Name.objects.create(case=case, person=person, script=script, value=value)
    return person


def a_correction(case: Case, *, treaty: str = "CAT", **fields: Any) -> TreatyCorrection:
    """Return what the lead of the case corrected of a treaty of its State: a party since 3 February 2001."""
    told = {"status": "party", "in_force_from": dt.date(2001, 2, 3), "as_of": dt.date(2026, 5, 1), "source": "A list"}
    columns = {"country": case.country, "treaty": treaty, "reason": "It acceded.", "made_by": case.lead}
    return TreatyCorrection.objects.create(**{**told, **columns, **fields})


def a_date_of_the_office(**fields: Any) -> OfficeDate:
    """Return a day of caution that the office wrote down, twenty days from now."""
    day = fields.pop("day", timezone.localdate() + dt.timedelta(days=20))
    told = {"title": "Election in the Practice Republic", "kind": "hostile_day", "first_day": day, "last_day": day}
    columns = {"reason": "The law on elections, article 3", "entered_by": a_person("rui")}
    return OfficeDate.objects.create(**{**told, **columns, **fields})


ROLES = {"fr": "chargée de dossier", "es": "responsable del caso", "ar": "مسؤولة الملف", "ru": "ведущая дело"}


def an_office(**fields: Any) -> OfficeContact:
    """Return who signs for the office, Mina Quill, and give the office a letterhead; once is enough."""
    found = OfficeContact.objects.filter(is_default=True).first()
    if found:
        return found
    admin = a_person("admin")
    long_ago = timezone.now() - dt.timedelta(days=300)
    OfficeIdentity.objects.create(
        name="Tarn Watch", address="3 Harbour Lane\nPort Tarn", reads="en,fr", made_by=admin, made_at=long_ago
    )
    told = {"name": "Mina Quill", "role": "case officer", "channel": "desk@tarnwatch.example", "entered_by": admin}
    contact = OfficeContact.objects.create(**{**told, "is_default": True, "entered_at": long_ago, **fields})
    for language, role in ROLES.items():
        words = {**told, "role": role, "name": contact.name, "channel": contact.channel}
        OfficeContactWords.objects.create(contact=contact, language=language, entered_at=long_ago, **words)
    return contact


def a_picture(size: tuple[int, int] = (300, 100), *, kind: str = "PNG", mode: str = "RGB", **saved: Any) -> bytes:
    """Return the bytes of a picture: a red field with a white stripe."""
    drawn = Image.new(mode, size, (160, 20, 30, 255)[: len(mode)])
    drawn.paste((255, 255, 255, 255)[: len(mode)], (0, 0, size[0], size[1] // 4))
    out = io.BytesIO()
    drawn.save(out, kind, **saved)
    return out.getvalue()


def a_logo() -> OfficeLogo:
    """Return the logo of the office, on its letterhead since long ago."""
    made = cleaned(a_picture())
    return OfficeLogo.objects.create(
        picture=base64.b64encode(made.png).decode(),
        width=made.width,
        height=made.height,
        made_by=a_person("admin"),
        made_at=timezone.now() - dt.timedelta(days=300),
    )


def a_contact(case: Case, name: str = "Mara Contact", **fields: Any) -> Contact:
    """Return somebody around the prisoner."""
    return Contact.objects.create(case=case, name=name, **{"kind": "family", **fields})


def a_detention(
    case: Case, *, started: str = "2025-03-14", place: str = "", charge: str = "", **fields: Any
) -> Detention:
    """Return a spell of detention, with one place and one charge when named."""
    detention = Detention.objects.create(case=case, started=started, **fields)
    if place:
        Place.objects.create(case=case, detention=detention, place=place, since=started)
    if charge:
        Charge.objects.create(case=case, detention=detention, law=charge)
    return detention


def a_source(
    case: Case, title: str = "Judgment", *, reliability: str = "A", kind: str = "S_COURTDOC", **fields: Any
) -> Source:
    """Return a source of this reliability that may be named by its title, unless something else is said."""
    named = {"secrecy": "AT_RECORD", "attribution": title, **fields}
    return Source.objects.create(case=case, title=title, reliability=reliability, kind=kind, **named)


def a_claim(
    case: Case,
    text: str = "He was arrested on 14 March 2025.",
    *,
    sources: Any = None,
    items: Any = (),
    status: str = "VS_DOC",
    credibility: int | None = 1,
    **fields: Any,
) -> Claim:
    """Return a claim that may print anywhere: documented, graded A1, and disclosing no personal item unless `items` says so."""
    number = (Claim.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    fields.setdefault("discloses_nothing", not items)
    claim = Claim.objects.create(case=case, number=number, text=text, status=status, credibility=credibility, **fields)
    for source in [a_source(case)] if sources is None else sources:
        Citation.objects.create(case=case, claim=claim, source=source)
    with renewing(claim):
        ClaimItem.objects.bulk_create([ClaimItem(claim=claim, item=item) for item in items])
    return claim


def a_consent(
    case: Case,
    items: Any = ("CI_NAME",),
    audiences: Any = ("AU_DIPLO", "AU_PUBLIC", "AU_SUPPORT"),
    *,
    at: dt.datetime | None = None,
    lasts: dt.timedelta = dt.timedelta(days=180),
    **fields: Any,
) -> Consent:
    """Return a live consent of the prisoner for every one of these items and audiences."""
    start = at or timezone.now() - dt.timedelta(days=1)
    until = start + lasts
    chosen: dict[str, Any] = {
        "giver": "CG_SELF",
        "giver_name": "He himself",
        "method": "CM_SIGNED",
        "language": "His own",
        "proof": "Signed paper, in the safe.",
        "explained": "What for, for whom, what may follow, that he may say no.",
        "explained_by": case.lead,
        "from_at": start,
        "until_at": until,
    }
    consent = Consent.objects.create(case=case, **{**chosen, "granted_until": fields.get("until_at", until), **fields})
    for item in items:
        for audience in audiences:
            ConsentGrant.objects.create(consent=consent, item=item, audience=audience)
    return consent


def a_twin(case: Case, **fields: Any) -> Case:
    """Return another case, of another lead and with nobody of this one on it, that may be about the same person."""
    twin = a_case(lead=a_person("tomas"), **fields)
    one, other = sorted((case.pk, twin.pk))
    PossibleTwin.objects.create(one_id=one, other_id=other)
    return twin


def _free_codename() -> str:
    taken = set(Case.objects.values_list("codename", flat=True))
    free = (name for name in CODENAMES if name not in taken)
    return next(free, f"Codename {len(taken) + 1}")
