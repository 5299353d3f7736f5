"""People worth following, named by somebody who signs; each of them is told, and may refuse for good."""

import secrets
from functools import partial

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.common.states import Life
from colibri.common.work import Work
from colibri.networks.bluesky.tid import TidMaker
from colibri.people.models import Account, Collective, networks
from colibri.relays.words import FAMILY_WORDS

__all__ = ["BLOG", "FOLLOW_LIST", "LISTED", "FollowList", "Listed", "StayOff"]

BLOG = "blog"
"""Where somebody is followed who is no account on a network: the feed of their site."""

FOLLOW_LIST = Life(
    "follow list",
    start="draft",
    moves={"draft": ("submitted", "shown"), "submitted": ("draft", "shown"), "shown": ("draft",)},
    labels={"draft": _("draft"), "submitted": _("waits for an animator"), "shown": _("public")},
)

LISTED = Life(
    "listed",
    start="new",
    moves={"new": ("told", "by_hand", "failed"), "by_hand": ("told",), "failed": ("new",), "told": ()},
    labels={
        "new": _("not told yet"),
        "told": _("told"),
        "by_hand": _("to be told by you"),
        "failed": _("cannot be found there"),
    },
)


def _places() -> list[tuple[str, str]]:
    return [*networks(), (BLOG, str(_("blog")))]


class FollowList(Work):
    """A list of people to follow. Its work is to stand on Bluesky as it should, or not at all."""

    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="follow_lists")
    maker = models.ForeignKey(
        Account,
        verbose_name=_("maker"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_lists",
    )
    byline = models.CharField(_("your name as readers see it"), max_length=80)
    title = models.CharField(_("title"), max_length=50)
    summary = models.CharField(_("in a sentence"), max_length=280)
    family = models.CharField(
        _("kind of trade"), max_length=1, choices=list(FAMILY_WORDS.items()), blank=True
    )
    region = models.CharField(_("region"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    state = FOLLOW_LIST.field()
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    shown_at = models.DateTimeField(_("shown at"), null=True, blank=True)
    on_bluesky_at = models.DateTimeField(_("on Bluesky since"), null=True, blank=True)

    class Meta:
        verbose_name = _("list of people to follow")
        verbose_name_plural = _("lists of people to follow")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("showcase:list", args=[self.public_id])

    @property
    def record_keys(self) -> tuple[str, str]:
        """The record keys of its list and its starter pack on Bluesky, always the same."""
        maker = TidMaker(self.pk % 1024)
        return maker.make(self.created_at), maker.make(self.created_at)


class Listed(Work):
    """Somebody on a list, by `address` (a handle, a feed's address), found as `actor_id` where there is one.

    Nobody is shown before they were told. `email`, sealed, is where, and is forgotten then.
    """

    follow_list = models.ForeignKey(FollowList, on_delete=models.CASCADE, related_name="people")
    place = models.CharField(_("where"), max_length=20, choices=_places)
    address = models.CharField(_("handle or address"), max_length=300)
    actor_id = models.CharField(max_length=300, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    word = models.CharField(_("why they are worth following"), max_length=200, blank=True)
    email = SealedTextField(null=True, blank=True)
    key = models.CharField(max_length=100, blank=True)
    state = LISTED.field()
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("person listed")
        verbose_name_plural = _("people listed")
        constraints = [
            models.UniqueConstraint(fields=["follow_list", "place", "address"], name="listed_once_each")
        ]

    def __str__(self) -> str:
        return self.name or self.address


class StayOff(models.Model):
    """Somebody who wants to be on no list here: a keyed hash of where they are, which names nobody."""

    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("wish to be on no list")
        verbose_name_plural = _("wishes to be on no list")

    def __str__(self) -> str:
        return self.digest[:8]
