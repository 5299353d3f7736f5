"""Which of an account's devices a request comes from, and what a browser calls itself."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from colibri.people.models import Account, Device

__all__ = ["browser_name", "device_here", "mark_device"]

COOKIE, LASTS = "device", 365 * 86_400
SALT = "colibri.device"
# The first that is found: most browsers also carry the names of those before them.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]


def browser_name(agent: str) -> str:
    """How its owner knows a browser again: “Firefox · Android”; empty where it says nothing known."""
    found = [next((name for mark, name in known if mark in agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found))


def mark_device(response: HttpResponse, device: Device) -> None:
    """Let the browser say from now on which device it is."""
    response.set_cookie(
        COOKIE,
        signing.dumps(device.pk, salt=SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def device_here(request: HttpRequest, account: Account | None) -> Device | None:
    """The account's device this request comes from, where it is one."""
    try:
        number = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return Device.objects.filter(pk=number, account=account).first()
