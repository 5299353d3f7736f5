"""A programme of steps, the cohorts that walk it, and how far each person is."""

import secrets
from functools import partial

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.states import Life
from colibri.people.models import Account, Collective
from colibri.programme.models.partners import Partner

__all__ = [
    "COHORT",
    "STEP_KINDS",
    "WALK",
    "Cohort",
    "Programme",
    "Progress",
    "Step",
    "StepCount",
    "Walk",
]

STEP_KINDS = [
    ("models", _("Role models and trades")),
    ("skills", _("Stock of skills")),
    ("mentor", _("A mentor")),
    ("workshops", _("Workshops")),
    ("training", _("Training bodies")),
    ("opportunities", _("Opportunities")),
    ("other", _("Something else")),
]
"""What a step leads to here; its words are its programme's own."""

COHORT = Life(
    "cohort",
    start="planned",
    moves={"planned": ("open", "closed"), "open": ("closed",), "closed": ()},
    labels={"planned": _("being prepared"), "open": _("open"), "closed": _("closed")},
)

WALK = Life(
    "walk",
    start="walking",
    moves={"walking": ("finished", "left"), "finished": ("walking",), "left": ("walking",)},
    labels={"walking": _("on the way"), "finished": _("at its end"), "left": _("left it")},
)


class Programme(models.Model):
    """Steps a collective offers to people who look for work, in its own words."""

    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    collective = models.ForeignKey(
        Collective, verbose_name=_("collective"), on_delete=models.CASCADE, related_name="programmes"
    )
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("what it is"), max_length=1500, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One step; it opens at once or after another was done or skipped."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("place in the order"), default=1)
    kind = models.CharField(_("what it leads to"), max_length=14, choices=STEP_KINDS, default="other")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what to do"), max_length=1500, blank=True)
    after = models.ForeignKey(
        "self",
        verbose_name=_("opens after"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="opened",
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Cohort(models.Model):
    """People who walk a programme together, in a region, between two days. No region means everywhere."""

    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="cohorts"
    )
    name = models.CharField(_("name"), max_length=120)
    region = models.CharField(_("region"), max_length=3, blank=True)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    places = models.PositiveSmallIntegerField(
        _("places"), default=30, validators=[MinValueValidator(1), MaxValueValidator(10_000)]
    )
    partners = models.ManyToManyField(Partner, verbose_name=_("partners"), blank=True, related_name="cohorts")
    state = COHORT.field()
    closed_at = models.DateTimeField(null=True, blank=True)
    walkers = models.PositiveIntegerField(_("people who walk it"), default=0, editable=False)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on")), name="a_cohort_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme:cohort", args=[self.public_id])


class Walk(models.Model):
    """Somebody on the way with a cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="walks")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="walks")
    state = WALK.field()
    since = models.DateTimeField(default=timezone.now)
    referred_by = models.ForeignKey(
        Partner, on_delete=models.SET_NULL, null=True, blank=True, related_name="referred"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "account"], name="one_walk_each")]

    def __str__(self) -> str:
        return f"{self.cohort} {self.account}"


class Progress(models.Model):
    """A step somebody did, or left out with a word only they read."""

    KINDS = [("done", _("done")), ("skipped", _("left out"))]
    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="progress")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="progress")
    kind = models.CharField(max_length=8, choices=KINDS)
    word = models.CharField(_("a word for yourself"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["walk", "step"], name="one_progress_each")]

    def __str__(self) -> str:
        return f"{self.walk} {self.step}: {self.kind}"


class StepCount(models.Model):
    """How many of a cohort did a step or left it out, kept beside the rows so that no page counts them."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="counts")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="counts")
    done = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "step"], name="one_count_each")]

    def __str__(self) -> str:
        return f"{self.cohort} {self.step}: {self.done}, {self.skipped}"
