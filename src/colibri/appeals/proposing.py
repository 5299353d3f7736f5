"""A language model of the operator's own, asked for other words: only where one is set, and only on request.

It is sent the message without names, links and personal data; what it answers is checked by the coach's rules
(`compute.coaching.proposals`) and shown as changes one may take. Nothing is kept here or applied by itself.
"""

import json
import logging
from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from colibri.appeals.queries import names_of
from colibri.audiences.queries import reader
from colibri.common.turns import Busy, Turns
from colibri.compute.coaching.proposals import Proposal, asking, proposals_in
from colibri.networks.errors import NetworkError
from colibri.networks.transport import fetch
from colibri.people.models import Account

__all__ = ["ASKED_MOST", "NoProposals", "ask_model", "model_host"]

log = logging.getLogger(__name__)

ASKED_MOST = 20
"""Times one person may ask within an hour: a model costs its operator."""
SECONDS_MOST = 20.0
BYTES_MOST = 256 * 1024
_turns = Turns(2)


class NoProposals(Exception):
    """The model gave nothing to choose from; the argument tells the person."""


def model_host() -> str:
    """Where the operator's model is, empty where there is none."""
    return urlsplit(settings.MODEL_URL).hostname or ""


def ask_model(account: Account, text: str) -> tuple[Proposal, ...]:
    """What the model proposes for this text. Raises `NoProposals`."""
    asked = {
        "model": settings.MODEL_NAME,
        "messages": asking(reader().masked(text, names_of(account))),
        "temperature": 0.3,
        "max_tokens": 1_000,
    }
    try:
        with _turns.taken():
            answer = _sent(asked)
        return proposals_in(answer["choices"][0]["message"]["content"])
    except Busy as fault:
        raise NoProposals(_("The language model is busy with others: try again in a minute.")) from fault
    except NetworkError as fault:
        log.warning("the language model at %s: %s", model_host(), fault)
        raise NoProposals(
            _("The language model does not answer. Your message stays as it is; the coach needs no model.")
        ) from fault
    except (ValueError, LookupError, TypeError) as fault:
        log.warning("the language model at %s gave an answer of another form: %r", model_host(), fault)
        raise NoProposals(
            _("The language model's answer could not be read. Your message stays as it is; try once more.")
        ) from fault


def _sent(asked: dict[str, object]) -> dict[str, list[dict[str, dict[str, str]]]]:
    """One request in the chat completions format. Raises `NetworkError`, ValueError where it is no JSON."""
    guard = replace(settings.GUARD, total_timeout=SECONDS_MOST, max_bytes=BYTES_MOST, max_redirects=0)
    headers = {"Content-Type": "application/json"}
    if settings.MODEL_KEY:
        headers["Authorization"] = f"Bearer {settings.MODEL_KEY}"
    content = json.dumps(asked).encode()
    url = f"{settings.MODEL_URL}/chat/completions"
    answer: dict[str, list[dict[str, dict[str, str]]]] = fetch(
        guard, url, method="POST", headers=headers, content=content
    ).json()
    return answer
