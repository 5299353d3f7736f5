"""Organisations that lend mentors, places and workshops, or send people."""

import secrets
from functools import partial

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.people.models import Account, Collective

__all__ = ["Gift", "Partner"]


class Partner(models.Model):
    """An organisation and who speaks for it. `contact` is their account here, once they have one."""

    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    collective = models.ForeignKey(
        Collective, verbose_name=_("collective"), on_delete=models.CASCADE, related_name="partners"
    )
    name = models.CharField(_("name"), max_length=120)
    about = models.TextField(_("what it is"), max_length=1000, blank=True)
    site = models.URLField(_("its site"), max_length=500, blank=True)
    contact_name = models.CharField(_("who speaks for it"), max_length=80, blank=True)
    contact_email = models.EmailField(_("their e-mail address"), blank=True)
    contact = models.ForeignKey(
        Account,
        verbose_name=_("their account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="partners",
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["collective", "name"], name="one_partner_each")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme:partner", args=[self.public_id])


class Gift(models.Model):
    """What a partner gave on a day: mentors, places, workshops, people sent, or something else."""

    KINDS = [
        ("mentors", _("mentors lent")),
        ("places", _("places lent")),
        ("workshops", _("workshops held")),
        ("people", _("people sent")),
        ("other", _("something else")),
    ]
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="gifts")
    kind = models.CharField(_("what"), max_length=10, choices=KINDS)
    number = models.PositiveIntegerField(_("how many"), default=1)
    word = models.CharField(_("in a word"), max_length=200, blank=True)
    given_on = models.DateField(_("on"), default=timezone.localdate)

    class Meta:
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.partner}: {self.number} {self.kind}"
