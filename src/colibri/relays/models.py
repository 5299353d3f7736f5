"""What relays offer, who relays whom each day, and what became of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.appeals.models import Appeal, Publication
from colibri.common.states import Life
from colibri.common.work import Work
from colibri.people.models import Account, Collective, Identity

__all__ = ["BOOST", "DIGEST", "PLAN", "Boost", "Digest", "Offer", "Plan"]

BOOST = Life(
    "boost",
    start="planned",
    moves={
        "planned": ("offered", "giving", "declined", "expired"),
        "offered": ("giving", "declined", "expired"),
        "giving": ("given", "failed", "expired"),
        "given": ("undoing",),
        "undoing": ("undone", "failed"),
        "undone": (),
        "declined": (),
        "expired": (),
        "failed": ("undoing",),
    },
    labels={
        "planned": _("planned"),
        "offered": _("offered"),
        "giving": _("being given"),
        "given": _("given"),
        "undoing": _("being undone"),
        "undone": _("undone"),
        "declined": _("declined"),
        "expired": _("expired"),
        "failed": _("failed"),
    },
)

PLAN = Life(
    "plan",
    start="due",
    moves={"due": ("solved", "empty"), "empty": ("due",), "solved": ()},
    labels={"due": _("to be made"), "solved": _("made"), "empty": _("nothing to plan")},
)

DIGEST = Life(
    "digest",
    start="planned",
    moves={"planned": ("sent", "dropped"), "sent": (), "dropped": ()},
    labels={"planned": _("about to be sent"), "sent": _("sent"), "dropped": _("not sent")},
)


def _every_day() -> list[int]:
    return [0, 1, 2, 3, 4, 5, 6]


class Offer(models.Model):
    """A relay's standing offer for one of their identities. Empty trades or regions mean any."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="offers")
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="offers")
    boosts_a_day = models.PositiveSmallIntegerField(_("boosts a day"), default=3)
    first_hour = models.PositiveSmallIntegerField(_("from"), default=18)
    last_hour = models.PositiveSmallIntegerField(_("to"), default=22)
    days = models.JSONField(_("days"), default=_every_day)
    families = models.JSONField(_("trades"), default=list, blank=True)
    regions = models.JSONField(_("regions"), default=list, blank=True)
    automatic = models.BooleanField(_("Colibri boosts for me"), default=False)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(fields=["identity", "collective"], name="one_offer_per_identity")
        ]

    def __str__(self) -> str:
        return f"{self.identity} {self.boosts_a_day}"

    def clean(self) -> None:
        if not 1 <= self.boosts_a_day <= 20:
            raise ValidationError({"boosts_a_day": _("Between 1 and 20 a day.")})
        if not 0 <= self.first_hour < self.last_hour <= 24:
            raise ValidationError({"last_hour": _("The last hour comes after the first.")})

    def stands_on(self, day: date) -> bool:
        """Whether it holds on this day."""
        resting = self.paused_until is not None and day <= self.paused_until
        return self.ended_at is None and not resting and day.weekday() in self.days


class Plan(Work):
    """Who relays whom on one day, with its certificate."""

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="plans")
    day = models.DateField()
    state = PLAN.field()
    seed = models.PositiveIntegerField(default=0)
    objective = models.FloatField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    ratio = models.FloatField(null=True, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [models.UniqueConstraint(fields=["collective", "day"], name="one_plan_a_day")]

    def __str__(self) -> str:
        return f"{self.collective} {self.day}"


class Boost(Work):
    """One repost: from the plan to the gift, and back if it is undone."""

    DECLINES = [
        ("not_today", _("not today")),
        ("not_this_one", _("not this message")),
        ("not_this_trade", _("not this trade")),
        ("not_this_region", _("not this region")),
    ]
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="boosts")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="boosts")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="boosts")
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="boosts")
    state = BOOST.field()
    reason = models.JSONField(default=dict, blank=True)
    gain = models.FloatField(default=0.0)
    decline = models.CharField(max_length=20, choices=DECLINES, blank=True)
    key = models.CharField(max_length=100, blank=True)
    uri = models.CharField(max_length=500, blank=True)
    given_at = models.DateTimeField(null=True, blank=True, db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("boost")
        verbose_name_plural = _("boosts")
        constraints = [
            models.UniqueConstraint(fields=["plan", "offer", "appeal"], name="one_boost_per_plan_and_pair"),
            models.UniqueConstraint(
                fields=["offer", "publication"],
                condition=models.Q(state__in=["planned", "offered", "giving", "given", "undoing"]),
                name="one_open_boost_per_pair",
            ),
        ]
        indexes = [models.Index(fields=["appeal", "state"])]

    def __str__(self) -> str:
        return f"{self.offer_id} → {self.appeal_id}"


class Digest(Work):
    """The evening's mail to one relay, once a day."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="digests")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="digests")
    state = DIGEST.field()

    class Meta:
        verbose_name = _("evening e-mail")
        verbose_name_plural = _("evening e-mails")
        constraints = [models.UniqueConstraint(fields=["plan", "account"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.account} {self.plan_id}"
