"""Telling people on their devices: when they may be rung, in one word however much there is."""

import hashlib
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from colibri.compute.quieting import awake
from colibri.networks.errors import Gone, NetworkError
from colibri.networks.webpush import Subscription, push
from colibri.people.letters import Letter, letter_kind, letter_ways, write
from colibri.people.models import Account, Device, Notice
from colibri.people.queries import clocks_of, push_sender, wants_notice

__all__ = ["add_device", "choose_quiet_hours", "end_device", "give_up_ring", "ring_device", "tell_devices"]

DEVICES_MOST = 10
"""Of one account: the one that was added longest ago makes room."""
GATHER, APART = timedelta(minutes=1), timedelta(minutes=10)
"""What comes within the first is told together; two words on one device are so far apart."""
SHOWN = 5
"""Lines of one word on a device."""


@transaction.atomic
def add_device(account: Account, subscription: Subscription, *, name: str, now: datetime) -> Device:
    """Tell the account in this browser from now on. A browser belongs to whoever asked last."""
    place = hashlib.sha256(subscription.endpoint.encode()).hexdigest()
    Device.objects.filter(place=place).exclude(account=account).delete()
    given = {
        "endpoint": subscription.endpoint,
        "p256dh": subscription.p256dh,
        "auth": subscription.auth,
        "name": name,
    }
    made, _new = Device.objects.update_or_create(
        place=place, account=account, defaults=given, create_defaults={**given, "since": now}
    )
    kept = account.devices.order_by("-since", "-pk").values_list("pk", flat=True)[:DEVICES_MOST]
    account.devices.exclude(pk__in=list(kept)).delete()
    return made


def end_device(device: Device) -> None:
    """Tell nothing more there, and forget its keys."""
    device.delete()


def choose_quiet_hours(account: Account, begins: int, ends: int) -> None:
    """Let no device ring and mails wait from one hour up to another; the same hour twice for never."""
    Account.objects.filter(pk=account.pk).update(quiet_from=begins, quiet_until=ends)
    account.quiet_from, account.quiet_until = begins, ends


@transaction.atomic
def tell_devices(notice: Notice, *, now: datetime) -> None:
    """Put it on what the account's devices are to say, once, at their next turn."""
    account = notice.account
    if notice.on_devices or "push" not in letter_ways(notice.letter):
        return
    if not wants_notice(account, letter_kind(notice.letter), "push"):
        return
    for device in account.devices.all():
        device.waiting.add(notice)
        turn = now + GATHER if device.told_at is None else max(now + GATHER, device.told_at + APART)
        due = awake(turn, clocks_of(account), account.quiet_from, account.quiet_until)
        Device.objects.filter(pk=device.pk).update(due_at=due)
        notice.on_devices = True
    notice.save(update_fields=["on_devices"])


def ring_device(device: Device) -> datetime | None:
    """Say what waits, as far as it is still true, unless it is night for its owner. Raises `NetworkError`."""
    now, account = timezone.now(), device.account
    morning = awake(now, clocks_of(account), account.quiet_from, account.quiet_until)
    if morning > now:
        return morning
    waiting = list(device.waiting.order_by("pk"))
    with translation.override(account.language):
        said = _said(account, waiting)
    if said:
        to = Subscription(str(device.endpoint), device.p256dh, device.auth)
        push(settings.GUARD, to, said, push_sender(), now=now)
        Device.objects.filter(pk=device.pk).update(told_at=now)
    device.waiting.remove(*waiting)
    return None


def give_up_ring(device: Device, error: NetworkError) -> None:
    """A browser that is subscribed no more is forgotten; else mails and pages still say it."""
    if isinstance(error, Gone):
        device.delete()
    else:
        device.waiting.clear()


def _said(account: Account, waiting: list[Notice]) -> bytes:
    """What the browser shows, as its worker reads it; nothing where nothing is to be said any more."""
    told: dict[str, Letter] = {}
    for one in waiting:
        if wants_notice(account, letter_kind(one.letter), "push"):
            letter = write(one.letter, account, one.about)
            if letter is not None:
                told[f"{one.letter}.{one.about}"] = letter
    if not told:
        return b""
    name, first = next(iter(told.items()))
    shown = {"title": first.subject, "body": "", "link": first.link, "tag": name}
    if len(told) > 1:
        lines = [letter.subject for letter in told.values()][:SHOWN]
        title = _("{count} things are new for you").format(count=len(told))
        mine = settings.SITE_URL + resolve_url(settings.LOGIN_REDIRECT_URL)
        shown = {"title": title, "body": "\n".join(lines), "link": mine, "tag": "several"}
    return json.dumps(shown, ensure_ascii=False).encode()
