"""Whoever wears a collective's hashtag in their biography is invited, once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.states import Life
from colibri.common.work import Work
from colibri.people.models import Collective, Identity

__all__ = ["INVITATION", "Invitation"]

INVITATION = Life(
    "invitation",
    start="planned",
    moves={
        "planned": ("sent", "by_hand", "dropped"),
        "sent": (),
        "by_hand": ("sent", "dropped"),
        "dropped": (),
    },
    labels={
        "planned": _("about to be sent"),
        "sent": _("sent"),
        "by_hand": _("left to an animator"),
        "dropped": _("not sent"),
    },
)


class Invitation(Work):
    """One private word to somebody whose biography carries a hashtag; never a second one."""

    KINDS = [("relay", _("to relay")), ("seeker", _("to be relayed"))]
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="invitations")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=10, choices=KINDS)
    state = INVITATION.field()
    key = models.CharField(max_length=100, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["collective", "identity", "kind"], name="one_invitation_each")
        ]

    def __str__(self) -> str:
        return f"{self.identity} {self.kind}"
