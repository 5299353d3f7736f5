"""One thing somebody asks for, who was asked to help, and what the two write each other."""

import secrets
from functools import partial

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.common.states import Life
from colibri.common.work import Work
from colibri.helping.models.offers import KINDS, Giving
from colibri.people.models import Account, Collective

__all__ = ["PROPOSAL", "REQUEST", "HelpRequest", "Proposal", "Remark"]

REQUEST = Life(
    "help request",
    start="waiting",
    moves={
        "waiting": ("offered", "accepted", "closed"),
        "offered": ("waiting", "accepted", "closed"),
        "accepted": ("waiting", "answered", "closed"),
        "answered": ("waiting", "closed"),
        "closed": (),
    },
    labels={
        "waiting": _("looking for a helper"),
        "offered": _("a helper was asked"),
        "accepted": _("a helper said yes"),
        "answered": _("being helped"),
        "closed": _("over"),
    },
)

PROPOSAL = Life(
    "proposal",
    start="open",
    moves={
        "open": ("accepted", "declined", "silent", "taken"),
        "silent": ("accepted",),
        "accepted": ("left", "vanished", "done"),
        "declined": (),
        "taken": (),
        "left": (),
        "vanished": (),
        "done": (),
    },
    labels={
        "open": _("asked"),
        "accepted": _("helps"),
        "declined": _("could not this time"),
        "silent": _("did not answer"),
        "taken": _("no longer needed"),
        "left": _("handed it back"),
        "vanished": _("fell silent"),
        "done": _("helped"),
    },
)


class HelpRequest(Work):
    """What one person asks for. `due_at` is when it is looked at next: paired, passed on, or asked about."""

    ENDINGS = [
        ("helped", _("it helped")),
        ("little", _("it helped a little")),
        ("otherwise", _("not needed any more")),
    ]
    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="help_requests")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="help_requests")
    kind = models.CharField(_("what you ask for"), max_length=12, choices=KINDS)
    state = REQUEST.field()
    words = SealedTextField()
    text = SealedTextField()
    languages = models.JSONField(_("languages"), default=list)
    hours = models.JSONField(_("when"), default=list, blank=True)
    occupation = models.CharField(_("occupation (ROME code)"), max_length=5, blank=True)
    region = models.CharField(_("region (INSEE code)"), max_length=2, blank=True)
    giving = models.ForeignKey(
        Giving, on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    nobody = models.BooleanField(default=False, editable=False)  # nobody here gives this, in this language
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=ENDINGS, blank=True)
    before = models.PositiveSmallIntegerField(null=True, blank=True)  # confidence, 1 to 5
    after = models.PositiveSmallIntegerField(null=True, blank=True)
    forgotten = models.BooleanField(default=False, editable=False)  # its words are gone
    passed_on = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("help request")
        verbose_name_plural = _("help requests")
        indexes = [models.Index(fields=["collective", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["collective", "account", "kind"],
                condition=~models.Q(state="closed"),
                name="one_open_request_of_each_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("helping:request", args=[self.public_id])


class Proposal(models.Model):
    """One helper asked to take one request; `asked_at` says when, `ended_at` when that was over."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="proposals")
    giving = models.ForeignKey(Giving, on_delete=models.CASCADE, related_name="proposals")
    state = PROPOSAL.field()
    reasons = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("helper asked")
        verbose_name_plural = _("helpers asked")
        constraints = [
            models.UniqueConstraint(fields=["request", "giving"], name="nobody_is_asked_twice"),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(state="open"), name="one_helper_asked_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(state="accepted"), name="one_helper_helps"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.state}"


class Remark(models.Model):
    """What one of the two wrote: on a passage of the text by its number, or in general (0)."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    passage = models.PositiveSmallIntegerField(default=0)
    text = SealedTextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.passage}"
