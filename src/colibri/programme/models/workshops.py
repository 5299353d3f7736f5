"""A workshop or live with a beginning and an end, those who take part in it, and their calendars."""

import secrets
from functools import partial

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.states import Life
from colibri.common.work import Work
from colibri.people.models import Account, Collective

__all__ = ["PLACE", "PLACES_MOST", "WORKSHOP", "CalendarKey", "Registration", "Workshop"]

PLACES_MOST = 1000

WORKSHOP = Life(
    "workshop",
    start="proposed",
    moves={
        "proposed": ("agreed", "declined", "cancelled"),
        "declined": ("proposed", "cancelled"),
        "agreed": ("cancelled",),
        "cancelled": (),
    },
    labels={
        "proposed": _("waits for an animator"),
        "declined": _("given back"),
        "agreed": _("takes place"),
        "cancelled": _("called off"),
    },
)

PLACE = Life(
    "place",
    start="waiting",
    moves={"waiting": ("held", "left"), "held": ("left",), "left": ("waiting",)},
    labels={"waiting": _("on the waiting list"), "held": _("has a place"), "left": _("gave it back")},
)


class Workshop(models.Model):
    """What somebody teaches or tells at a moment, in a room or on line, to so many people.

    `link` is for those who have a place; `revision` counts changes, for calendars that hold a copy.
    """

    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="workshops")
    host = models.ForeignKey(
        Account, verbose_name=_("host"), on_delete=models.SET_NULL, null=True, related_name="workshops"
    )
    host_name = models.CharField(_("who leads it, as people see it"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    learn = models.TextField(_("what you will learn"), max_length=1500)
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    venue = models.CharField(_("place, where people meet in a room"), max_length=200, blank=True)
    link = models.URLField(_("link, where people meet on line"), max_length=500, blank=True)
    places = models.PositiveSmallIntegerField(
        _("places"), default=30, validators=[MinValueValidator(1), MaxValueValidator(PLACES_MOST)]
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    captions = models.BooleanField(_("with captions"), default=False)
    series = models.CharField(_("series"), max_length=80, blank=True)
    state = WORKSHOP.field()
    remark = models.CharField(_("a word to its host"), max_length=1000, blank=True)
    replay = models.URLField(_("link to watch it again"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["collective", "state", "starts_at"], name="workshops_ahead")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="a_workshop_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:workshop", args=[self.public_id])


class Registration(Work):
    """Somebody's place in a workshop, or their wait for one. `due_at` is when the next letter is written."""

    USEFUL = [("yes", _("Yes")), ("partly", _("Partly")), ("no", _("Not really"))]
    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), on_delete=models.CASCADE, related_name="registrations"
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="registrations")
    state = PLACE.field()
    since = models.DateTimeField(default=timezone.now)
    came = models.BooleanField(_("came"), null=True, blank=True)
    useful = models.CharField(_("was it useful?"), max_length=8, choices=USEFUL, blank=True)
    word = models.CharField(_("a word for who leads it"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [models.UniqueConstraint(fields=["workshop", "account"], name="one_registration_each")]
        indexes = [models.Index(fields=["workshop", "state", "since"], name="registrations_in_turn")]

    def __str__(self) -> str:
        return f"{self.workshop} {self.account}"


class CalendarKey(models.Model):
    """The secret part of the address at which a calendar program reads somebody's workshops."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="calendar_key")
    secret = models.CharField(max_length=44, unique=True, default=partial(secrets.token_urlsafe, 24))
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.account}"
