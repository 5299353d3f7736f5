"""What our actors said, to which servers it goes, and how these answer."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.appeals.models import Appeal
from colibri.common.sealing import SealedTextField
from colibri.common.states import Life
from colibri.common.work import Work
from colibri.people.models import Identity

__all__ = ["ANNOUNCEMENT", "DELIVERY", "Activity", "Announcement", "Delivery", "Server"]

DELIVERY = Life(
    "delivery",
    start="planned",
    moves={"planned": ("sent", "failed", "dropped"), "sent": (), "failed": (), "dropped": ()},
    labels={
        "planned": _("about to be sent"),
        "sent": _("sent"),
        "failed": _("failed"),
        "dropped": _("no longer to be sent"),
    },
)

ANNOUNCEMENT = Life(
    "announcement",
    start="planned",
    moves={
        "planned": ("standing", "ending", "failed"),
        "standing": ("ending",),
        "ending": ("ended", "failed"),
        "ended": ("planned",),
        "failed": ("ending", "planned"),
    },
    labels={
        "planned": _("about to be announced"),
        "standing": _("announced"),
        "ending": _("about to be taken back"),
        "ended": _("taken back"),
        "failed": _("failed"),
    },
)


class Activity(models.Model):
    """One activity of ours, under the key it was asked for; sealed, since some are for one person alone."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="activities")
    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    uri = models.CharField(max_length=500, unique=True)
    object_uri = models.CharField(max_length=500, blank=True, db_index=True)
    public = models.BooleanField(default=False)
    addressee = models.CharField(max_length=300, blank=True)
    document = SealedTextField()
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [models.UniqueConstraint(fields=["identity", "key"], name="one_activity_per_key")]
        indexes = [models.Index(fields=["identity", "public", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.uri}"


class Server(Work):
    """Another server, by host and port: what waits for it goes out in turn, and rests while it is silent."""

    host = models.CharField(max_length=260, unique=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("server")
        verbose_name_plural = _("servers")

    def __str__(self) -> str:
        return self.host.removesuffix(":443")


class Delivery(models.Model):
    """One activity for one inbox."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="deliveries")
    server = models.ForeignKey(Server, on_delete=models.CASCADE, related_name="deliveries")
    inbox = models.CharField(max_length=500)
    state = DELIVERY.field()
    tries = models.PositiveSmallIntegerField(default=0)
    planned_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["activity", "inbox"], name="one_delivery_per_inbox")]
        indexes = [models.Index(fields=["server", "state", "tries"])]

    def __str__(self) -> str:
        return f"{self.activity} → {self.inbox}"


class Announcement(Work):
    """An appeal told to the followers: its post boosted, or a note that leads to its page."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="announcement")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="announcements")
    key = models.CharField(max_length=100)
    post = models.CharField(max_length=500, blank=True)  # empty: a note of our own
    state = ANNOUNCEMENT.field()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def __str__(self) -> str:
        return self.post or self.key
