"""What the server keeps of somebody's keys: public halves in a log, the secret halves wrapped."""

import secrets
from functools import partial

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.people.models import Account

__all__ = ["KeyEntry", "Keyring", "Wrap"]


class Keyring(models.Model):
    """Somebody's keys. `vault` holds the secret halves, encrypted in their browser to what a wrap opens.

    Of somebody who left, the public halves stay as long as messages they signed.
    """

    account = models.OneToOneField(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="keyring"
    )
    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    vault = models.TextField(_("secret keys, encrypted by their owner"), blank=True)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("keyring")
        verbose_name_plural = _("keyrings")

    def __str__(self) -> str:
        return self.public_id


class KeyEntry(models.Model):
    """One line of the log of somebody's public keys; only ever added, each naming the one before.

    `document` is the text that was signed, `digest` its SHA-256, `signature` made with the key it declares,
    `endorsement` with the key before it, empty where that one was lost.
    """

    keyring = models.ForeignKey(
        Keyring, on_delete=models.CASCADE, related_name="entries", verbose_name=_("keyring")
    )
    number = models.PositiveIntegerField(_("number"))
    document = models.TextField()
    digest = models.CharField(_("digest"), max_length=64)
    signature = models.CharField(_("signature"), max_length=128)
    endorsement = models.CharField(_("signature by the key before"), max_length=128, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("public key")
        verbose_name_plural = _("public keys")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["keyring", "number"], name="one_key_entry_each")]

    def __str__(self) -> str:
        return f"{self.keyring} {self.number}"


class Wrap(models.Model):
    """One way to open a vault: its key, encrypted to a passkey, a passphrase or a printed code."""

    KINDS = [
        ("passkey", _("a passkey")),
        ("passphrase", _("six words")),
        ("code", _("a printed code")),
    ]
    keyring = models.ForeignKey(Keyring, on_delete=models.CASCADE, related_name="wraps")
    kind = models.CharField(max_length=10, choices=KINDS)
    sealed = models.TextField(_("key of the vault, encrypted by its owner"))
    hint = models.CharField(_("which passkey"), max_length=1000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("way to open")
        verbose_name_plural = _("ways to open")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["keyring", "kind"], condition=~models.Q(kind="passkey"), name="one_wrap_of_each_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.keyring} {self.kind}"
