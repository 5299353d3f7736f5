"""Our actors' keys, the actors of other servers, and who follows whom."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.common.states import Life
from colibri.people.models import Collective, Identity

__all__ = ["FOLLOWING", "ActorKey", "Follower", "Following", "RemoteActor"]

FOLLOWING = Life(
    "following",
    start="asked",
    moves={"asked": ("accepted", "refused"), "accepted": ("refused",), "refused": ()},
    labels={
        "asked": _("asked, not answered yet"),
        "accepted": _("accepted"),
        "refused": _("refused"),
    },
)


class ActorKey(models.Model):
    """A key pair of one of our actors; a retired one is still shown until `retired_at` is a week ago."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="keys")
    public_pem = models.TextField()
    private_pem = SealedTextField()
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("key of an actor")
        verbose_name_plural = _("keys of actors")
        constraints = [
            models.UniqueConstraint(
                fields=["identity"], condition=models.Q(retired_at=None), name="one_current_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.identity} {self.made_at:%Y-%m-%d}"

    @property
    def key_id(self) -> str:
        return f"{self.identity.actor_id}#key-{self.pk}"


class RemoteActor(models.Model):
    """An actor of another server that proved itself once: where it is written to, and its keys."""

    actor_id = models.CharField(max_length=300, unique=True)
    handle = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    inbox = models.CharField(max_length=500)
    shared_inbox = models.CharField(max_length=500, blank=True)
    keys = models.JSONField(default=dict)  # public PEM by key id
    fetched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("actor of another server")
        verbose_name_plural = _("actors of other servers")

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def delivery_inbox(self) -> str:
        """Where what is for many goes: the inbox its server shares, where it has one."""
        return self.shared_inbox or self.inbox


class Follower(models.Model):
    """An actor that follows a collective's own, and so supports it."""

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="followers")
    actor = models.ForeignKey(RemoteActor, on_delete=models.CASCADE, related_name="follows")
    follow_id = models.CharField(max_length=500)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [models.UniqueConstraint(fields=["collective", "actor"], name="one_follow_each")]

    def __str__(self) -> str:
        return str(self.actor)


class Following(models.Model):
    """An actor a collective's own follows; nothing counts before the other side accepted."""

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="followings")
    actor = models.ForeignKey(RemoteActor, on_delete=models.CASCADE, related_name="followed")
    follow_id = models.CharField(max_length=500)
    asked_at = models.DateTimeField(default=timezone.now)
    state = FOLLOWING.field()

    class Meta:
        verbose_name = _("actor followed")
        verbose_name_plural = _("actors followed")
        constraints = [models.UniqueConstraint(fields=["collective", "actor"], name="one_following_each")]

    def __str__(self) -> str:
        return str(self.actor)
