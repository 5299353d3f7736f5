"""One's keys: made, opened and changed by the browser's script; here they are only kept."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.conversations import actions
from colibri.conversations.actions import SignedKey
from colibri.conversations.bundle import bundle
from colibri.conversations.models import Wrap
from colibri.conversations.queries import keyring_of, keyring_state, own_wrap
from colibri.conversations.views.asked import BadWords, for_script, words_of
from colibri.conversations.words import script_words
from colibri.people.queries import account_of

__all__ = ["add_way", "keys", "remove_way"]

KINDS = dict(Wrap.KINDS)
SEALED_MOST, HINT_MOST, VAULT_MOST = 8_000, 1_000, 40_000


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD"])
def _page(request: HttpRequest) -> HttpResponse:
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = ""
    account = account_of(request.user)
    state = {"page": "keys", "account": str(account.pk), "back": back, **keyring_state(account)}
    context = {"state": state, "words": script_words(), "bundle": bundle()}
    return render(request, "conversations/keys.html", context)


@for_script
def _keep(request: HttpRequest) -> HttpResponse:
    account, said, now = account_of(request.user), words_of(request), timezone.now()
    key = SignedKey(
        _text(said, "document", 1_000), _text(said, "signature", 128), _text(said, "endorsement", 128)
    )
    vault = _text(said, "vault", VAULT_MOST)
    given = said.get("ways", [])
    if not vault or not isinstance(given, list):
        raise BadWords("no vault")
    ways = [_way(one) for one in given]
    keyring = keyring_of(account)
    if keyring is None:
        actions.make_keys(account, key, vault, ways, now=now)
    else:
        actions.change_keys(keyring, key, vault, ways, now=now)
    return JsonResponse(keyring_state(account), status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The page of one's keys; POST, by its script, keeps new ones."""
    return _keep(request) if request.method == "POST" else _page(request)


@require_POST
@for_script
def add_way(request: HttpRequest) -> HttpResponse:
    """One more way to open one's keys."""
    keyring = keyring_of(account_of(request.user))
    if keyring is None:
        raise Http404
    actions.add_wrap(keyring, _way(words_of(request)))
    return JsonResponse(keyring_state(account_of(request.user)), status=201)


@require_POST
@for_script
def remove_way(request: HttpRequest, way: int) -> HttpResponse:
    """Let one way open one's keys no more."""
    found = own_wrap(account_of(request.user), way)
    if found is None:
        raise Http404
    actions.remove_wrap(found)
    return JsonResponse(keyring_state(account_of(request.user)))


def _way(said: Any) -> tuple[str, str, str]:
    if not isinstance(said, dict):
        raise BadWords("no way")
    kind, sealed = _text(said, "kind", 10), _text(said, "sealed", SEALED_MOST)
    if kind not in KINDS or not sealed:
        raise BadWords("no way")
    return kind, sealed, _text(said, "hint", HINT_MOST)


def _text(said: dict[str, Any], name: str, most: int) -> str:
    found = said.get(name, "")
    if not isinstance(found, str) or len(found) > most:
        raise BadWords(name)
    return found
