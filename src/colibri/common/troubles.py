"""What went wrong last with a row: its kind in words for people, its text for operators."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from colibri.networks.errors import Gone, NetworkError, Refused, Retryable, Unauthorised

__all__ = ["NO_TROUBLE", "OwnFault", "Troubled", "trouble"]


class OwnFault(Retryable):
    """A fault of our own, tried again like a network's."""


_KINDS = {
    OwnFault: ("ours", _("a fault of Colibri's own: the log tells which")),
    Retryable: ("retryable", _("no answer for now: it is tried again by itself")),
    Refused: ("refused", _("the other side said no")),
    Gone: ("gone", _("it is no longer there")),
    Unauthorised: ("unauthorised", _("the account must be connected again")),
}
NO_TROUBLE = {"fault": "", "problem": ""}


class Troubled(models.Model):
    """A row that remembers its last fault: `fault` is its kind, `problem` its own text."""

    fault = models.CharField(max_length=12, choices=list(_KINDS.values()), blank=True, editable=False)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def trouble(error: NetworkError) -> dict[str, str]:
    """The fields of `Troubled` that tell of this error."""
    kind = next(name for known, (name, _words) in _KINDS.items() if isinstance(error, known))
    return {"fault": kind, "problem": str(error)[:300]}
