"""Where else an appeal can be shown, and the addresses that open there."""

from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from colibri.networks import registry
from colibri.networks.base import Network
from colibri.networks.errors import NetworkError
from colibri.networks.sharing import SERVICES, fitted

__all__ = ["share_labels", "share_links"]


def share_links(title: str, text: str, url: str) -> list[tuple[str, str, str]]:
    """The name of each place, its label, and the address that opens its composer, filled in."""
    words = _("Do you know somebody who could help? {title}").format(title=title)
    longer = f"{words}\n{text}".strip()
    labels = share_labels()
    links = []
    for name, capabilities in registry.CAPABILITIES.items():
        visitor = _visitor(name)
        short = fitted(longer, capabilities.character_limit - len(url) - 1)
        if visitor is not None and (link := visitor.share_link(short, url)):
            links.append((name, labels[name], link))
    links += [(one.name, labels[one.name], one.share(title, longer, url)) for one in SERVICES]
    return links


def share_labels() -> dict[str, str]:
    """What each place is called, by its name."""
    known = {name: capabilities.label for name, capabilities in registry.CAPABILITIES.items()}
    return known | {one.name: one.label or _("E-mail") for one in SERVICES} | {"elsewhere": _("elsewhere")}


@cache
def _visitor(network: str) -> Network | None:
    """A network as somebody without an account there sees it, None where it has no public place."""
    try:
        return registry.connect(network, credentials=None, address="", guard=settings.GUARD)
    except NetworkError:
        return None
