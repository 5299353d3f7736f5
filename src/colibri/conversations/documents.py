"""What browsers sign, as the server can check it: key entries, and messages somebody chose to show.

Every signed text is a JSON list whose first word says what it is, so that no signature serves twice.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

__all__ = ["BadDocument", "KeyDocument", "Statement", "digest_of", "holds", "read_key", "read_statement"]

KEY, MESSAGE = "colibri-key-1", "colibri-message-1"
PUBLIC_ID = re.compile(r"[\w-]{11}")
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
HEX_32 = re.compile(r"[0-9a-f]{64}")


class BadDocument(ValueError):
    """This is not what a browser of ours signs, or its signature does not hold."""


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """One entry of a key log: whose, which, after which, and the two public keys."""

    owner: str
    number: int
    previous: str
    recipient: str
    verify: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a shown message says: where it stood, who wrote it, and its content."""

    conversation: str
    number: int
    sender: str
    content: dict[str, Any]


def digest_of(document: str | bytes) -> str:
    """The SHA-256 by which others name it, in hexadecimal digits."""
    return hashlib.sha256(document.encode() if isinstance(document, str) else document).hexdigest()


def holds(verify: str, signature: str, document: str) -> bool:
    """Whether this key, in hexadecimal digits like the signature, signed the document (Ed25519)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(verify))
        key.verify(bytes.fromhex(signature), document.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def read_key(document: str) -> KeyDocument:
    """A key entry. Raises `BadDocument`."""
    match _parsed(document):
        case [tag, str(owner), int(number), str(previous), str(recipient), str(verify)] if tag == KEY:
            found = KeyDocument(owner, number, previous, recipient, verify)
        case _:
            raise BadDocument("no key entry")
    if not PUBLIC_ID.fullmatch(owner) or not RECIPIENT.fullmatch(recipient) or not HEX_32.fullmatch(verify):
        raise BadDocument("a key entry with a strange word")
    return found


def read_statement(document: str) -> Statement:
    """A message as it was signed. Raises `BadDocument`."""
    match _parsed(document):
        case [tag, str(conversation), int(number), str(), str(sender), list(), dict(content)] if (
            tag == MESSAGE
        ):
            return Statement(conversation, number, sender, content)
    raise BadDocument("no message")


def _parsed(document: str) -> Any:
    try:
        return json.loads(document)
    except (ValueError, RecursionError) as fault:
        raise BadDocument("no JSON") from fault
