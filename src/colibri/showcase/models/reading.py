"""Other sites' feeds that a collective follows, and their entries, of which some are passed on."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.states import Life
from colibri.common.work import Work
from colibri.people.models import Account, Collective
from colibri.showcase.models.articles import STEPS

__all__ = ["ENTRY", "Entry", "Feed"]

ENTRY = Life(
    "entry",
    start="new",
    moves={"new": ("passed", "left"), "left": ("passed",), "passed": ("left",)},
    labels={"new": _("new"), "passed": _("passed on"), "left": _("left aside")},
)


class Feed(Work):
    """An Atom or RSS feed. `etag` and `modified` are what its server said last, to be sent back."""

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="feeds")
    url = models.URLField(_("address of the feed"), max_length=500)
    name = models.CharField(_("name"), max_length=200, blank=True)
    etag = models.CharField(_("mark of its version"), max_length=200, blank=True, editable=False)
    modified = models.CharField(_("changed last"), max_length=60, blank=True, editable=False)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        constraints = [models.UniqueConstraint(fields=["collective", "url"], name="one_feed_each")]

    def __str__(self) -> str:
        return self.name or self.url


class Entry(models.Model):
    """What one entry says of itself, shortened; passed on with a word of the collective's own."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(_("key"), max_length=64)
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("address"), max_length=500)
    summary = models.CharField(_("in a sentence"), max_length=400, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    found_at = models.DateTimeField(_("found at"), default=timezone.now)
    state = ENTRY.field()
    word = models.CharField(_("why it is worth reading"), max_length=400, blank=True)
    step = models.CharField(_("it helps to"), max_length=12, choices=STEPS, blank=True)
    passed_by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("passed on by")
    )
    passed_at = models.DateTimeField(_("passed on at"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="one_entry_each")]

    def __str__(self) -> str:
        return self.title
