"""What a cause is beside its appeal: its story, its group, its news, what one can take and say elsewhere."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.appeals.models import Appeal
from colibri.people.models import Account

__all__ = ["PUBLIC_WORDS", "Ally", "Cause", "Change", "Material", "News"]

STORY_MOST = 10_000
PUBLIC_WORDS = ("goal", "story", "needs", "media_contact")


class Words(models.Model):
    """What everybody reads of a cause beside its message, its date and its news: `PUBLIC_WORDS`."""

    goal = models.CharField(_("what is to be reached"), max_length=200)
    story = models.TextField(_("the story"), max_length=STORY_MOST)
    needs = models.TextField(_("what is needed now"), max_length=600, blank=True)
    media_contact = models.CharField(_("contact for the press, public"), max_length=200, blank=True)

    class Meta:
        abstract = True


class Cause(Words):
    """Somebody's fight with a date. Its appeal holds the title, the message that is relayed, and the state:

    draft is the private group, submitted waits for an animator, active is public, closed is told.
    """

    appeal = models.OneToOneField(
        Appeal, verbose_name=_("appeal"), on_delete=models.CASCADE, related_name="cause"
    )
    deadline = models.DateField(_("the date that counts"))
    told = models.TextField(_("how it ended"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(_("asked how it ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("cause")
        verbose_name_plural = _("causes")

    def __str__(self) -> str:
        return self.appeal.title

    def get_absolute_url(self) -> str:
        return self.appeal.get_absolute_url()


class Change(Words):
    """Other words for a cause that is public, until an animator has read them.

    Words that are changed again are another row: its number says which of them were read.
    """

    cause = models.OneToOneField(
        Cause, verbose_name=_("cause"), on_delete=models.CASCADE, related_name="change"
    )
    declined = models.BooleanField(_("an animator said no"), default=False)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("change of a cause's words")
        verbose_name_plural = _("changes of causes' words")

    def __str__(self) -> str:
        return self.goal


class Ally(models.Model):
    """Somebody in the group of a cause. The first one began it; every other was invited by one of them.

    Whoever was taken out stays as a row, so that no other invitation lets them in again.
    """

    cause = models.ForeignKey(Cause, verbose_name=_("cause"), on_delete=models.CASCADE, related_name="allies")
    account = models.ForeignKey(
        Account, verbose_name=_("account"), on_delete=models.CASCADE, related_name="causes"
    )
    invited_by = models.ForeignKey(
        "self",
        verbose_name=_("invited by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=80)
    named = models.BooleanField(_("my name may stand on the public page"), default=False)
    since = models.DateTimeField(_("since"), default=timezone.now)
    out_since = models.DateTimeField(_("taken out of the group since"), null=True, blank=True)

    class Meta:
        verbose_name = _("ally")
        verbose_name_plural = _("allies")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["cause", "account"], name="one_ally_each")]

    def __str__(self) -> str:
        return self.name


class News(models.Model):
    """A step on the way, for everybody or for the group alone.

    Of a cause that is public, everybody reads it once an animator has read it.
    """

    cause = models.ForeignKey(Cause, verbose_name=_("cause"), on_delete=models.CASCADE, related_name="news")
    text = models.TextField(_("what is new"), max_length=2000)
    public = models.BooleanField(_("for everybody"), default=True)
    waits = models.BooleanField(_("waits for an animator"), default=False)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Material(models.Model):
    """Words to take along: a message for one network, or a text for the press."""

    PLACES = [
        ("any", _("a message for any network")),
        ("short", _("a short message (300 characters)")),
        ("linkedin", _("a message for LinkedIn")),
        ("mail", _("a mail to send on")),
        ("press", _("a text for the press")),
    ]
    cause = models.ForeignKey(
        Cause, verbose_name=_("cause"), on_delete=models.CASCADE, related_name="materials"
    )
    place = models.CharField(_("what it is"), max_length=10, choices=PLACES)
    text = models.TextField(_("text"), max_length=4000)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("material")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
