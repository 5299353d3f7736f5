"""A stand-in for an operator's language model: a real server on loopback, without a model behind it.

It speaks the documented chat completions format: POST /v1/chat/completions with `model` and `messages`,
answered by one `chat.completion` whose first choice holds what the test gave.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.networks.local_server import reply, serving

__all__ = ["Model", "model"]


@dataclass
class Model:
    """What it answers, and the requests it was asked."""

    content: str = '{"changes": []}'
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    address: str = ""

    def propose(self, *pairs: tuple[str, str]) -> None:
        self.content = json.dumps({"changes": [{"find": find, "put": put} for find, put in pairs]})

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        self.asked.append(body)
        self.keys.append(handler.headers.get("Authorization", ""))
        sound = handler.command == "POST" and handler.path == "/v1/chat/completions"
        sound = (
            sound and bool(body["model"]) and {one["role"] for one in body["messages"]} == {"system", "user"}
        )
        if not sound or self.status != 200:
            reply(handler, self.status if sound else 404, b'{"error": {"message": "no"}}')
            return
        message = {"role": "assistant", "content": self.content}
        said = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1_700_000_000,
            "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }
        reply(handler, 200, json.dumps(said).encode(), Content_Type="application/json")


@contextmanager
def model() -> Iterator[Model]:
    """The stand-in, listening."""
    made = Model()
    with serving(made.answer) as (address, _asked):
        made.address = address
        yield made
