"""What an address of people's own pages names, in the sample world."""

from datetime import UTC, datetime

from colibri.common.signing import token
from colibri.people.actions import add_device
from colibri.people.models import Account
from tests.peers.push_service import PushBrowser

__all__ = ["people_samples"]

EVENING = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)


def people_samples(account: Account) -> dict[str, object]:
    """A browser in which somebody is told, and the link that ends their mails."""
    browser = PushBrowser("https://push.example/1")
    device = add_device(account, browser.subscription, name="Firefox · Android", now=EVENING)
    return {
        "device": device.pk,
        "people:icon.size": 192,
        "people:quiet.token": token("quiet", f"news.{account.pk}"),
    }
