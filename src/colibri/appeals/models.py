"""What is relayed, its texts, where it is published, what we wrote to its author, what readers answered."""

import secrets
from functools import partial
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.common.states import Life
from colibri.common.work import Work
from colibri.compute.classes import family_of, region_of
from colibri.compute.reading import Reading
from colibri.people.charters import Verdict
from colibri.people.models import Account, Collective, Consent, Identity

__all__ = [
    "ANSWER",
    "APPEAL",
    "NOTE",
    "PUBLICATION",
    "Answer",
    "Appeal",
    "Correction",
    "Decision",
    "Message",
    "Note",
    "Publication",
    "Share",
]

APPEAL = Life(
    "appeal",
    start="draft",
    moves={
        "draft": ("submitted", "refused", "closed"),
        "submitted": ("accepted", "refused", "closed"),
        "accepted": ("active", "submitted", "closed"),
        "active": ("paused", "submitted", "expired", "closed"),
        "paused": ("active", "submitted", "expired", "closed"),
        "expired": ("active", "closed"),
        "refused": ("draft", "submitted", "closed"),
        "closed": (),
    },
    labels={
        "draft": _("waiting for its author"),
        "submitted": _("waiting for an animator"),
        "accepted": _("accepted"),
        "active": _("being relayed"),
        "paused": _("paused"),
        "expired": _("expired"),
        "refused": _("not relayed"),
        "closed": _("closed"),
    },
)

PUBLICATION = Life(
    "publication",
    start="planned",
    moves={
        "planned": ("live", "failed", "deleted", "deleting"),
        "live": ("deleting", "gone", "beside"),
        "beside": ("live", "gone"),
        "deleting": ("deleted", "failed"),
        "deleted": ("planned", "gone"),
        "gone": (),
        "failed": ("planned", "deleting"),
    },
    labels={
        "planned": _("about to be published"),
        "live": _("published"),
        "beside": _("beside the one that is relayed"),
        "deleting": _("about to be deleted"),
        "deleted": _("deleted"),
        "gone": _("gone"),
        "failed": _("failed"),
    },
)

NOTE = Life(
    "note",
    start="planned",
    moves={"planned": ("sent", "failed"), "sent": ("planned",), "failed": ("planned",)},
    labels={"planned": _("about to be sent"), "sent": _("sent"), "failed": _("failed")},
)

ANSWER = Life(
    "answer",
    start="written",
    moves={
        "written": ("unverified", "forwarding", "held", "rejected"),
        "unverified": ("forwarding", "held"),
        "held": ("forwarding", "rejected"),
        "forwarding": ("forwarded", "held"),
        "forwarded": ("reported",),
        "rejected": (),
        "reported": ("rejected",),
    },
    labels={
        "written": _("about to be confirmed"),
        "unverified": _("address not confirmed yet"),
        "held": _("held for an animator"),
        "forwarding": _("about to be forwarded"),
        "forwarded": _("forwarded"),
        "rejected": _("rejected"),
        "reported": _("reported"),
    },
)


OPEN = models.Q(kind="search") & ~models.Q(state__in=["closed", "refused"])
"""Each person has one open search in a collective, so that all are seen alike."""


class Appeal(models.Model):
    """A job search or a cause. What was read or corrected stands in columns, the reading beside it."""

    KINDS = [("search", _("job search")), ("cause", _("cause"))]
    REFUSALS = [
        ("not_a_search", _("not a search for work")),
        ("internship", _("internship")),
        ("apprenticeship", _("apprenticeship")),
        ("freelance", _("freelance")),
        ("civic_service", _("civic service")),
        ("rules", _("against the rules")),
    ]
    CAUSE_REFUSALS = [
        ("no_jobs", _("no jobs of many people hang on it")),
        ("unproven", _("what it says cannot be checked")),
        ("rules", _("against the rules")),
    ]
    ENDINGS = [
        ("found", _("found work")),
        ("withdrawn", _("consent withdrawn")),
        ("deleted", _("message deleted")),
        ("stopped", _("stopped")),
        ("no_answer", _("no answer")),
        ("saved", _("saved")),
        ("postponed", _("postponed")),
        ("lost", _("lost")),
    ]
    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="appeals")
    kind = models.CharField(max_length=10, choices=KINDS, default="search")
    title = models.CharField(_("title"), max_length=120, blank=True, help_text=_("Of a cause."))
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="appeals"
    )
    identity = models.ForeignKey(
        Identity, on_delete=models.SET_NULL, null=True, blank=True, related_name="appeals"
    )
    source_uri = models.CharField(max_length=500, unique=True, null=True, blank=True)
    state = APPEAL.field()
    refusal = models.CharField(max_length=20, choices=[*CAUSE_REFUSALS[:2], *REFUSALS], blank=True)
    ending = models.CharField(max_length=20, choices=ENDINGS, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    meant = models.CharField(_("kind, as corrected"), max_length=10, blank=True)  # of `compute.reading.KINDS`
    occupation = models.CharField(_("occupation (ROME code)"), max_length=5, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    region = models.CharField(_("region (INSEE code)"), max_length=2, blank=True)
    contracts = models.JSONField(_("contracts"), default=list, blank=True)
    strengths = models.JSONField(_("strengths"), default=list, blank=True)  # at most two, a few words each
    language = models.CharField(max_length=5, default="fr")
    link = models.URLField(_("your own link"), blank=True)
    accepts_answers = models.BooleanField(_("readers may write to me through a form"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    reminded = models.CharField(max_length=8, blank=True, editable=False)  # "early" or "over"
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [models.Index(fields=["collective", "state", "created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["collective", "account"],
                condition=OPEN & models.Q(account__isnull=False),
                name="one_open_appeal_per_account",
            ),
            models.UniqueConstraint(
                fields=["collective", "identity"],
                condition=OPEN & models.Q(identity__isnull=False),
                name="one_open_appeal_per_identity",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.occupation or self.kind} {self.place}".strip()

    def get_absolute_url(self) -> str:
        page = "causes:cause" if self.kind == "cause" else "appeals:appeal"
        return reverse(page, args=[self.public_id])

    @property
    def reaches_author(self) -> bool:
        """Whether readers' words can be forwarded: its author wants them and gave an address."""
        return self.accepts_answers and self.state != "closed" and bool(self.account and self.account.email)

    @property
    def refusals(self) -> dict[str, Any]:
        """Why one of its kind may be refused: code and words."""
        return dict(self.CAUSE_REFUSALS if self.kind == "cause" else self.REFUSALS)

    @property
    def yes_to_relay(self) -> str:
        """The consent without which nobody boosts it."""
        return "carry_cause" if self.kind == "cause" else "be_relayed"

    @property
    def yes_to_publish(self) -> str:
        """The consent without which the collective's account does not post it."""
        return "carry_cause" if self.kind == "cause" else "publish_for_me"

    @property
    def message(self) -> "Message":
        """The newest version of its text."""
        return self.messages.latest("version")

    @property
    def understood(self) -> Reading | None:
        return Reading.from_dict(self.reading) if self.reading else None

    @property
    def verdict(self) -> Verdict:
        """What the charter says of it as it was read or corrected; what is no search is never relayed."""
        if self.meant not in ("", "search"):
            return Verdict("refused", "not_a_search")
        return self.collective.rules.judge(self.contracts)

    @property
    def family(self) -> int:
        return family_of(self.occupation)

    @property
    def region_number(self) -> int:
        return region_of(self.region)


class Decision(models.Model):
    """What was decided of an appeal, by an animator or, without one, by the collective's rules."""

    KINDS = [("accepted", _("accepted")), ("refused", _("not relayed")), ("sent_back", _("looked at again"))]
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=KINDS)
    reason = models.CharField(
        max_length=20, choices=[*Appeal.CAUSE_REFUSALS[:2], *Appeal.REFUSALS], blank=True
    )
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.kind} {self.decided_at:%Y-%m-%d}"


class Correction(models.Model):
    """What was read of a message and what its author says is right, kept while their consent stands.

    The text is masked and sealed; `read` and `right` are in the words of `compute.reading.claims`.
    """

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="correction")
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="+")
    text = SealedTextField()
    read = models.JSONField()
    right = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kept_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kept_at:%Y-%m-%d}"


class Message(models.Model):
    """One version of an appeal's text."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="messages")
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "version"], name="one_message_per_version")]

    def __str__(self) -> str:
        return self.text[:60]


class Publication(Work):
    """An appeal's message as a post on one network, by its author or by the collective.

    `text` is kept of a post beside the one that is relayed: the appeal's message says what that one says.
    `undescribed` counts its images without a text for who does not see them. `instead` says that other words
    stand in for the message, as the collective posts them in `text`: where they are live, they are relayed.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="publications")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="publications")
    network = models.CharField(max_length=20)
    state = PUBLICATION.field()
    key = models.CharField(max_length=100, blank=True)
    uri = models.CharField(max_length=500, blank=True, db_index=True)
    version = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    undescribed = models.PositiveSmallIntegerField(_("images without a description"), default=0)
    instead = models.BooleanField(_("stands in for the message"), default=False)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "network", "instead"],
                condition=~models.Q(state__in=["beside", "gone"]),
                name="one_publication_per_network",
            ),
            models.UniqueConstraint(
                fields=["uri"], condition=~models.Q(uri=""), name="one_publication_per_post"
            ),
        ]

    def __str__(self) -> str:
        return self.uri or self.network


class Note(Work):
    """What the collective answers the author of a post, once for each kind."""

    KINDS = [
        ("invitation", _("invitation")),
        ("refusal", _("refusal")),
        ("welcome", _("welcome")),
        ("reminder", _("reminder")),
        ("follow_up", _("question what became of the search")),
    ]
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="notes")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=KINDS)
    state = NOTE.field()
    key = models.CharField(max_length=100)
    uri = models.CharField(max_length=500, blank=True, db_index=True)

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        constraints = [models.UniqueConstraint(fields=["appeal", "kind"], name="one_note_of_each_kind")]

    def __str__(self) -> str:
        return self.kind


class Share(models.Model):
    """Somebody says that they showed an appeal on a service Colibri does not speak. Who is not kept."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="shares")
    service = models.CharField(max_length=20)
    shared_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.service


class Answer(Work):
    """A reader's words to the author, forwarded without showing an address; sealed at rest."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="answers")
    name = SealedTextField()
    email = SealedTextField()
    sender = models.CharField(max_length=64, db_index=True)  # keyed hash of the address, to count
    origin = models.CharField(max_length=64, db_index=True)  # keyed hash of where it came from, to count
    text = SealedTextField()
    language = models.CharField(max_length=5, default="fr")
    state = ANSWER.field()
    suspicion = models.CharField(max_length=40, blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.written_at:%Y-%m-%d}"
