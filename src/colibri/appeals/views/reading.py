"""The reader for other programs: lines in, one line of JSON each out, nothing kept."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from colibri.appeals.words import told_of_line
from colibri.audiences.queries import reader
from colibri.common.origin import knocks
from colibri.compute.reading import CONTRACTS
from colibri.compute.reading.lines import UnreadableLine, read_lines

__all__ = ["read"]

LINES_MOST, BYTES_MOST = 500, 250_000
ASKED_MOST = 120
"""Times one address may ask within an hour."""


@csrf_exempt  # a program posts without a cookie, and nothing of anybody's is changed
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """What is understood of each line, as `colibri read` tells it."""
    if knocks(request, "read") > ASKED_MOST:
        return _refused(_("You have asked often: come again in an hour."), 429)
    if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES_MOST:
        return _refused(_("At most 500 lines and 250 kB are read at a time: send them in parts."), 413)
    lines, accepted = request.body.splitlines(), request.GET.getlist("accept")
    if len(lines) > LINES_MOST:
        return _refused(_("At most 500 lines and 250 kB are read at a time: send them in parts."), 413)
    if unknown := set(accepted) - set(CONTRACTS):
        known = {"contract": min(unknown), "known": ", ".join(CONTRACTS)}
        return _refused(_("No contract is called “%(contract)s”; known are %(known)s.") % known, 400)
    tags = request.GET.getlist("tag")[:20]
    try:
        told = [*read_lines(reader(), lines, seeker_tags=tags, accepted=accepted)]
    except UnreadableLine as fault:
        return _refused(told_of_line(fault), 400)
    answer = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in told)
    return HttpResponse(answer, content_type="application/x-ndjson")


def _refused(why: str, status: int) -> JsonResponse:
    return JsonResponse({"error": why}, status=status, json_dumps_params={"ensure_ascii": False})
