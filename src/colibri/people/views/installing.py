"""The site on a home screen: its manifest and its icon. Phones of Apple tell things to such sites alone."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colibri.people.icons import ICON_SIZES, PAPER, icon

__all__ = ["icon_file", "manifest"]


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a browser puts on a home screen (https://www.w3.org/TR/appmanifest/), in the reader's language."""
    said = {
        "id": "/",
        "name": _("Colibri"),
        "short_name": _("Colibri"),
        "description": _("Volunteers lend their accounts to people looking for work."),
        "lang": get_language(),
        "start_url": reverse(settings.LOGIN_REDIRECT_URL),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": reverse("people:icon", args=[size]),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in ICON_SIZES
            for purpose in ("any", "maskable")
        ],
    }
    return JsonResponse(
        said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@require_safe
def icon_file(request: HttpRequest, size: int) -> HttpResponse:
    """The icon, in one of the sizes the manifest names."""
    if size not in ICON_SIZES:
        raise Http404
    answer = HttpResponse(icon(size), content_type="image/png")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer
