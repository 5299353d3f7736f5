"""Who people are, here and on networks, and what they agreed to."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.common.work import Work
from colibri.compute.colours import COLOUR
from colibri.networks.hashtags import fold
from colibri.networks.plain import plain, plain_line
from colibri.networks.registry import CAPABILITIES
from colibri.people.charters import FRENCH, Charter

__all__ = [
    "LEAF",
    "Account",
    "Block",
    "Collective",
    "Consent",
    "Credential",
    "Identity",
    "Revocation",
    "Role",
    "ServerApp",
    "networks",
]


def networks() -> list[tuple[str, str]]:
    """Every network by name, as people call it."""
    return [(name, known.label) for name, known in CAPABILITIES.items()]


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=self.normalize_email(email).lower() or None, **fields)
        account.set_password(password)
        account.save()
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


def quiet_from() -> int:
    """The hour from which who chose no other is left in peace."""
    return int(settings.QUIET_FROM)


def quiet_until() -> int:
    """The hour until which who chose no other is left in peace."""
    return int(settings.QUIET_UNTIL)


class Account(AbstractBaseUser, PermissionsMixin):
    """A person here. Their e-mail address, where they gave one, is never shown to another."""

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)  # empty: the collective's
    # Hours of their clocks in which no device rings and no mail comes that can wait.
    quiet_from = models.PositiveSmallIntegerField(
        _("quiet from"), default=quiet_from, validators=[MaxValueValidator(23)]
    )
    quiet_until = models.PositiveSmallIntegerField(
        _("quiet until"), default=quiet_until, validators=[MaxValueValidator(23)]
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        indexes = [models.Index(fields=["id"], condition=models.Q(is_active=False), name="accounts_shut_out")]

    def __str__(self) -> str:
        return self.name or self.email or str(_("somebody"))


def _charter() -> dict[str, Any]:
    return FRENCH.to_dict()


def _languages() -> list[str]:
    return ["fr"]


DESCRIPTION_MOST = 2_000
LEAF = "#0b6454"


class Collective(models.Model):
    """A group with its hashtags, its charter and its own accounts on networks."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), blank=True, max_length=DESCRIPTION_MOST)
    supporters_hashtag = models.CharField(_("supporters' hashtag"), max_length=60)
    seekers_hashtag = models.CharField(_("seekers' hashtag"), max_length=60)
    charter = models.JSONField(_("charter"), default=_charter)
    relevance = models.JSONField(_("relevance weights"), default=dict, blank=True)
    languages = models.JSONField(_("languages"), default=_languages)
    colour = models.CharField(
        _("colour of its cards"),
        max_length=7,
        default=LEAF,
        blank=True,
        validators=[RegexValidator(COLOUR, _("A colour is written like this: #0b6454."))],
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    auto_accept = models.BooleanField(_("trust the rules: accept without an animator"), default=False)
    cause_share = models.PositiveSmallIntegerField(
        _("share of a day's boosts for urgent causes, in per cent"),
        default=20,
        validators=[MaxValueValidator(50)],
        help_text=_("At most so many, by relays who agreed to it; all others go to people looking for work."),
    )
    member_cap = models.PositiveSmallIntegerField(
        _("messages shown to one reader a day, at most"),
        default=20,
        validators=[MinValueValidator(1)],
        help_text=_("Who follows many relays is not flooded."),
    )
    plan_hour = models.PositiveSmallIntegerField(_("hour of the plan"), default=16)
    digest_hour = models.PositiveSmallIntegerField(_("hour of the evening digest"), default=18)

    class Meta:
        verbose_name = _("collective")
        verbose_name_plural = _("collectives")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("home:collective", args=[self.slug])

    def clean(self) -> None:
        try:
            Charter.from_dict(self.charter)
        except ValueError as fault:
            raise ValidationError({"charter": str(fault)}) from fault
        if self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": _("This time zone is not known, for example Europe/Paris.")})
        self.name, self.description = plain_line(self.name), plain(self.description)
        tags = {fold(self.seekers_hashtag), fold(self.supporters_hashtag)}
        if len(tags) == 1:
            raise ValidationError(
                {"supporters_hashtag": _("Those who help need another hashtag than those who search.")}
            )
        for other in Collective.objects.exclude(pk=self.pk):
            if fold(other.seekers_hashtag) == fold(self.seekers_hashtag):
                words = _("Another collective here listens to this hashtag: {name}.").format(name=other.name)
                raise ValidationError({"seekers_hashtag": words})

    @property
    def rules(self) -> Charter:
        return Charter.from_dict(self.charter)


class Identity(models.Model):
    """One account on one network: a person's, or a collective's own where `collective` is set."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="identities"
    )
    collective = models.ForeignKey(
        Collective, on_delete=models.CASCADE, null=True, blank=True, related_name="identities"
    )
    network = models.CharField(max_length=20, choices=networks)
    server = models.CharField(max_length=200, blank=True)
    actor_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [models.UniqueConstraint(fields=["network", "actor_id"], name="one_identity_per_actor")]

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def connected(self) -> bool:
        """Whether Colibri can act for this identity."""
        return self.refused_at is None and hasattr(self, "credential")


class Credential(models.Model):
    """What Colibri needs to act for an identity, sealed."""

    identity = models.OneToOneField(Identity, on_delete=models.CASCADE, related_name="credential")
    secret = SealedTextField()
    stored_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True, db_index=True)  # where nothing can renew it
    renewing_until = models.DateTimeField(null=True, blank=True)  # one process at a time may renew

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")

    def __str__(self) -> str:
        return str(self.identity)


class ServerApp(models.Model):
    """What one server knows of this installation, so that people can sign in there; sealed."""

    network = models.CharField(max_length=20)
    server = models.CharField(max_length=200)
    secret = SealedTextField()
    registered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "server"], name="one_app_per_server")]

    def __str__(self) -> str:
        return f"{self.network} {self.server}"


class Revocation(Work):
    """Credentials somebody took back, kept sealed until their server has ended them too."""

    network = models.CharField(max_length=20)
    server = models.CharField(max_length=200, blank=True)
    secret = SealedTextField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.network} {self.server}"


class Leaving(Work):
    """Somebody who goes for good, until nothing of theirs is left."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="leaving")
    since = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("somebody who goes"), _("people who go")

    def __str__(self) -> str:
        return str(self.account)


class Role(models.Model):
    """What an account is in a collective, since when and until when."""

    KINDS = [
        ("seeker", _("looking for work")),
        ("relay", _("relay")),
        ("helper", _("helper")),
        ("recruiter", _("recruiter")),
        ("animator", _("animator")),
        ("partner", _("partner's contact")),
    ]
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=KINDS)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "collective", "kind"], condition=models.Q(until=None), name="one_open_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.kind}"


class Consent(models.Model):
    """A yes and its whole life. Somebody without an account here is known by their identity alone."""

    PURPOSES = [
        ("be_relayed", _("have my message relayed")),
        ("publish_for_me", _("have the collective publish my message, or my portrait instead, in my name")),
        ("carry_cause", _("have my cause published and relayed")),
        ("boost_for_me", _("have Colibri boost from my account")),
        ("be_asked", _("be asked for boosts")),
        ("relay_causes", _("have my account relay urgent causes too")),
        ("be_listed", _("be named in the public list of the collective's relays")),
        ("be_portrayed", _("be told in a public portrait")),
        ("be_ranked", _("be shown among those who are heard")),
        ("measure_reading", _("have my message and my corrections measure how well messages are read")),
    ]
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="consents"
    )
    identity = models.ForeignKey(
        Identity, on_delete=models.CASCADE, null=True, blank=True, related_name="consents"
    )
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=PURPOSES)
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.CharField(max_length=300)  # "page", or the URI of the answer
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False) | models.Q(identity__isnull=False),
                name="a_consent_is_somebodys",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"


class Block(models.Model):
    """`account` (or, without one, the whole collective) wants nothing to do with `identity` or `person`.

    A person who wrote here and has no identity is shown as `known_as`: what they wrote about.
    """

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="blocks"
    )
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="blocks")
    identity = models.ForeignKey(
        Identity, on_delete=models.CASCADE, null=True, blank=True, related_name="blocked_by"
    )
    person = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="blocked_by"
    )
    known_as = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(identity__isnull=False) | models.Q(person__isnull=False),
                name="a_block_is_of_somebody",
            )
        ]

    def __str__(self) -> str:
        return str(self.identity) if self.identity is not None else self.known_as
