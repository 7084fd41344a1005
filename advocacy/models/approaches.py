"""Approaches, each time that somebody outside was written to, met or rung about a case, and the replies to them."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Ask, Case
from casework.models.rows import CaseRow, CaseRowQuerySet
from directory.models import Actor
from directory.vocabulary import choices
from materials.models import Copy
from sealing.constraints import is_known
from sealing.fields import SealedJSONField, SealedTextField

IN_BOOK = Q(actor__isnull=False, to_name=None) | Q(actor=None, to_name__isnull=False)
NO_REPLY = "RS_NONE"  # silence is counted from the days, never typed
WITHDRAWN_WHOLE = Q(removed_at=None, removed_by=None, withdrawn_because=None) | Q(
    removed_at__isnull=False, removed_by__isnull=False, withdrawn_because__isnull=False
)


class ApproachQuerySet(CaseRowQuerySet):
    """Approaches by what they still ask of us. `present` are those that nobody withdrew."""

    def unanswered(self) -> Self:
        """Return those that reached somebody and to which nothing has come back."""
        return self.present().filter(~Exists(_replies()), is_missed=False)

    def to_ring_again(self, *, day: dt.date | None = None) -> Self:
        """Return those whose day to get in touch again has come, by the office's clock, and that nothing took up.

        An answer takes an approach up, and so does a later one: one that follows it, or that went to the same entry of
        the directory about the same case.
        """
        follows = Q(follows=OuterRef("pk")) | Q(actor=OuterRef("actor"), created_at__gt=OuterRef("created_at"))
        later = Approach.objects.present().filter(follows, case=OuterRef("case"))
        due = self.present().filter(follow_up_on__lte=day or timezone.localdate())
        return due.filter(~Exists(_replies()), ~Exists(later))

    def waits_for(self, user: Any, *, since: dt.date) -> Iterator["Waited"]:
        """Yield each approach since this day of a case that this person may see, with the first answer to it.

        One query. Copies that were handed over count as approaches, of the papers on all of whose cases this person may
        send. A call that nobody took is no approach to anybody, and is left out. Days are days of the office.
        """
        zone = timezone.get_current_timezone()
        start = dt.datetime.combine(since, dt.time.min, tzinfo=zone)
        own = self.visible_to(user).present().filter(is_missed=False, happened_at__gte=start).order_by()
        rows = own.annotate(day=TruncDate("happened_at", tzinfo=zone), way=F("kind"), **_first("approach"))
        handed = Copy.objects.where(user, may="dispatch").filter(handed_over_at__gte=start).order_by()
        copies = handed.annotate(
            day=TruncDate("handed_over_at", tzinfo=zone),
            way=Value("", output_field=CharField()),
            **_first("copy"),
        )
        told = ("way", "day", "answered_on", "reply", "effect")
        of_rows = rows.values_list("actor_id", "actor__actor_type", "actor__country", *told)
        of_copies = copies.values_list(
            "sent_to__entry_id", "sent_to__entry__actor_type", "sent_to__entry__country", *told
        )
        for found in of_rows.union(of_copies, all=True):
            yield Waited(*found)


class Waited(NamedTuple):
    """One approach as the figures count it. `way` is empty for a copy; the last three are None while nothing came back."""

    entry: uuid.UUID | None
    entry_kind: str | None
    country: str | None
    way: str
    approached_on: dt.date
    answered_on: dt.date | None
    reply: str | None
    effect: str | None


def _replies() -> Any:
    return Reply.objects.present().filter(approach=OuterRef("pk"))


def _first(column: str) -> dict[str, Subquery]:
    """Return the day, the kind and the effect of the first reply, as columns."""
    first = Reply.objects.present().filter(**{column: OuterRef("pk")}).order_by("received_on", "created_at", "pk")
    return {
        "answered_on": Subquery(first.values("received_on")[:1]),
        "reply": Subquery(first.values("kind")[:1]),
        "effect": Subquery(first.values("effect")[:1]),
    }


class Approach(CaseRow):
    """One approach. It does not change: what was wrong is withdrawn with a reason and recorded anew."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("Letter")
        CALL = "call", _("Call")
        MEETING = "meeting", _("Meeting")
        SUBMISSION = "submission", _("Submission")
        HEARING = "hearing", _("Hearing")
        HAND_OVER = "hand_over", _("Hand-over")

    kind = models.CharField(_("what it was"), max_length=12, choices=Kind)
    happened_at = models.DateTimeField(_("when"))
    is_hour_told = models.BooleanField(default=False)
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="approaches")
    to_name = SealedTextField(_("office"), label="advocacy.approach.to_name", max_length=200, null=True)
    met = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    met_name = SealedTextField(_("who it was"), label="advocacy.approach.met_name", max_length=200, null=True)
    is_missed = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="approaches")
    follows = models.ForeignKey("self", models.RESTRICT, null=True, related_name="followed_by")
    told = SealedTextField(
        _("what was told"), label="advocacy.approach.told", multiline=True, max_length=4000, null=True
    )
    told_items = SealedJSONField(label="advocacy.approach.told_items", null=True)
    handling_level = models.CharField(max_length=20, choices=choices("handling_level"), default="TLP_RED")
    attribution_rule = models.CharField(max_length=20, choices=choices("attribution_rule"), default="AT_UNDECIDED")
    follow_up_on = models.DateField(_("get in touch again on"), null=True)
    withdrawn_because = SealedTextField(
        _("why it is withdrawn"), label="advocacy.approach.withdrawn_because", max_length=400, null=True
    )

    objects: ClassVar[Any] = ApproachQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-happened_at", "-id"], name="approaches_of_a_case"),
            models.Index(
                fields=["follow_up_on"],
                name="approaches_to_follow_up",
                condition=Q(follow_up_on__isnull=False, removed_at=None),
            ),
        ]
        constraints = [
            is_known(
                "approach_kind_is_known", kind=["letter", "call", "meeting", "submission", "hearing", "hand_over"]
            ),
            models.CheckConstraint(name="an_approach_goes_to_one_office", condition=IN_BOOK),
            models.CheckConstraint(name="somebody_is_named_once", condition=Q(met=None) | Q(met_name=None)),
            models.CheckConstraint(
                name="nobody_is_told_by_a_call_that_nobody_took",
                condition=Q(is_missed=False) | Q(kind="call", met=None, met_name=None, told=None, told_items=None),
            ),
            models.CheckConstraint(name="nothing_follows_itself", condition=Q(follows=None) | ~Q(follows=F("id"))),
            models.CheckConstraint(name="a_withdrawn_approach_says_why", condition=WITHDRAWN_WHOLE),
        ]


class ApproachAsk(models.Model):
    """That an approach was about one ask of its case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", editable=False)
    approach = models.ForeignKey(Approach, models.CASCADE, related_name="ask_links", editable=False)
    ask = models.ForeignKey(Ask, models.RESTRICT, related_name="approach_links", editable=False)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="an_approach_names_an_ask_once", fields=["approach", "ask"])]


class ReplyQuerySet(CaseRowQuerySet):
    """Replies by their promise. `present` are those that nobody withdrew."""

    def promised(self) -> Self:
        """Return those with a promise of which nobody has said whether it was kept."""
        return self.present().filter(promise=Reply.Promise.OPEN)

    def unkept(self, *, day: dt.date | None = None) -> Self:
        """Return those whose promise is open the day after it was due, by the office's clock."""
        return self.promised().filter(due_on__lt=day or timezone.localdate())

    def promises_for(self, user: Any, *, since: dt.date, state: str = "") -> dict[str, int]:
        """Return how many promises stand open, kept and broken, of those that came since this day. One query.

        Of the cases that this person may see; a `state` counts those of entries of the directory that serve it.
        """
        found = self.visible_to(user).present().exclude(promise="").filter(received_on__gte=since).order_by()
        if state:
            found = found.filter(Q(approach__actor__country=state) | Q(copy__sent_to__entry__country=state))
        counted = dict(found.values_list("promise").annotate(Count("pk")))
        return {each: counted.get(each, 0) for each in Reply.Promise.values}


class Reply(CaseRow):
    """One reply, also a hostile one. It does not change but for its promise; what was wrong is withdrawn with a reason."""

    class Effect(models.TextChoices):
        POSITIVE = "positive", _("It helps")
        NONE = "none", _("No effect")
        NEGATIVE = "negative", _("It harms")
        STRONG_NEGATIVE = "strong_negative", _("It harms gravely")
        UNKNOWN = "unknown", _("Not known yet")

    class Promise(models.TextChoices):
        OPEN = "open", _("Open")
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Broken")

    approach = models.ForeignKey(Approach, models.RESTRICT, null=True, related_name="replies")
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="replies")
    kind = models.CharField(_("what came back"), max_length=16, choices=choices("response_type"))
    effect = models.CharField(_("what it does for the person"), max_length=16, choices=Effect)
    received_on = models.DateField(_("received on"))
    words = SealedTextField(_("their words"), label="advocacy.reply.words", multiline=True, max_length=4000, null=True)
    promised = SealedTextField(_("what was promised"), label="advocacy.reply.promised", max_length=400, null=True)
    due_on = models.DateField(_("promised by"), null=True)
    promise = models.CharField(max_length=8, choices=Promise, blank=True, default="")
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_because = SealedTextField(
        _("why it is withdrawn"), label="advocacy.reply.withdrawn_because", max_length=400, null=True
    )

    objects: ClassVar[Any] = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["received_on", "created_at"]
        indexes = [
            models.Index(fields=["due_on"], name="open_promises_by_day", condition=Q(promise="open", removed_at=None))
        ]
        constraints = [
            models.CheckConstraint(
                name="a_reply_answers_one_thing",
                condition=Q(approach__isnull=False, copy=None) | Q(approach=None, copy__isnull=False),
            ),
            is_known(
                "reply_kind_is_known_and_no_silence",
                kind=[
                    "RS_ACTED",
                    "RS_PLEDGED",
                    "RS_ACK",
                    "RS_INFO",
                    "RS_TOKEN",
                    "RS_DENIED",
                    "RS_JUSTIFIED",
                    "RS_REFUSED",
                    "RS_COUNTER",
                ],
            ),
            is_known(
                "effect_of_a_reply_is_known", effect=["positive", "none", "negative", "strong_negative", "unknown"]
            ),
            models.CheckConstraint(
                name="a_promise_is_whole",
                condition=Q(promise="", promised=None, due_on=None, settled_on=None, settled_by=None)
                | Q(promise="open", promised__isnull=False, due_on__isnull=False, settled_on=None, settled_by=None)
                | Q(
                    promise__in=["kept", "broken"],
                    promised__isnull=False,
                    due_on__isnull=False,
                    settled_on__isnull=False,
                    settled_by__isnull=False,
                ),
            ),
            models.CheckConstraint(name="a_withdrawn_reply_says_why", condition=WITHDRAWN_WHOLE),
        ]
