"""What of a Jetstream's messages has to be read: the others only say how far the stream is."""

from collections.abc import Collection

from colibri.networks.hashtags import fold
from colibri.networks.sieve import Sieve

__all__ = ["Interest"]


class Interest:
    """Whether a message may matter to whoever waits for these hashtags, or for answers to `answered`, a DID.

    What is not a new post (an edit, a deletion) may be of a post one knows, and always matters.
    """

    def __init__(self, hashtags: Collection[str], answered: str = "") -> None:
        sieved = all(len(fold(one)) > 1 for one in hashtags)
        self._sieve = Sieve(hashtags) if hashtags and sieved else None
        self._answered = answered.encode()

    def __call__(self, message: bytes) -> bool:
        if self._sieve is None or b'"create"' not in message or b"#commit" not in message:
            return True
        return (self._answered != b"" and self._answered in message) or self._sieve.passes(message)
