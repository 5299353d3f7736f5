"""What people are told of, by which ways, and what was written to them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.common.states import Life
from colibri.common.work import Work
from colibri.people.models.persons import Account

__all__ = ["NOTICE", "Device", "Notice", "NoticeOff"]

NOTICE = Life(
    "notice",
    start="planned",
    moves={"planned": ("sent", "dropped"), "sent": (), "dropped": ()},
    labels={"planned": _("about to be sent"), "sent": _("sent"), "dropped": _("not sent")},
)


class NoticeOff(models.Model):
    """A kind of news an account does not want any more by this way."""

    KINDS = [
        ("digest", _("the evening's three messages")),
        ("news", _("news of my message")),
        ("workshops", _("workshops I take part in, and my path")),
        ("conversations", _("that somebody would like to talk, or wrote to me")),
        ("helping", _("that somebody could use my help")),
        ("service", _("what needs a hand: an account to connect again, a silent network")),
        ("follow_up", _("a question, now and then, what became of my search")),
        ("thanks", _("thanks when a search I helped ends well")),
    ]
    WAYS = [("mail", _("by mail")), ("push", _("on my devices"))]
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices_off")
    kind = models.CharField(max_length=20, choices=KINDS)
    way = models.CharField(_("way"), max_length=4, choices=WAYS, default="mail")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("notice not wanted")
        verbose_name_plural = _("notices not wanted")
        constraints = [models.UniqueConstraint(fields=["account", "kind", "way"], name="one_notice_off_each")]

    def __str__(self) -> str:
        return f"{self.kind} {self.way}"


class Notice(Work):
    """A letter to one person about one row (`people.letters`), written when it is sent."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    letter = models.CharField(max_length=40)
    about = models.PositiveBigIntegerField()
    once = models.CharField(max_length=40, blank=True)  # what tells apart two letters about one row
    state = NOTICE.field()
    sent_at = models.DateTimeField(null=True, blank=True)
    on_devices = models.BooleanField(default=False)  # handed to the account's devices, once

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "letter", "about", "once"], name="one_notice_of_each_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.about}"


class Device(Work):
    """A browser its owner asked to be told in (Web Push): where its push service waits, and its keys.

    `waiting` is what it is to be told at its next turn, all in one word.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="devices")
    # A digest of the endpoint: one row per browser.
    place = models.CharField(_("digest of its address"), max_length=64, unique=True)
    endpoint = SealedTextField(_("its address"))
    p256dh = models.CharField(_("its public key"), max_length=120)
    auth = models.CharField(_("its secret"), max_length=40)
    name = models.CharField(_("name"), max_length=60, blank=True)
    since = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(_("last told at"), null=True, blank=True)
    waiting = models.ManyToManyField(Notice, related_name="devices")

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self) -> str:
        return self.name
