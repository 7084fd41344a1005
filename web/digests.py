"""The summary of the week: to each person once, on the office's first working day, in numbers and without a case.

Sent as reminders are (advocacy/reminder_sweep.py): claimed by a conditional UPDATE in one transaction with its notice,
committed, mailed, marked. Two workers send it once; one that was killed in between is repeated under the same Message-ID.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.roles import OfficeRole, is_of_the_office
from advocacy.models import WeekDigest
from advocacy.models.digests import WeekDigestQuerySet
from directory.dates import working_days
from sealing import keys
from web.pages.load.week import WeekNumbers, week_numbers
from work import notices
from work.mail import Delivery, deliver, sender_domain

MORNING = dt.time(6)
DAY = dt.timedelta(days=1)
GOES_AGAIN_AFTER = dt.timedelta(minutes=2)
AT_ONCE = 200
OFFICE = ""  # no State: the days of the office alone


def sweep_digests(*, now: dt.datetime | None = None) -> int:
    """Write the summaries of a week that begins, and send those that wait. Returns how many mails went out."""
    given = now
    now = now or timezone.now()
    try:
        write_digests(now=now)
        sent, is_mail_up = 0, True
        for pk in list(_claimable(now).values_list("pk", flat=True)[:AT_ONCE]):
            claimed = claim_digest(pk, now=given or timezone.now())
            if claimed is None or not is_mail_up:
                continue
            digest, numbers = claimed
            if digest.person.email:
                delivery = deliver(digest_mail(digest, numbers))
                sent += delivery is Delivery.SENT
                is_mail_up = delivery is not Delivery.NO_SERVER
                if not delivery.is_over:
                    continue
            WeekDigest.objects.filter(pk=pk, mailed_at=None).update(mailed_at=given or timezone.now())
        return sent
    finally:
        keys.forget_keys()


def week_begins_on(now: dt.datetime) -> dt.date | None:
    """Return the first working day of the office's week; None before six in the morning, and while nobody works.

    A day on which the machine was off is made up for on the next ones.
    """
    day = timezone.localdate(now)
    if not working_days.is_open(day, OFFICE) or timezone.localtime(now).time() < MORNING:
        return None
    while working_days.is_open(day - DAY, OFFICE):
        day -= DAY
    return day


def write_digests(*, now: dt.datetime) -> int:
    """Write whom to tell of the week that begins: who works here and did not switch it off. Once a week, for all at once.

    Whoever joins later in the week is told from the next one on. Returns how many were written.
    """
    week_on = week_begins_on(now)
    if week_on is None or WeekDigest.objects.filter(week_on=week_on).exists():
        return 0
    outside = User.objects.filter(office_roles__role=OfficeRole.OUTSIDE_REVIEWER, office_roles__ended_at=None)
    people = User.objects.filter(is_active=True, without_digest=False).exclude(pk__in=outside.values("pk"))
    rows = [WeekDigest(person_id=pk, week_on=week_on) for pk in people.values_list("pk", flat=True)]
    return len(WeekDigest.objects.bulk_create(rows, ignore_conflicts=True))


@transaction.atomic
def claim_digest(pk: uuid.UUID, *, now: dt.datetime) -> tuple[WeekDigest, WeekNumbers] | None:
    """Take a summary for this process and give its notice, with the numbers as they are now.

    None when it is another's; and when there is nothing to tell, the person works here no more or switched it off: then
    it is dropped.
    """
    if not _claimable(now).filter(pk=pk).update(claimed_at=now, attempts=F("attempts") + 1):
        return None
    digest = WeekDigest.objects.select_related("person").get(pk=pk)
    person = digest.person
    is_wanted = is_of_the_office(person) and not person.without_digest
    numbers = week_numbers(person, now=now) if is_wanted else None
    if not numbers:
        WeekDigest.objects.filter(pk=pk).update(dropped_at=now)
        return None
    notices.give([person], kind="advocacy.digest.week", dedup=f"digest:{digest.week_on:%Y%m%d}")
    return digest, numbers


def message_id(digest: WeekDigest) -> str:
    """Return the Message-ID of a summary: the same whenever it goes again, so that a mailbox shows it once."""
    return f"<digest.{digest.pk}@{sender_domain()}>"


def digest_mail(digest: WeekDigest, numbers: WeekNumbers) -> EmailMessage:
    """Return the mail of one summary in the language of its reader: numbers and a link, and nothing of any case."""
    with override(digest.person.language or settings.LANGUAGE_CODE):
        link = settings.SITE.url + reverse("web:load")
        text = render_to_string("mail/digest.txt", {"lines": numbers.lines(), "link": link})
        subject = _("Your week, in numbers")
    headers = {"Message-ID": message_id(digest), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, text, None, [digest.person.email], headers=headers)


def _claimable(now: dt.datetime) -> WeekDigestQuerySet:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - GOES_AGAIN_AFTER)
    return WeekDigest.objects.waiting(day=timezone.localdate(now)).filter(free)
