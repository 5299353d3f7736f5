"""What an address of conversations names, in the sample world; keys as a browser makes them."""

import json
import secrets
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from colibri.conversations.actions import (
    SignedKey,
    answer,
    keep_file,
    make_keys,
    note_read,
    post_message,
    propose,
    report,
)
from colibri.conversations.documents import digest_of
from colibri.conversations.models import Keyring
from colibri.people.models import Account, Collective

__all__ = ["Signer", "conversations_samples", "keys_for"]

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
RECIPIENT = "age1" + "q" * 58
WAYS = [("passphrase", "sealed", ""), ("code", "sealed", ""), ("passkey", "sealed", "AGE-PLUGIN-FIDO2PRF-1Q")]


class Signer:
    """Somebody's browser, as far as signing goes."""

    def __init__(self) -> None:
        self.public_id = secrets.token_urlsafe(8)
        self.pair = Ed25519PrivateKey.generate()
        self.last = ""
        self.number = 0

    def sign(self, document: str) -> str:
        return self.pair.sign(document.encode()).hex()

    def key(self, *, endorsed: bool = False) -> SignedKey:
        """The next entry of the log, of a new pair from the second on."""
        former = self.pair
        if self.number:
            self.pair = Ed25519PrivateKey.generate()
        self.number += 1
        verify = self.pair.public_key().public_bytes_raw().hex()
        words = ["colibri-key-1", self.public_id, self.number, self.last, RECIPIENT, verify]
        document = json.dumps(words, separators=(",", ":"))
        self.last = digest_of(document)
        endorsement = former.sign(document.encode()).hex() if endorsed else ""
        return SignedKey(document, self.sign(document), endorsement)

    def says(self, conversation: str, text: str, number: int = 1) -> dict[str, str]:
        """A message as it was signed, opened by its reader."""
        content = {"kind": "text", "text": text, "files": []}
        body = json.dumps(["colibri-message-1", conversation, number, "", self.public_id, [], content])
        return {"body": body, "signature": self.sign(body)}


def keys_for(account: Account) -> Signer:
    """Keys with three ways to open them."""
    made = Signer()
    make_keys(account, made.key(), "vault", WAYS, now=NOON)
    return made


def conversations_samples(collective: Collective, seeker: Account, mentor: Account) -> dict[str, object]:
    """Two people who talk, a file, a report."""
    keys_for(seeker)
    signer = keys_for(mentor)
    talk = propose(collective, seeker, [mentor], now=NOON)
    mine, theirs = talk.members.get(account=seeker), talk.members.get(account=mentor)
    answer(theirs, yes=True, now=NOON)
    mine.refresh_from_db()
    post_message(theirs, 1, b"sealed", now=NOON)
    note_read(mine, 1)
    shown = [signer.says(talk.public_id, "Bonjour")]
    return {
        "talk": talk.public_id,
        "conversations:remove_way.way": Keyring.objects.get(account=seeker).wraps.get(kind="passkey").pk,
        "conversations:erase.number": 1,
        "conversations:file.file": keep_file(mine, b"sealed", now=NOON).public_id,
        "conversations:close.report": report(mine, mentor, shown, "Bizarre", now=NOON).pk,
    }
