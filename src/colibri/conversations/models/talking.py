"""Conversations between two to five people, and what they sealed in them."""

import secrets
from functools import partial

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.common.states import Life
from colibri.conversations.models.keys import Keyring
from colibri.people.models import Account, Collective

__all__ = ["CONVERSATION", "MEMBER", "Conversation", "File", "Member", "Message", "Report"]

CONVERSATION = Life(
    "conversation",
    start="proposed",
    moves={"proposed": ("open", "closed"), "open": ("closed",), "closed": ()},
    labels={"proposed": _("waits for a yes"), "open": _("open"), "closed": _("over")},
)

MEMBER = Life(
    "member",
    start="invited",
    moves={"invited": ("in", "declined"), "in": ("left",), "declined": (), "left": ()},
    labels={
        "invited": _("was asked"),
        "in": _("takes part"),
        "declined": _("said no"),
        "left": _("left"),
    },
)


class Conversation(models.Model):
    """A few people of a collective who all agreed to talk. It opens once everybody asked has answered.

    `keyrings` are of all who ever took part, so that what they signed can be checked when they have left.
    """

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="conversations")
    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    begun_by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("begun by")
    )
    keyrings = models.ManyToManyField(Keyring, related_name="conversations", editable=False)
    state = CONVERSATION.field()
    length = models.PositiveIntegerField(_("messages in all"), default=0)
    made_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(_("last message at"), default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-last_at", "-pk"]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("conversations:conversation", args=[self.public_id])


class Member(models.Model):
    """Somebody's part in a conversation: asked, in it, gone; how far they read, whether they want mails."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="talks")
    state = MEMBER.field()
    read_to = models.PositiveIntegerField(_("read up to"), default=0)
    muted = models.BooleanField(_("no mails"), default=False)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("member of a conversation")
        verbose_name_plural = _("members of conversations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "account"], name="one_part_in_a_conversation")
        ]

    def __str__(self) -> str:
        return f"{self.conversation} {self.state}"


class Message(models.Model):
    """What one member sealed for all; `digest`, of what was sealed, is what the next one names.

    Erased by its author, only its place and digest stay, so that the chain still holds.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField(_("number"))
    sender = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    sender_key = models.CharField(_("keyring of the sender"), max_length=16)
    sealed = models.BinaryField()
    digest = models.CharField(_("digest"), max_length=64)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="one_message_at_each_place")
        ]

    def __str__(self) -> str:
        return f"{self.conversation} {self.number}"


class File(models.Model):
    """A file sealed like a message: its name, kind and true size are inside the message that names it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="files")
    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    sender = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    sealed = models.BinaryField()
    size = models.PositiveIntegerField(_("size"))
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)

    def __str__(self) -> str:
        return self.public_id


class Report(models.Model):
    """Messages a member chose to show the animators, sealed at rest; `proved` where the signatures hold."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", verbose_name=_("reported by"))
    about = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", verbose_name=_("about whom")
    )
    shown = SealedTextField()
    word = SealedTextField()
    proved = models.BooleanField(_("signatures hold"), default=False)
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report of a conversation")
        verbose_name_plural = _("reports of conversations")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.conversation} {self.made_at:%Y-%m-%d}"
