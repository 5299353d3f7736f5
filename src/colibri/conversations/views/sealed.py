"""What the script of a conversation sends and fetches: everything is sealed before it comes here."""

import base64
import binascii
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.conversations import actions
from colibri.conversations.actions import FILE_MOST, TooMuch
from colibri.conversations.models import Keyring
from colibri.conversations.queries import file_of, members_state, messages_after
from colibri.conversations.views.asked import BadWords, for_script, member_in, words_of

__all__ = ["erase", "file", "files", "messages", "read", "report"]

SHOWN_MOST = 50
WORD_MOST = 2_000


@require_http_methods(["GET", "HEAD", "POST"])
@for_script
def messages(request: HttpRequest, talk: str) -> HttpResponse:
    """Messages after a place, and who is there; POST keeps one more."""
    member = member_in(request, talk)
    conversation = member.conversation
    if request.method == "POST":
        said = words_of(request)
        sealed = _bytes(said.get("sealed"))
        kept = actions.post_message(member, _number(said.get("number")), sealed, now=timezone.now())
        return JsonResponse({"number": kept.number, "digest": kept.digest}, status=201)
    after = request.GET.get("after", "0")
    if not after.isdecimal() or len(after) > 9:
        raise BadWords("after")
    return JsonResponse(
        {
            "length": conversation.length,
            "open": conversation.state == "open",
            "members": members_state(conversation),
            "messages": messages_after(conversation, int(after)),
        }
    )


@require_POST
@for_script
def erase(request: HttpRequest, talk: str, number: int) -> HttpResponse:
    """Erase what one wrote at a place; that it was erased is said in a signed message of its own."""
    member, said = member_in(request, talk), words_of(request)
    named = said.get("files", [])
    names = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
    if not actions.erase_message(member, number, names, now=timezone.now()):
        raise Http404
    return JsonResponse({})


@require_POST
@for_script
def read(request: HttpRequest, talk: str) -> HttpResponse:
    """Note how far one has read, so that no mail says what was seen."""
    actions.note_read(member_in(request, talk), _number(words_of(request).get("number")))
    return JsonResponse({})


@require_POST
@for_script
def report(request: HttpRequest, talk: str) -> HttpResponse:
    """Show the animators messages of one sender, opened by whoever reports them."""
    member, said = member_in(request, talk), words_of(request, most=2_000_000)
    shown, word = said.get("shown"), said.get("word", "")
    if not isinstance(shown, list) or not 0 < len(shown) <= SHOWN_MOST or not isinstance(word, str):
        raise BadWords("shown")
    statements = [_statement(one) for one in shown]
    known = Keyring.objects.filter(
        account__talks__conversation=member.conversation_id, public_id=str(said.get("about", ""))
    ).exclude(account=member.account_id)
    about = known.select_related("account").first()
    if about is None or about.account is None:
        raise BadWords("about")
    actions.report(member, about.account, statements, word[:WORD_MOST], now=timezone.now())
    return JsonResponse({}, status=201)


@require_POST
@for_script
def files(request: HttpRequest, talk: str) -> HttpResponse:
    """Keep a sealed file."""
    member, sent = member_in(request, talk), request.FILES.get("sealed")
    if not isinstance(sent, UploadedFile):
        raise BadWords("sealed")
    if sent.size is None or sent.size > FILE_MOST:
        raise TooMuch
    kept = actions.keep_file(member, sent.read(), now=timezone.now())
    return JsonResponse({"id": kept.public_id}, status=201)


@require_safe
@for_script
def file(request: HttpRequest, talk: str, file: str) -> HttpResponse:
    """A sealed file as it was kept."""
    found = file_of(member_in(request, talk).conversation, file)
    if found is None:
        raise Http404
    return HttpResponse(
        bytes(found.sealed),
        content_type="application/octet-stream",
        headers={"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"},
    )


def _number(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 < said < 2**31:
        raise BadWords("number")
    return said


def _bytes(said: Any) -> bytes:
    try:
        return base64.b64decode(said if isinstance(said, str) else "", validate=True)
    except (binascii.Error, ValueError) as fault:
        raise BadWords("sealed") from fault


def _statement(said: Any) -> dict[str, str]:
    if not isinstance(said, dict):
        raise BadWords("shown")
    body, signature = said.get("body"), said.get("signature")
    if not isinstance(body, str) or not isinstance(signature, str) or len(body) > actions.MESSAGE_MOST:
        raise BadWords("shown")
    return {"body": body, "signature": signature}
